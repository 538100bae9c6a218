"""A call in which one student can apply to two hosts, and how far an application is ready."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import pytest

from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.people.models import StudentProfile
from mobility.people.tests.factories import FacultyFactory, StudentFactory
from mobility.students import actions
from mobility.students.models import ConsentText
from mobility.students.tests.factories import ConsentTextFactory, EvidenceFactory
from partners.tests.factories import ConditionFactory, InstitutionFactory

IN_TIME = datetime(2027, 3, 20, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
TALK = {
    "kind": "talk-national", "title": "Early markers of sepsis", "event": "Science of Young Physicians",
    "place": "Minsk", "day": date(2026, 4, 16), "amount": 1, "language": "", "level": "", "note": "",
}  # fmt: skip


@pytest.fixture
def competition(db):
    """Call PT27 with omsk and samara open to the faculty, and kirov that has no seat for it."""
    faculty = FacultyFactory(code="general")
    call = CallFactory(code="PT27")
    hosts = {}
    for code, country in (("kirov", "RU"), ("omsk", "RU"), ("samara", "KZ")):
        partner = InstitutionFactory(country=country)
        hosts[code] = DestinationFactory(
            call=call, code=code, seats=2, condition=ConditionFactory(agreement__parties=[partner], seats=9)
        )
        other = FacultyFactory()
        QuotaFactory(destination=hosts[code], faculty=faculty if code != "kirov" else other, seats=2)
    ConsentTextFactory(purpose=ConsentText.Purpose.PROCESSING)
    ConsentTextFactory(purpose=ConsentText.Purpose.TRANSFER)
    return SimpleNamespace(call=call, faculty=faculty, **hosts)


@pytest.fixture
def student(competition):
    person = StudentFactory(student__faculty=competition.faculty)
    StudentProfile.objects.filter(person=person).update(mean_mark=872, marks_counted=9, course_year=5)
    return person


@pytest.fixture
def draft(competition, student):
    return actions.start(call=competition.call, student=student, by=student, at=IN_TIME)


@pytest.fixture
def ready(draft, student, competition):
    """All tasks done, with one claim and its evidence; not submitted."""
    by_at = {"by": student, "at": IN_TIME}
    actions.change_phone(application=draft, phone="+375 29 1234567", **by_at)
    claim = actions.add_claim(application=draft, entered=TALK, **by_at)
    EvidenceFactory(claim=claim)
    actions.set_choices(application=draft, destinations=[competition.omsk, competition.samara], seen=[], **by_at)
    pairs = [(text.pk, country) for text in ConsentText.objects.all() for country in ("", "RU", "KZ")]
    actions.set_consents(application=draft, given=pairs, **by_at)
    draft.refresh_from_db()
    return draft
