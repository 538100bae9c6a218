"""Students' events: announced to everybody; kept by International Relations and the deans' offices."""

from typing import Any

from mobility.calls.tests.factories import CallFactory
from mobility.events.tests.factories import (
    EventFactory,
    EventReportFactory,
    MemberEvidenceFactory,
    OrderFactory,
    ReportPictureFactory,
    ResultFactory,
    SubstitutionFactory,
    TeamMemberFactory,
)
from mobility.files.tests.factories import IssuedDocumentFactory, StoredFileFactory
from mobility.people.tests.factories import StudentFactory

from .students import an_application, writers
from .words import (
    ADMINISTRATOR,
    DEANS_OFFICE,
    IR_OFFICER,
    OWN_FACULTY,
    RECTOR,
    STUDENT,
    TEACHING_STAFF,
    Outcome,
    Page,
    Place,
    everyone,
    only,
)


def an_event(state: str, **values: Any) -> Any:
    return lambda _place: {"pk": EventFactory(state=state, **values).pk}


def with_a_team(event_state: str, state: str = "confirmed") -> Any:
    def made(place: Place) -> dict[str, Any]:
        student = StudentFactory(student__faculty=place.faculty)
        member = TeamMemberFactory(event__state=event_state, state=state, person=student)
        EventReportFactory(event=member.event)
        return {"pk": member.event_id}

    return made


def a_member(state: str, event_state: str = "named", **values: Any) -> Any:
    def made(place: Place) -> dict[str, Any]:
        student = StudentFactory(student__faculty=place.faculty)
        member = TeamMemberFactory(event__state=event_state, state=state, person=student, **values)
        return {"pk": member.event_id, "member": member.pk}

    return made


def one_s_own(state: str, event_state: str = "named") -> Any:
    """The place of whoever asks; somebody's for whoever has not signed in."""

    def made(place: Place) -> dict[str, Any]:
        own = {"person": place.me, "faculty": place.faculty} if place.me else {}
        return {"pk": TeamMemberFactory(event__state=event_state, state=state, **own).event_id}

    return made


def a_wish_s_file(place: Place) -> dict[str, Any]:
    student = StudentFactory(student__faculty=place.faculty)
    file = MemberEvidenceFactory(member__person=student)
    return {"pk": file.member.event_id, "member": file.member_id, "file": file.pk}


def a_permission(place: Place) -> dict[str, Any]:
    return a_member("confirmed", permission="parents", permission_file=StoredFileFactory())(place)


def a_substitution(state: str, suffix: str = "") -> Any:
    def made(_place: Place) -> dict[str, Any]:
        one = SubstitutionFactory(state=state)
        return {"pk": one.event_id, "substitution": one.pk} | ({"suffix": suffix} if suffix else {})

    return made


def a_picture(_place: Place) -> dict[str, Any]:
    one = ReportPictureFactory()
    return {"pk": one.report.event_id, "file": one.pk}


def a_result(place: Place) -> dict[str, Any]:
    student = StudentFactory(student__faculty=place.faculty)
    result = ResultFactory(member__person=student)
    return {"pk": result.member.event_id, "result": result.pk}


def in_a_draft(_place: Place) -> dict[str, Any]:
    return {"pk": EventFactory(state="competed", call=CallFactory(opened_at=None, opened_by=None)).pk}


def in_a_call(_place: Place) -> dict[str, Any]:
    return {"pk": EventFactory(state="competed", call=CallFactory()).pk}


def a_result_to_claim(place: Place) -> dict[str, Any]:
    """Of whoever the application is."""
    application = an_application(place)
    member = {"member__person": application.student, "member__faculty": place.faculty}
    return {"result": ResultFactory(member__event__state="closed", **member).pk, "number": application.number}


def an_order(suffix: str = "", *, with_scan: bool = False) -> Any:
    def order(_place: Place) -> dict[str, Any]:
        document = IssuedDocumentFactory()
        if suffix != "docx":
            type(document).objects.filter(pk=document.pk).update(
                number=f"{document.pk}-м", dated="2026-11-20", registered_at="2026-11-20T09:00:00Z",
                registered_by=document.drawn_up_by, scan=StoredFileFactory() if with_scan else None,
            )  # fmt: skip
        found = OrderFactory(document=document)
        return {"pk": found.event_id, "order": found.pk} | ({"suffix": suffix} if suffix else {})

    return order


def officer(outcome: Outcome) -> dict[str, Outcome]:
    return only({IR_OFFICER: outcome}, others=404)


def rector(outcome: Outcome) -> dict[str, Outcome]:
    return only({RECTOR: outcome}, others=404)


def namers(outcome: Outcome) -> dict[str, Outcome]:
    """International Relations, and any dean's office."""
    return only({IR_OFFICER: outcome, DEANS_OFFICE: outcome}, others=404)


def keepers(outcome: int) -> dict[str, Outcome]:
    """International Relations, and the dean's office of the student's faculty."""
    return only({IR_OFFICER: outcome, DEANS_OFFICE: (outcome, 404)}, others=404)


