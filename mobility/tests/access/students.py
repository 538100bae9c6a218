"""Applications: a student's own; those of the faculty that its dean's office entered from paper or received."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.people.tests.factories import StudentFactory, UserFactory
from mobility.students.dossier import Dossier
from mobility.students.models import Application
from mobility.students.tests.factories import (
    ApplicationFactory,
    AttachedPaperFactory,
    ChoiceFactory,
    ClaimFactory,
    ConsentTextFactory,
    EvidenceFactory,
    SubmissionFactory,
    ask_for,
)

from .words import ADMINISTRATOR, DEANS_OFFICE, IR_OFFICER, OWN_FACULTY, RECTOR, STUDENT, Outcome, Page, Place, only

DAY = timedelta(days=1)


def a_call(*, opened: int = -10, **changes: Any) -> Any:
    return CallFactory(opens_at=timezone.now() + opened * DAY, **changes)


def an_application(place: Place, *, call: Any = None, **changes: Any) -> Application:
    """Mine, where I am a student and the faculty is mine; else another's, which the faculty's office entered."""
    now = timezone.now()
    student = place.student or StudentFactory(student__faculty=place.faculty)
    entered = {} if place.student else {"entered_by": UserFactory()}
    moments = {"started_at": now, "saved_at": now, "record_at": now}
    return ApplicationFactory(
        call=call or a_call(), student=student, faculty=place.faculty, **moments, **entered, **changes
    )


def a_full_one(place: Place, **changes: Any) -> Application:
    """With a choice, an achievement and its document."""
    application = an_application(place, **changes)
    ConsentTextFactory()
    destination = DestinationFactory(call=application.call, costs_en="The host pays for the dormitory.")
    QuotaFactory(destination=destination, faculty=place.faculty)
    QuotaFactory(
        destination=DestinationFactory(call=application.call, language="de", language_level="B2"), faculty=place.faculty
    )
    DestinationFactory(call=application.call, seats=0)
    ChoiceFactory(application=application, destination=destination)
    EvidenceFactory(claim=ClaimFactory(application=application, title="A talk", day="2026-02-03"))
    ClaimFactory(application=application, title="An olympiad", kind="olympiad-national-1")
    return application


def a_draft(place: Place) -> dict[str, Any]:
    return {"number": a_full_one(place).number}


def a_claim(place: Place) -> dict[str, Any]:
    application = a_full_one(place)
    return {"number": application.number, "claim": application.claims.get(title="A talk").pk}


def a_document(place: Place) -> dict[str, Any]:
    return {**a_claim(place), "evidence": EvidenceFactory._meta.model.objects.latest("pk").pk}


def an_asked_paper(place: Place) -> dict[str, Any]:
    application = a_full_one(place)
    ask_for(application, "reference")
    return {"number": application.number, "code": "reference"}


def an_attached_paper(place: Place) -> dict[str, Any]:
    found = an_asked_paper(place)
    AttachedPaperFactory(application=Application.objects.get(number=found["number"]), code=found["code"])
    return found


def a_file(place: Place) -> dict[str, Any]:
    found = a_document(place)
    return {"number": found["number"], "evidence": found["evidence"]}


def a_submitted_one(place: Place, **changes: Any) -> dict[str, Any]:
    now = timezone.now()
    application = a_full_one(place, state="submitted", submitted_at=now - DAY, **changes)
    content = Dossier(application, at=now).content
    SubmissionFactory(application=application, at=now - DAY, content=content)
    return {"number": application.number}


def a_closed_one(place: Place) -> dict[str, Any]:
    return a_submitted_one(place, call=a_call(opened=-25))


def a_withdrawn_one(place: Place) -> dict[str, Any]:
    now = timezone.now()
    application = a_full_one(place, state="withdrawn", submitted_at=now, withdrawn_at=now, withdrawn_by=UserFactory())
    return {"number": application.number}


def an_open_call(_place: Place) -> dict[str, Any]:
    call = a_call()
    DestinationFactory(call=call)
    return {"code": call.code}


def writers(outcome: int) -> dict[str, Outcome]:
    return only({STUDENT: (outcome, 404), DEANS_OFFICE: (outcome, 404)}, others=404)


def readers(outcome: int) -> dict[str, Outcome]:
    everyone_there = dict.fromkeys((IR_OFFICER, RECTOR, ADMINISTRATOR), outcome)
    return only({STUDENT: (outcome, 404), DEANS_OFFICE: (outcome, 404), **everyone_there}, others=404)


STUDENTS = only({STUDENT: 200}, others=404)
OFFICES = only({DEANS_OFFICE: 200}, others=404)

PAGES = {
    "application-list": Page(get=STUDENTS),
    "application-new": Page(at=an_open_call, get=STUDENTS, post=only({STUDENT: 302}, others=404)),
    "application-enter": Page(get=OFFICES, post=OFFICES),
    "application-detail": Page(at=a_draft, get=readers(200), post=readers(405)),
    "application-details": Page(at=a_draft, get=writers(200), post=writers(200)),
    "application-marks": Page(at=a_draft, get=writers(200), post=writers(405)),
    "application-choices": Page(at=a_draft, get=writers(200), post=writers(200)),
    "application-claims": Page(at=a_draft, get=writers(200), post=writers(405)),
    "application-claim-add": Page(at=a_draft, get=writers(200), post=writers(200)),
    "application-language-add": Page(at=a_draft, get=writers(200), post=writers(200)),
    "application-claim": Page(at=a_claim, get=writers(200), post=writers(200)),
    "application-claim-remove": Page(at=a_claim, get=writers(200), post=writers(302)),
    "evidence-reuse": Page(at=a_claim, get=writers(200), post=writers(200)),
    "evidence-remove": Page(at=a_document, get=writers(200), post=writers(302)),
    "evidence-file": Page(at=a_file, get=readers(200), post=readers(405), is_looked_at=False),
    "application-paper": Page(at=an_asked_paper, get=writers(200), post=writers(200)),
    "application-paper-remove": Page(at=an_attached_paper, get=writers(200), post=writers(302)),
    "application-paper-file": Page(at=an_attached_paper, get=readers(200), post=readers(405), is_looked_at=False),
    "application-consents": Page(at=a_draft, get=writers(200), post=writers(302)),
    "application-submit": Page(at=a_draft, get=writers(200), post=writers(200)),
    "application-receipt": Page(at=a_submitted_one, get=writers(200), post=writers(405)),
    "application-receipt-paper": Page(at=a_submitted_one, get=writers(200), post=writers(405), is_looked_at=False),
    "application-to-sign": Page(at=a_submitted_one, get=writers(200), post=writers(405), is_looked_at=False),
    "application-discard": Page(at=a_submitted_one, get=writers(200), post=writers(302)),
    "application-withdraw": Page(
        at=a_submitted_one, get=writers(200), post=only({STUDENT: (302, 404), DEANS_OFFICE: OWN_FACULTY}, others=404)
    ),
    "application-ask-to-withdraw": Page(
        at=a_closed_one, get=only({STUDENT: OWN_FACULTY}, others=404), post=only({STUDENT: OWN_FACULTY}, others=404)
    ),
    "application-resume": Page(at=a_withdrawn_one, get=writers(200), post=writers(302)),
}
