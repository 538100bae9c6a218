"""Staff mobility: one's own; a head's department; a faculty reads; International Relations and the rector all."""

from typing import Any

from mobility.files.tests.factories import IssuedDocumentFactory, StoredFileFactory
from mobility.people.models import RoleKind
from mobility.people.tests.factories import DepartmentFactory, StaffProfileFactory, UniversityFactory
from mobility.staff.models import Activity
from mobility.staff.tests.factories import (
    ActivityFactory,
    AmendmentFactory,
    ConferencePartFactory,
    FundingLineFactory,
    OrderFactory,
    ReportFactory,
    ReportFileFactory,
)

from .words import (
    ADMINISTRATOR,
    DEANS_OFFICE,
    HEAD_OF_DEPARTMENT,
    IR_OFFICER,
    OWN_FACULTY,
    RECTOR,
    TEACHING_STAFF,
    Outcome,
    Page,
    Place,
    only,
)


def department_of(place: Place) -> Any:
    """Of a head their own; else one of the faculty."""
    heads = [role.department for role in place.me.roles if role.kind == RoleKind.HEAD_OF_DEPARTMENT] if place.me else []
    return heads[0] if heads else DepartmentFactory(faculty=place.faculty)


def another_s(state: str, **values: Any) -> Any:
    return lambda place: {"pk": ActivityFactory(state=state, department=department_of(place), **values).pk}


def with_a_letterhead(made: Any) -> Any:
    """What is printed has the university's name on top."""

    def on_paper(place: Place) -> dict[str, Any]:
        UniversityFactory()
        return made(place) | {"suffix": "docx"}

    return on_paper


def one_s_own(state: str, **values: Any) -> Any:
    """Of whoever asks; of somebody for whoever has not signed in."""

    def made(place: Place) -> dict[str, Any]:
        own = {"person": place.me} if place.me else {}
        return {"pk": ActivityFactory(state=state, department=DepartmentFactory(), **own, **values).pk}

    return made


def a_draft_of_a_department(place: Place) -> dict[str, Any]:
    staff = StaffProfileFactory()
    own = {"person": place.me} if place.me else {}
    return {"pk": ActivityFactory(state="draft", department=staff.department, **own).pk}


def a_whole_draft(place: Place) -> dict[str, Any]:
    """With what its form asks: only such a memo can be sent."""
    found = one_s_own("draft")(place)
    ConferencePartFactory(activity=Activity.objects.get(**found))
    return found


def a_line(place: Place) -> dict[str, Any]:
    line = FundingLineFactory(activity=Activity.objects.get(**one_s_own("draft")(place)))
    return {"pk": line.activity_id, "line": line.pk}


def a_change(state: str) -> Any:
    def made(place: Place) -> dict[str, Any]:
        change = AmendmentFactory(state=state, activity__state="ordered", activity__department=department_of(place))
        return {"pk": change.activity_id, "change": change.pk}

    return made


def a_report_file(place: Place) -> dict[str, Any]:
    file = ReportFileFactory(report__activity__department=department_of(place))
    return {"pk": file.report.activity_id, "file": file.pk}


def a_report(place: Place) -> dict[str, Any]:
    report = ReportFactory(activity__department=department_of(place))
    return {"pk": report.activity_id}


def an_order(suffix: str = "", *, with_scan: bool = False) -> Any:
    def order(place: Place) -> dict[str, Any]:
        document = IssuedDocumentFactory()
        if suffix != "docx":
            type(document).objects.filter(pk=document.pk).update(
                number=f"{document.pk}-к", dated="2026-11-20", registered_at="2026-11-20T09:00:00Z",
                registered_by=document.drawn_up_by, scan=StoredFileFactory() if with_scan else None,
            )  # fmt: skip
        found = OrderFactory(activity__department=department_of(place), document=document)
        return {"pk": found.activity_id, "order": found.pk} | ({"suffix": suffix} if suffix else {})

    return order


def a_cancelled_order(place: Place) -> dict[str, Any]:
    pk = an_order()(place)["pk"]
    Activity.objects.filter(pk=pk).update(state="cancelled")
    return {"pk": pk}


def readers(outcome: int | str, *, head: Outcome, dean: Outcome) -> dict[str, Outcome]:
    offices = dict.fromkeys((IR_OFFICER, RECTOR, ADMINISTRATOR), outcome)
    return only({**offices, HEAD_OF_DEPARTMENT: head, DEANS_OFFICE: dean}, others=404)


def only_for(who: str, outcome: int | str) -> dict[str, Outcome]:
    return only({who: outcome}, others=404)


READERS = readers(200, head=200, dean=OWN_FACULTY)
TRAVELLERS = only(
    dict.fromkeys((TEACHING_STAFF, HEAD_OF_DEPARTMENT, DEANS_OFFICE, IR_OFFICER, RECTOR), 200), others=404
)
BOARD = only(dict.fromkeys((IR_OFFICER, RECTOR, ADMINISTRATOR), 200), others=404)
HEAD, OFFICER, CHIEF = only_for(HEAD_OF_DEPARTMENT, 200), only_for(IR_OFFICER, 200), only_for(RECTOR, 200)
DONE_BY_HEAD, DONE_BY_OFFICER, DONE_BY_CHIEF = (only_for(who, 302) for who in (HEAD_OF_DEPARTMENT, IR_OFFICER, RECTOR))