BOARD = only(dict.fromkeys((IR_OFFICER, RECTOR, ADMINISTRATOR), 200), others=404)
NOT_SENT = only(dict.fromkeys((IR_OFFICER, RECTOR, ADMINISTRATOR), 405), others=404)
OFFICES = only(dict.fromkeys((IR_OFFICER, RECTOR, ADMINISTRATOR, DEANS_OFFICE), 200), others=404)
SEERS = only(dict.fromkeys((IR_OFFICER, RECTOR, ADMINISTRATOR), 200) | {DEANS_OFFICE: OWN_FACULTY}, others=404)
OWN = only(dict.fromkeys((STUDENT, TEACHING_STAFF), 200), others=404)
OWN_NOT_SENT = only(dict.fromkeys((STUDENT, TEACHING_STAFF), 405), others=404)

PAGES = {
    "event-list": Page(get=everyone(200), post=everyone(405)),
    "event-mine": Page(get=OWN, post=OWN_NOT_SENT),
    "event-faculty": Page(get=only({DEANS_OFFICE: 200}, others=404), post=only({DEANS_OFFICE: 405}, others=404)),
    "event-board": Page(get=BOARD, post=NOT_SENT),
    "event-export": Page(get=BOARD, post=NOT_SENT, is_looked_at=False),
    "event-calendar": Page(get=OFFICES),
    "event-figures": Page(get=OFFICES),
    "event-figures-export": Page(get=OFFICES, is_looked_at=False),
    "event-new": Page(get=officer(200), post=officer(200)),
    "event-detail": Page(at=with_a_team("reported"), get=everyone(200), post=everyone(405)),
    "event-edit": Page(at=an_event("announced"), get=officer(200), post=officer(200)),
    "event-invitation": Page(
        at=lambda _place: {"pk": EventFactory(invitation=StoredFileFactory()).pk}, get=OFFICES, is_looked_at=False
    ),
    "event-name": Page(at=with_a_team("named", "put-forward"), get=namers(200), post=namers(200)),
    "event-wish": Page(
        at=an_event("announced", wishes_until="2027-02-01"),
        get=only({STUDENT: 200}, others=404),
        post=only({STUDENT: 200}, others=404),
    ),
    "event-wish-withdraw": Page(at=one_s_own("put-forward"), get=200, post=302),
    "event-answer": Page(at=one_s_own("named"), get=200, post=302),
    "event-decline": Page(at=one_s_own("named"), get=200, post=302),
    "member-answer": Page(at=a_member("named"), get=keepers(200), post=keepers(302)),
    "member-decline": Page(at=a_member("named"), get=keepers(200), post=keepers(302)),
    "member-take-off": Page(at=a_member("named"), get=keepers(200), post=keepers(200)),
    "member-pass-over": Page(at=a_member("put-forward"), get=keepers(200), post=keepers(302)),
    "member-substitute": Page(at=a_member("confirmed", "ordered"), get=keepers(200), post=keepers(200)),
    "member-file": Page(at=a_wish_s_file, get=SEERS, is_looked_at=False),
    "member-permission": Page(at=a_permission, get=SEERS, is_looked_at=False),
    "event-approve": Page(at=with_a_team("confirmed"), get=officer(200), post=officer(302)),
    "event-decide": Page(at=with_a_team("approved"), get=rector(200), post=rector(302)),
    "event-return": Page(at=with_a_team("approved"), get=rector(200), post=rector(200)),
    "event-refuse": Page(at=with_a_team("approved"), get=rector(200), post=rector(200)),
    "event-cancel": Page(at=with_a_team("ordered"), get=officer(200), post=officer(200)),
    "event-order": Page(at=with_a_team("decided"), get=officer(200), post=officer(200)),
    "event-to-call": Page(at=an_event("announced"), get=officer(200), post=officer(200)),
    "event-take-back": Page(at=in_a_draft, get=officer(200), post=officer(302)),
    "event-winners": Page(at=in_a_call, get=officer(200), post=officer(200)),
    "result-claim": Page(at=a_result_to_claim, get=writers(200), post=writers(200)),
    "substitution-decide": Page(at=a_substitution("asked"), get=rector(200), post=rector(302)),
    "substitution-refuse": Page(at=a_substitution("asked"), get=rector(200), post=rector(200)),
    "substitution-order": Page(at=a_substitution("decided"), get=officer(200), post=officer(200)),
    "substitution-draft": Page(at=a_substitution("decided", "docx"), get=officer(200), is_looked_at=False),
    "event-report": Page(at=an_event("away"), get=officer(200), post=officer(200)),
    "event-close": Page(at=with_a_team("reported"), get=officer(200), post=officer(302)),
    "event-report-return": Page(at=with_a_team("reported"), get=officer(200), post=officer(200)),
    "event-picture": Page(at=a_picture, get=OFFICES, is_looked_at=False),
    "event-result-add": Page(at=with_a_team("away"), get=officer(200), post=officer(200)),
    "event-result-remove": Page(at=a_result, get=officer(200), post=officer(302)),
    "event-result-file": Page(at=a_result, get=SEERS, is_looked_at=False),
    "event-memo": Page(
        at=lambda place: with_a_team("approved")(place) | {"suffix": "docx"}, get=BOARD, is_looked_at=False
    ),
    "event-order-draft": Page(
        at=lambda place: with_a_team("decided")(place) | {"suffix": "docx"}, get=officer(200), is_looked_at=False
    ),
    "event-order-paper": Page(at=an_order("docx"), get=BOARD, is_looked_at=False),
    "event-scan-add": Page(at=an_order(), get=officer(200), post=officer(200)),
    "event-scan": Page(at=an_order(with_scan=True), get=BOARD, is_looked_at=False),
}
