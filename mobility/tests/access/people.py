"""The doors, people and their roles, students and their rosters."""

from typing import Any

from allauth.mfa.models import Authenticator

from mobility.people.tests.factories import (
    DeputyFactory,
    RoleFactory,
    RosterFactory,
    SanctionFactory,
    StudentFactory,
    StudentLeaveFactory,
    UserFactory,
)

from .words import (
    ADMINISTRATOR,
    ANONYMOUS,
    DEANS_OFFICE,
    HEAD_OF_DEPARTMENT,
    IR_OFFICER,
    OWN_FACULTY,
    RECTOR,
    Page,
    Place,
    everyone,
    only,
    visitors,
)

IN_OFFICE = (HEAD_OF_DEPARTMENT, DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR)
ADMINISTRATORS_FORM = {
    "get": only({ADMINISTRATOR: 200}, others=404),
    "post": only({ADMINISTRATOR: 200}, others=404),
}


def student(place: Place) -> dict[str, Any]:
    return {"pk": StudentFactory(student__faculty=place.faculty).pk}


def office(place: Place) -> dict[str, Any]:
    """Somebody else's role."""
    return {"pk": RoleFactory(kind=DEANS_OFFICE, faculty=place.faculty).pk}


def foreign_passkey(place: Place) -> dict[str, Any]:
    owner = StudentFactory(student__faculty=place.faculty)
    return {"pk": Authenticator.objects.create(user=owner, type="webauthn", data={}).pk}


SEE_STUDENTS = (DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR)
KEEP_STUDENTS = (DEANS_OFFICE, IR_OFFICER, ADMINISTRATOR)
STUDENTS_LIST = only(dict.fromkeys(SEE_STUDENTS, 200), others=404)
ROSTERS_PAGE = only(dict.fromkeys(KEEP_STUDENTS, 200), others=404)
STUDENTS_FORM = {
    method: only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, ADMINISTRATOR: 200}, others=404)
    for method in ("get", "post")
}


def waiting_roster(place: Place) -> dict[str, Any]:
    """Seen by whoever sent it, if they may import at all."""
    return {"pk": RosterFactory(uploaded_by=place.me or UserFactory()).pk}


def imported_roster(place: Place) -> dict[str, Any]:
    """Of a faculty, with one student whom it left out."""
    vanished = StudentFactory(student__faculty=place.faculty)
    asked = [["vanished", vanished.pk, ""]]
    return {"pk": RosterFactory(imported=True, faculty=place.faculty, open_questions=asked).pk}


