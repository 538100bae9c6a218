from datetime import UTC, datetime

import pytest

from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.people.tests.factories import FacultyFactory, RoleFactory, StudentFactory
from mobility.sample import verdicts
from mobility.students.models import Claim
from mobility.students.tests.factories import ApplicationFactory, ChoiceFactory, ClaimFactory
from selection.actions.scoring import rescore_call
from selection.models import Protocol, Reading, Standing

pytestmark = pytest.mark.django_db
AT = datetime(2027, 4, 5, 9, tzinfo=UTC)


@pytest.fixture
def season():
    faculty = FacultyFactory(code="general", position=2)
    RoleFactory(kind="deans-office", faculty=faculty)
    students = [StudentFactory(student__faculty=faculty) for _number in range(20)]
    years = (("PT26", 2026), ("PT27", 2027))
    calls = [CallFactory(code=code, opens_at=datetime(year, 3, 10, 6, tzinfo=UTC)) for code, year in years]
    for call in calls:
        host = DestinationFactory(call=call, seats=2)
        QuotaFactory(destination=host, faculty=faculty, seats=2)
        for student in students:
            application = ApplicationFactory(call=call, student=student, submitted=True)
            ChoiceFactory(application=application, destination=host)
            for kind in ("talk-national", "abstract", "volunteering"):
                ClaimFactory(application=application, kind=kind, event=kind, day="2025-11-14")
        rescore_call(call=call)
    type(calls[0]).objects.filter(pk=calls[0].pk).update(published_at=calls[0].results_at, published_run=1)
    calls[0].refresh_from_db()
    return calls


def test_last_year_is_decided_and_this_year_is_being_read(season):
    last, this = season
    verdicts.found(last=last, this=this, seed=1, at=AT)
    assert Claim.objects.filter(application__call=last, verdict="").count() == 0
    assert Protocol.objects.filter(standing__call=last).values_list("document__number", flat=True).get() == "3"
    assert Standing.objects.filter(call=this).count() == 0
    assert this.applications.unverified().count() == 9
    shares = [Reading.objects.filter(decision=decision).count() for decision in ("refused", "corrected")]
    assert [0 < share < 40 for share in shares] == [True, True]
