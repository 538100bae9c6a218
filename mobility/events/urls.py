from django.urls import path, re_path

from .views import desk, events, lists, papers, reports, team

ONE = "<int:pk>"
MEMBER = f"{ONE}/team/<int:member>"
CHANGE = f"{ONE}/substitutions/<int:substitution>"

urlpatterns = [
    path("", lists.EventsComing.as_view(), name="event-list"),
    path("mine/", lists.EventsMine.as_view(), name="event-mine"),
    path("faculty/", lists.EventsFaculty.as_view(), name="event-faculty"),
    path("board/", lists.EventsBoard.as_view(), name="event-board"),
    path("board/export/", lists.EventsExport.as_view(), name="event-export"),
    path("new/", desk.EventNew.as_view(), name="event-new"),
    path(f"{ONE}/", events.event_detail, name="event-detail"),
    path(f"{ONE}/edit/", desk.EventEdit.as_view(), name="event-edit"),
    path(f"{ONE}/invitation/", papers.invitation, name="event-invitation"),
    path(f"{ONE}/team/", team.EventName.as_view(), name="event-name"),
    path(f"{ONE}/wish/", team.EventWish.as_view(), name="event-wish"),
    path(f"{ONE}/wish/withdraw/", team.WishWithdraw.as_view(), name="event-wish-withdraw"),
    path(f"{ONE}/answer/", team.EventAnswer.as_view(), name="event-answer"),
    path(f"{ONE}/decline/", team.EventDecline.as_view(), name="event-decline"),
    path(f"{MEMBER}/answer/", team.MemberAnswer.as_view(), name="member-answer"),
    path(f"{MEMBER}/decline/", team.MemberDecline.as_view(), name="member-decline"),
    path(f"{MEMBER}/take-off/", team.MemberTakeOff.as_view(), name="member-take-off"),
    path(f"{MEMBER}/pass-over/", team.MemberPassOver.as_view(), name="member-pass-over"),
    path(f"{MEMBER}/substitute/", team.MemberSubstitute.as_view(), name="member-substitute"),
    path(f"{MEMBER}/files/<int:file>/", team.member_file, name="member-file"),
    path(f"{MEMBER}/permission/", team.member_permission, name="member-permission"),
    path(f"{ONE}/approve/", desk.EventApprove.as_view(), name="event-approve"),
    path(f"{ONE}/decide/", desk.EventDecide.as_view(), name="event-decide"),
    path(f"{ONE}/return/", desk.EventSendBack.as_view(), name="event-return"),
    path(f"{ONE}/refuse/", desk.EventRefuse.as_view(), name="event-refuse"),
    path(f"{ONE}/call-off/", desk.EventCancel.as_view(), name="event-cancel"),
    path(f"{ONE}/order/", desk.EventOrder.as_view(), name="event-order"),
    path(f"{CHANGE}/decide/", papers.SubstitutionDecide.as_view(), name="substitution-decide"),
    path(f"{CHANGE}/refuse/", papers.SubstitutionRefuse.as_view(), name="substitution-refuse"),
    path(f"{CHANGE}/order/", papers.SubstitutionOrder.as_view(), name="substitution-order"),
    re_path(
        r"^(?P<pk>\d+)/substitutions/(?P<substitution>\d+)/order-draft\.(?P<suffix>docx|pdf)$",
        papers.amendment_draft,
        name="substitution-draft",
    ),
    path(f"{ONE}/report/", reports.ReportSend.as_view(), name="event-report"),
    path(f"{ONE}/report/accept/", reports.ReportAccept.as_view(), name="event-close"),
    path(f"{ONE}/report/return/", reports.ReportReturn.as_view(), name="event-report-return"),
    path(f"{ONE}/report/files/<int:file>/", reports.picture, name="event-picture"),
    path(f"{ONE}/results/add/", reports.ResultAdd.as_view(), name="event-result-add"),
    path(f"{ONE}/results/<int:result>/remove/", reports.ResultRemove.as_view(), name="event-result-remove"),
    path(f"{ONE}/results/<int:result>/file/", reports.result_file, name="event-result-file"),
    re_path(r"^(?P<pk>\d+)/memo\.(?P<suffix>docx|pdf)$", papers.submission, name="event-memo"),
    re_path(r"^(?P<pk>\d+)/order-draft\.(?P<suffix>docx|pdf)$", papers.order_draft, name="event-order-draft"),
    re_path(r"^(?P<pk>\d+)/orders/(?P<order>\d+)/order\.(?P<suffix>docx|pdf)$", papers.order, name="event-order-paper"),
    path(f"{ONE}/orders/<int:order>/scan/add/", papers.ScanAdd.as_view(), name="event-scan-add"),
    path(f"{ONE}/orders/<int:order>/scan/", papers.order_scan, name="event-scan"),
]