PAGES = {
    "staff": Page(
        get=only(
            dict.fromkeys((TEACHING_STAFF, HEAD_OF_DEPARTMENT, DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR), 302),
            others=404,
        )
    ),
    "staff-mine": Page(
        get=TRAVELLERS, post=only({key: 405 for key in TRAVELLERS if TRAVELLERS[key] == 200}, others=404)
    ),
    "staff-department": Page(
        get=only({HEAD_OF_DEPARTMENT: 200, DEANS_OFFICE: 200}, others=404),
        post=only({HEAD_OF_DEPARTMENT: 405, DEANS_OFFICE: 405}, others=404),
    ),
    "staff-board": Page(get=BOARD, post=only({IR_OFFICER: 405, RECTOR: 405, ADMINISTRATOR: 405}, others=404)),
    "staff-export": Page(
        get=BOARD, post=only({IR_OFFICER: 405, RECTOR: 405, ADMINISTRATOR: 405}, others=404), is_looked_at=False
    ),
    "staff-bulk": Page(at=lambda _place: {"verb": "accept"}, get=OFFICER, post=DONE_BY_OFFICER),
    "staff-calendar": Page(
        get=only(
            dict.fromkeys((TEACHING_STAFF, HEAD_OF_DEPARTMENT, DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR), 200),
            others=404,
        )
    ),
    "staff-figures": Page(
        get=only(dict.fromkeys((HEAD_OF_DEPARTMENT, DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR), 200), others=404)
    ),
    "staff-figures-export": Page(
        get=only(dict.fromkeys((HEAD_OF_DEPARTMENT, DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR), 200), others=404),
        is_looked_at=False,
    ),
    "staff-import": Page(get=OFFICER, post=OFFICER),
    "staff-import-sheet": Page(get=OFFICER, is_looked_at=False),
    "activity-choose": Page(get=TRAVELLERS, post=TRAVELLERS),
    "activity-new": Page(
        at=lambda _place: {"kind": "conference", "direction": "outgoing"}, get=TRAVELLERS, post=TRAVELLERS
    ),
    "activity-detail": Page(at=another_s("proposed"), get=READERS),
    "activity-edit": Page(at=one_s_own("draft"), get=200, post=200),
    "activity-send": Page(at=a_whole_draft, get=200, post=302),
    "activity-discard": Page(at=one_s_own("draft"), get=200, post=302),
    "companion-add": Page(at=a_draft_of_a_department, get=200, post=200),
    "funding-add": Page(at=one_s_own("draft"), get=200, post=200),
    "funding-remove": Page(at=a_line, get=200, post=302),
    "activity-endorse": Page(at=another_s("proposed"), get=HEAD, post=DONE_BY_HEAD),
    "activity-prepare": Page(
        at=another_s("endorsed"),
        get=OFFICER,
        post=OFFICER,
        is_sent_as_it_stands=False,  # the memo has filled it in: sent, it has gone to the rector
    ),
    "activity-approve": Page(at=another_s("prepared"), get=CHIEF, post=DONE_BY_CHIEF),
    "activity-return": Page(at=another_s("prepared"), get=CHIEF, post=CHIEF),
    "activity-refuse": Page(at=another_s("prepared"), get=CHIEF, post=CHIEF),
    "activity-cancel": Page(at=another_s("ordered"), get=OFFICER, post=OFFICER),
    "activity-order": Page(at=another_s("approved"), get=OFFICER, post=OFFICER),
    "call-off-draft": Page(at=with_a_letterhead(a_cancelled_order), get=OFFICER, is_looked_at=False),
    "call-off-order": Page(at=a_cancelled_order, get=OFFICER, post=OFFICER),
    "report-send": Page(at=one_s_own("report-due"), get=200, post=200),
    "report-accept": Page(at=another_s("reported"), get=OFFICER, post=DONE_BY_OFFICER),
    "report-return": Page(at=another_s("reported"), get=OFFICER, post=OFFICER),
    "report-file": Page(at=a_report_file, get=READERS, is_looked_at=False),
    "change-ask": Page(at=one_s_own("ordered"), get=200, post=200),
    "change-endorse": Page(at=a_change("proposed"), get=HEAD, post=DONE_BY_HEAD),
    "change-approve": Page(at=a_change("endorsed"), get=CHIEF, post=DONE_BY_CHIEF),
    "change-refuse": Page(at=a_change("endorsed"), get=CHIEF, post=CHIEF),
    "change-draft": Page(at=with_a_letterhead(a_change("approved")), get=OFFICER, is_looked_at=False),
    "change-order": Page(at=a_change("approved"), get=OFFICER, post=OFFICER),
    "memo-paper": Page(at=with_a_letterhead(another_s("proposed")), get=READERS, is_looked_at=False),
    "order-draft": Page(at=with_a_letterhead(another_s("approved")), get=OFFICER, is_looked_at=False),
    "report-paper": Page(at=with_a_letterhead(a_report), get=READERS, is_looked_at=False),
    "order-paper": Page(at=an_order("docx"), get=READERS, is_looked_at=False),
    "order-scan-add": Page(at=an_order(), get=OFFICER, post=OFFICER),
    "order-scan": Page(at=an_order(with_scan=True), get=READERS, is_looked_at=False),
}