PAGES = {
    # people: the doors, for whoever has no session yet
    "account_login": Page(get=visitors(200), post=visitors(200)),
    "account_logout": Page(get={ANONYMOUS: 302, "others": 200}, post=everyone(302)),
    "account_inactive": Page(get=everyone(200), post=everyone(405)),
    "account_reset_password": Page(get=everyone(200), post=everyone(200)),
    "account_reset_password_done": Page(get=everyone(200), post=everyone(405)),
    "account_reset_password_from_key": Page(
        at=lambda _place: {"uidb36": "1", "key": "x-y"}, get=everyone(200), post=everyone(200)
    ),
    "account_reset_password_from_key_done": Page(get=everyone(200), post=everyone(405)),
    "invitation-accept": Page(at=lambda _place: {"token": "x"}, get=everyone(410), post=everyone(410)),
    "slip-accept": Page(get=everyone(200), post=everyone(200)),
    "mfa_authenticate": Page(get=everyone(302), post=everyone(302)),
    "mfa_login_webauthn": Page(get=everyone(302), post=everyone(302)),
    # people: my account
    "account": Page(get=200),
    "account-about-me": Page(get=200, post=200),
    "email-change": Page(get=200, post=200),
    "email-confirm": Page(at=lambda _place: {"token": "x"}, get=200, post=302),
    "account_reauthenticate": Page(get=200, post=200),
    "account_change_password": Page(get=200, post=200),
    "account_set_password": Page(get=302, post=302),
    "usersessions_list": Page(get=200, post=302),
    "mfa_index": Page(get=200),
    "mfa_reauthenticate": Page(get=302, post=302),
    "mfa_reauthenticate_webauthn": Page(get=302, post=302),
    "mfa_activate_totp": Page(get=200, post=200),
    "mfa_deactivate_totp": Page(get=404, post=404),
    "mfa_view_recovery_codes": Page(get=404, post=405),
    "mfa_generate_recovery_codes": Page(get=200, post=200),
    "mfa_download_recovery_codes": Page(get=404, post=404),
    "mfa_list_webauthn": Page(get=200),
    "mfa_add_webauthn": Page(get=200, post=200),
    "mfa_edit_webauthn": Page(at=foreign_passkey, get=404, post=404),
    "mfa_remove_webauthn": Page(at=foreign_passkey, get=404, post=404),
    # people: people, their roles and their ways in
    "person-list": Page(
        get=only(dict.fromkeys(IN_OFFICE, 200), others=404), post=only(dict.fromkeys(IN_OFFICE, 405), others=404)
    ),
    "person-detail": Page(
        at=student,
        get=only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, RECTOR: 200, ADMINISTRATOR: 200}, others=404),
    ),
    "person-invite": Page(
        at=student,
        get=only({DEANS_OFFICE: OWN_FACULTY, ADMINISTRATOR: 200}, others=404),
        post=only({DEANS_OFFICE: (302, 404), ADMINISTRATOR: 302}, others=404),
    ),
    "slip-list": Page(get=404, post=404),
    "person-block": Page(at=student, **ADMINISTRATORS_FORM),
    "person-unblock": Page(at=student, **ADMINISTRATORS_FORM),
    "person-second-factor-reset": Page(at=student, **ADMINISTRATORS_FORM),
    "role-grant": Page(at=student, **ADMINISTRATORS_FORM),
    "role-end": Page(at=office, **ADMINISTRATORS_FORM),
    "deputy-appoint": Page(at=office, **ADMINISTRATORS_FORM),
    "deputy-dismiss": Page(
        at=lambda place: {"pk": DeputyFactory(role=RoleFactory(kind=DEANS_OFFICE, faculty=place.faculty)).pk},
        **ADMINISTRATORS_FORM,
    ),
    # people: students, their rosters and what an office decides of them
    "student-list": Page(get=STUDENTS_LIST, post=only(dict.fromkeys(SEE_STUDENTS, 405), others=404)),
    "student-gaps": Page(get=STUDENTS_LIST),
    "student-detail": Page(
        at=student,
        get=only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, RECTOR: 200, ADMINISTRATOR: 200}, others=404),
    ),
    "student-correct": Page(at=student, **STUDENTS_FORM),
    "student-status": Page(at=student, **STUDENTS_FORM),
    "student-transfer": Page(at=student, **STUDENTS_FORM),
    "student-leave": Page(at=student, **STUDENTS_FORM),
    "student-sanction": Page(at=student, **STUDENTS_FORM),
    "leave-end": Page(
        at=lambda place: {"pk": StudentLeaveFactory(person__student__faculty=place.faculty).pk}, **STUDENTS_FORM
    ),
    "sanction-end": Page(
        at=lambda place: {"pk": SanctionFactory(person__student__faculty=place.faculty).pk}, **STUDENTS_FORM
    ),
    "roster-vanished": Page(
        at=imported_roster,
        get=only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, ADMINISTRATOR: 200}, others=404),
        post=only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, ADMINISTRATOR: 200}, others=404),
    ),
    "roster-list": Page(get=ROSTERS_PAGE, post=only(dict.fromkeys(KEEP_STUDENTS, 405), others=404)),
    "roster-new": Page(at=lambda _place: {"kind": "marks"}, get=ROSTERS_PAGE, post=ROSTERS_PAGE),
    "roster-detail": Page(
        at=waiting_roster, get=ROSTERS_PAGE, post=only(dict.fromkeys(KEEP_STUDENTS, 302), others=404)
    ),
    "roster-problems": Page(at=waiting_roster, get=ROSTERS_PAGE, is_looked_at=False),
    "roster-changes": Page(at=waiting_roster, get=ROSTERS_PAGE, is_looked_at=False),
    "move-up-list": Page(get=ROSTERS_PAGE),
    "move-up": Page(
        at=lambda place: {"pk": place.faculty.pk},
        get=only({DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, ADMINISTRATOR: 200}, others=404),
        post=only({DEANS_OFFICE: (302, 404), IR_OFFICER: 302, ADMINISTRATOR: 302}, others=404),
    ),
}
