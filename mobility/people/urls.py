"""The doors, of the sign-in package only those that are used, and people."""

from allauth.account import views as doors
from allauth.usersessions import views as sessions
from django.apps import apps
from django.urls import include, path, re_path

from .views import account, decisions, invitations, move_ups, people, roles, rosters, students, vanished

urlpatterns = [
    path("account/", account.account, name="account"),
    path("account/about-me/", account.about_me, name="account-about-me"),
    path("account/email/", account.email_change, name="email-change"),
    path("account/email/<str:token>/", account.email_confirm, name="email-confirm"),
    path("account/invitation/<str:token>/", invitations.accept, name="invitation-accept"),
    path("account/slip/", invitations.slip, name="slip-accept"),
    path("account/sign-in/", doors.login, name="account_login"),
    path("account/sign-out/", doors.logout, name="account_logout"),
    path("account/blocked/", doors.account_inactive, name="account_inactive"),
    path("account/confirm/", doors.reauthenticate, name="account_reauthenticate"),
    path("account/password/", doors.password_change, name="account_change_password"),
    path("account/password/first/", doors.password_set, name="account_set_password"),
    path("account/forgotten/", doors.password_reset, name="account_reset_password"),
    path("account/forgotten/sent/", doors.password_reset_done, name="account_reset_password_done"),
    path("account/forgotten/done/", doors.password_reset_from_key_done, name="account_reset_password_from_key_done"),
    re_path(
        r"^account/forgotten/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        doors.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path("account/second-factor/", include("allauth.mfa.urls")),
    path("account/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("people/", people.PeopleList.as_view(), name="person-list"),
    path("people/<int:pk>/", people.detail, name="person-detail"),
    path("people/<int:pk>/invite/", invitations.invite, name="person-invite"),
    path("people/<int:pk>/block/", people.block, name="person-block"),
    path("people/<int:pk>/unblock/", people.unblock, name="person-unblock"),
    path("people/<int:pk>/second-factor/", people.second_factor_reset, name="person-second-factor-reset"),
    path("people/<int:pk>/roles/new/", roles.grant, name="role-grant"),
    path("people/slips/", invitations.slips, name="slip-list"),
    path("students/", students.StudentList.as_view(), name="student-list"),
    path("students/gaps/", students.gaps, name="student-gaps"),
    path("students/move-up/", move_ups.overview, name="move-up-list"),
    path("students/move-up/<int:pk>/", move_ups.move_up, name="move-up"),
    path("students/rosters/", rosters.RosterList.as_view(), name="roster-list"),
    path("students/rosters/new/<slug:kind>/", rosters.new, name="roster-new"),
    path("students/rosters/<int:pk>/", rosters.detail, name="roster-detail"),
    path("students/rosters/<int:pk>/vanished/", vanished.decide, name="roster-vanished"),
    path("students/rosters/<int:pk>/problems/", rosters.problems, name="roster-problems"),
    path("students/rosters/<int:pk>/changes/", rosters.changes, name="roster-changes"),
    path("students/<int:pk>/", students.detail, name="student-detail"),
    path("students/<int:pk>/correct/", decisions.correct, name="student-correct"),
    path("students/<int:pk>/status/", decisions.status, name="student-status"),
    path("students/<int:pk>/transfer/", decisions.transfer, name="student-transfer"),
    path("students/<int:pk>/leave/", decisions.leave, name="student-leave"),
    path("students/<int:pk>/sanction/", decisions.sanction, name="student-sanction"),
    path("students/leaves/<int:pk>/end/", decisions.end_leave, name="leave-end"),
    path("students/sanctions/<int:pk>/end/", decisions.end_sanction, name="sanction-end"),
    path("people/roles/<int:pk>/end/", roles.end, name="role-end"),
    path("people/roles/<int:pk>/deputy/", roles.appoint_deputy, name="deputy-appoint"),
    path("people/deputies/<int:pk>/end/", roles.dismiss_deputy, name="deputy-dismiss"),
]
if apps.is_installed("allauth.socialaccount"):
    from allauth.urls import build_provider_urlpatterns

    urlpatterns += [
        path("account/single-sign-on/", include("allauth.socialaccount.urls")),
        path("account/", include(build_provider_urlpatterns())),
    ]
