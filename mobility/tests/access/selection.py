"""A faculty reads, ranks and decides: its own dean's office; International Relations and the rector look on."""

from itertools import count
from typing import Any

import time_machine

from mobility.calls.models import Call
from mobility.calls.tests.factories import CallFactory
from mobility.files.tests.factories import StoredFileFactory, picture
from mobility.people.tests.factories import StudentFactory, UserFactory
from mobility.students.tests.factories import ApplicationFactory, ClaimFactory, EvidenceFactory
from selection.actions.scoring import rescore
from selection.actions.standings import lock
from selection.models import Standing
from selection.tests.factories import (
    READ,
    CommissionMemberFactory,
    ProtocolFactory,
    ReadingFactory,
    StandingFactory,
)

from .words import ADMINISTRATOR, DEANS_OFFICE, IR_OFFICER, OWN_FACULTY, RECTOR, Page, Place, only

NUMBERS = map(str, count(1))


def office(outcome: int) -> dict[str, Any]:
    return only({DEANS_OFFICE: OWN_FACULTY if outcome == 200 else (outcome, 404)}, others=404)


def readers(outcome: int) -> dict[str, Any]:
    """The office of the faculty, and those who look on at every faculty's."""
    return only({DEANS_OFFICE: OWN_FACULTY, **dict.fromkeys((IR_OFFICER, RECTOR, ADMINISTRATOR), outcome)}, others=404)


def a_ranking(place: Place) -> dict[str, Any]:
    """Of one applicant, without claims."""
    application = ApplicationFactory(student=StudentFactory(student__faculty=place.faculty), submitted=True)
    rescore(application=application)
    return {"call": application.call.code, "faculty": place.faculty.code}


def a_lock(place: Place) -> dict[str, Any]:
    call = CallFactory()
    StandingFactory(call=call, faculty=place.faculty)
    return {"call": call.code, "faculty": place.faculty.code}


def a_member(place: Place) -> dict[str, Any]:
    member = CommissionMemberFactory(call=CallFactory(), faculty=place.faculty)
    return {"call": member.call.code, "faculty": place.faculty.code, "member": member.pk}


def a_locked_ranking(place: Place) -> dict[str, Any]:
    """With a commission of three."""
    of = a_ranking(place)
    call = Call.objects.get(code=of["call"])
    with time_machine.travel(READ, tick=False):
        lock(call=call, faculty=place.faculty, with_unread=False, by=UserFactory(), at=READ)
    for seat in ("chair", "secretary", "member"):
        CommissionMemberFactory(call=call, faculty=place.faculty, seat=seat)
    return of


def a_protocol(place: Place, *, number: str = "", scanned: bool = False) -> dict[str, Any]:
    of = a_locked_ranking(place)
    standing = Standing.objects.get(call__code=of["call"], faculty=place.faculty)
    protocol = ProtocolFactory(standing=standing)
    if number:
        registered = {"number": number, "dated": READ.date(), "registered_by": UserFactory(), "registered_at": READ}
        for name, value in registered.items():
            setattr(protocol.document, name, value)
        protocol.document.scan = StoredFileFactory() if scanned else None
        protocol.document.save()
    return of


def a_registered_protocol(place: Place) -> dict[str, Any]:
    return a_protocol(place, number=next(NUMBERS))


def a_signed_protocol(place: Place) -> dict[str, Any]:
    return a_protocol(place, number=next(NUMBERS), scanned=True)


def a_docx(place: Place) -> dict[str, Any]:
    return a_protocol(place) | {"suffix": "docx"}


def a_call(place: Place) -> dict[str, Any]:
    return {"call": CallFactory().code, "faculty": place.faculty.code}


def an_application(place: Place) -> dict[str, Any]:
    student = StudentFactory(student__faculty=place.faculty)
    application = ApplicationFactory(student=student, submitted=True)
    ClaimFactory(application=application)
    return {"call": application.call.code, "faculty": place.faculty.code, "number": application.number}


def an_evidence(place: Place) -> dict[str, Any]:
    student = StudentFactory(student__faculty=place.faculty)
    application = ApplicationFactory(student=student, submitted=True)
    content = picture("PNG")
    stored = StoredFileFactory(data=content, name="certificate.png", content_type="image/png")
    evidence = EvidenceFactory(claim=ClaimFactory(application=application), file=stored)
    of = {"call": application.call.code, "faculty": place.faculty.code, "number": application.number}
    return of | {"evidence": evidence.pk}


def a_page(place: Place) -> dict[str, Any]:
    return an_evidence(place) | {"page": 1}


def a_reading(place: Place) -> dict[str, Any]:
    student = StudentFactory(student__faculty=place.faculty)
    application = ApplicationFactory(student=student, submitted=True)
    reading = ReadingFactory(claim__application=application, needs_second=True)
    of = {"call": application.call.code, "faculty": place.faculty.code, "number": application.number}
    return of | {"reading": reading.pk}


def desks(*more: str) -> dict[str, Any]:
    return only(dict.fromkeys((DEANS_OFFICE, *more), 200), others=404)


PAGES = {
    "desk-queue": Page(get=desks()),
    "desk-ranking": Page(get=desks(IR_OFFICER, RECTOR, ADMINISTRATOR)),
    "desk-protocol": Page(get=desks(IR_OFFICER, RECTOR, ADMINISTRATOR)),
    "queue": Page(at=a_call, get=office(200), post=office(405)),
    "verify": Page(at=an_application, get=office(200), post=office(200)),
    "verify-next": Page(at=an_application, get=office(302), post=office(405), is_looked_at=False),
    "verify-keys": Page(at=an_application, get=office(405), post=office(302), is_looked_at=False),
    "record-take-over": Page(at=an_application, get=office(200), post=office(200)),
    "conflict-declare": Page(at=an_application, get=office(200), post=office(302)),
    "evidence-page": Page(at=a_page, get=office(200), post=office(405), is_looked_at=False),
    "claim-evidence-file": Page(at=an_evidence, get=office(200), post=office(405), is_looked_at=False),
    "verdict-agree": Page(at=a_reading, get=office(200), post=office(200)),
    "verdict-disagree": Page(at=a_reading, get=office(200), post=office(200)),
    "standing-detail": Page(at=a_ranking, get=readers(200), post=office(405)),
    "standing-export": Page(at=a_ranking, get=readers(200), post=office(405), is_looked_at=False),
    "standing-notice": Page(at=a_ranking, get=readers(200), post=office(405)),
    "standing-content": Page(at=a_lock, get=readers(200), post=office(405), is_looked_at=False),
    "points-show": Page(at=a_ranking, get=office(200), post=office(302)),
    "standing-lock": Page(at=a_ranking, get=office(200), post=office(200)),
    "standing-unlock": Page(at=a_lock, get=office(200), post=office(200)),
    "commission-detail": Page(at=a_locked_ranking, get=readers(200), post=office(200)),
    "commission-remove": Page(at=a_member, get=office(200), post=office(302)),
    "protocol-detail": Page(at=a_protocol, get=readers(200), post=office(405)),
    "protocol-write": Page(at=a_locked_ranking, get=office(200), post=office(200)),
    "protocol-paper": Page(at=a_docx, get=readers(200), post=office(405), is_looked_at=False),
    "protocol-number": Page(at=a_protocol, get=office(200), post=office(200)),
    "protocol-scan-add": Page(at=a_registered_protocol, get=office(200), post=office(200)),
    "protocol-scan": Page(at=a_signed_protocol, get=readers(200), post=office(405), is_looked_at=False),
}
