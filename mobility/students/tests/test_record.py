from datetime import date

import pytest

from mobility.calls.rubric import engine_rules
from mobility.calls.tests.factories import DestinationFactory, QuotaFactory
from mobility.students.record import NOT_OPEN, claimed_score, failures_at, record_of
from mobility.students.tests.factories import ApplicationFactory, ClaimFactory
from selection.engine import scoring
from selection.engine.eligibility import Failure

READ = {"verdict": "accepted", "read_at": "2027-04-01T09:00:00Z"}
pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(debts=2, is_on_leave=True)


def test_only_what_was_verified_counts(application):
    unread = ClaimFactory(application=application, event="Science  of Young Physicians")
    lowered = ClaimFactory(
        application=application, event="", accepted_kind="talk-university", **READ | {"verdict": "corrected"}
    )
    record = record_of(application, [unread, lowered])
    assert record.claims == (
        scoring.Claim(str(unread.pk), "talk-national", date(2026, 4, 16), "science of young physicians"),
        scoring.Claim(str(lowered.pk), "talk-national", date(2026, 4, 16), "", 1, "talk-university", 1),
    )
    assert record.facts == {"debts": 2, "sanctions": 0, "leave": 1, "earlier_mobility": 0}


def test_levels_of_languages_are_claimed_and_verified_apart(application):
    claim = {"application": application, "kind": "language", "language": "en"}
    claims = [
        ClaimFactory(**claim, level="C1"),
        ClaimFactory(**claim, level="B2", accepted_level="B1", **READ | {"verdict": "corrected"}),
    ]
    record = record_of(application, claims)
    assert (record.claimed_levels, record.verified_levels) == ({"en": "C1"}, {"en": "B1"})
    assert record_of(application, claims, as_claimed=True).verified_levels == {"en": "C1"}


def test_points_are_shown_as_claimed_even_while_marks_block(application):
    claim = ClaimFactory(application=application)
    rules = engine_rules(application.call, application.call.rules_versions.get())
    assert claimed_score(application, [claim], rules).total == 3500 + 150
    application.mean_mark = None
    assert claimed_score(application, [claim], rules).total == 150
    with pytest.raises(scoring.UnmappedMark):
        scoring.score(record_of(application, [claim]), rules)


def test_a_destination_without_a_seat_for_the_faculty_is_not_open_to_it():
    application = ApplicationFactory()
    destination = DestinationFactory(call=application.call, seats=2)
    quota = QuotaFactory(destination=destination, seats=2)
    rules = engine_rules(application.call, application.call.rules_versions.get())

    def failures(**changes):
        for name, value in changes.items():
            setattr(destination, name, value)
        record = record_of(application, [])
        return failures_at(record, rules, destination, {quota.faculty_id: quota}, faculty=application.faculty_id)

    assert failures() == [NOT_OPEN]
    assert failures(seats=3) == []
    assert failures(mark_floor=900) == [Failure("mean_mark", 900, 850)]
    destination.call.release = "open"
    assert failures(seats=2, mark_floor=None) == []
