import random
from datetime import UTC, datetime, timedelta
from unittest.mock import patch

import pytest
from django.core.exceptions import ValidationError

from mobility.journal.models import Event
from mobility.people.tests.factories import UserFactory
from mobility.students.tests.factories import ApplicationFactory, ClaimFactory
from selection.actions import readings as actions
from selection.actions.readings import Entered, as_claimed
from selection.models import Reading

from .factories import READ, ConflictFactory, ShowingFactory, StandingFactory, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(submitted=True)


@pytest.fixture
def claim(application):
    return ClaimFactory(application=application, kind="talk-national", points_claimed=150)


def refused(claim, *, seen=0, text="Too old.", reason="outside-period"):
    return Entered(claim.pk, seen, "refused", claim.kind, reason=reason, text=text)


def code_of(attempt):
    with pytest.raises(ValidationError) as caught:
        attempt()
    return caught.value.code


def test_an_accepted_claim_counts(application, claim):
    reader = UserFactory()
    scored, (reading,) = read(application, as_claimed(claim), by=reader)
    claim.refresh_from_db()
    assert (claim.verdict, claim.accepted_kind, claim.points_counted, claim.read_at) == (
        "accepted", "talk-national", 150, READ
    )  # fmt: skip
    assert (reading.by, reading.number) == (reader, 1)
    assert (scored.claims_read, scored.claims_count, scored.parts["science"], scored.points) == (1, 1, 150, 3650)
    assert Event.objects.filter(event="claims-read", object=str(application.pk), actor=reader.pk).count() == 1


def test_a_corrected_claim_counts_as_corrected(application, claim):
    read(application, Entered(claim.pk, 0, "corrected", "talk-university", reason="other-kind", text="A university's."))
    claim.refresh_from_db()
    assert (claim.verdict, claim.accepted_kind, claim.points_counted) == ("corrected", "talk-university", 100)
    assert (claim.reason, claim.reason_text) == ("other-kind", "A university's.")


def test_a_refused_claim_counts_nothing_and_keeps_its_reason(application, claim):
    read(application, refused(claim))
    claim.refresh_from_db()
    assert (claim.verdict, claim.points_counted, claim.reason, claim.reason_text) == (
        "refused", 0, "outside-period", "Too old."
    )  # fmt: skip


def test_one_event_counts_once(application):
    claims = [
        ClaimFactory(application=application, kind=kind, event="Congress") for kind in ("talk-national", "abstract")
    ]
    scored, _readings = read(application, *map(as_claimed, claims))
    for claim in claims:
        claim.refresh_from_db()
    assert [claim.fate for claim in claims] == ["counted", "same_event"]
    assert scored.parts["science"] == 150


@pytest.mark.parametrize(
    ("entered", "code"),
    [
        ({"decision": "refused"}, "no-reason"),
        ({"decision": "refused", "reason": "other"}, "no-reason"),
        ({"decision": "corrected", "kind": "talk-national", "reason": "other-kind"}, "same"),
        ({"decision": "corrected", "kind": "flying", "reason": "other-kind"}, "unknown-kind"),
    ],
)
def test_a_senseless_verdict_is_refused(application, claim, entered, code):
    assert code_of(lambda: read(application, Entered(claim.pk, 0, **entered))) == code
    assert Reading.objects.count() == 0


def test_the_doors_of_reading(application, claim):
    entered = as_claimed(claim)
    assert (
        code_of(lambda: read(application, entered, at=application.call.deadline - timedelta(seconds=1))) == "too-early"
    )
    assert code_of(lambda: read(application, entered, by=application.student)) == "conflict"
    lock = StandingFactory(call=application.call, faculty=application.faculty)
    assert code_of(lambda: read(application, entered)) == "locked"
    lock.undone_by, lock.undone_at, lock.undone_reason = lock.locked_by, READ, "A claim was not read"
    lock.save()
    assert len(read(application, entered)[1]) == 1


def test_whoever_declared_a_conflict_stays_out(application, claim):
    reader = UserFactory()
    actions.declare_conflict(application=application, note="My niece", by=reader, at=READ)
    assert code_of(lambda: read(application, as_claimed(claim), by=reader)) == "conflict"
    assert read(application, as_claimed(claim))[1][0].number == 1


def test_a_second_reader_is_told_and_nothing_is_saved(application, claim):
    first = UserFactory()
    read(application, refused(claim, text="First text."), by=first)
    with pytest.raises(actions.ReadMeanwhileError) as caught:
        read(application, refused(claim, text="Second text."))
    assert caught.value.code == "read-meanwhile"
    assert {key: (found.by, found.text) for key, found in caught.value.latest.items()} == {
        claim.pk: (first, "First text.")
    }
    assert Reading.objects.count() == 1


@pytest.mark.parametrize("points_are_shown", [False, True])
def test_pressed_twice_it_is_saved_once(application, claim, points_are_shown):
    if points_are_shown:
        ShowingFactory(call=application.call, faculty=application.faculty)
    reader = UserFactory()
    assert [len(read(application, refused(claim), by=reader)[1]) for _press in range(2)] == [1, 0]
    with pytest.raises(actions.ReadMeanwhileError):
        read(application, refused(claim, text="Another text."), by=reader)
    with pytest.raises(actions.ReadMeanwhileError):
        read(application, refused(claim))
    assert Event.objects.filter(event="claims-read").count() == Reading.objects.count() == 1


def pair_of_readers(application, claim, seen, chance, readers):
    """Both saw the same reading; each writes; whoever comes second is told, and saves again having seen."""
    texts = [f"{chance.random()}", f"{chance.random()}"]
    first, second = readers
    read(application, refused(claim, seen=seen, text=texts[0]), by=first)
    try:
        read(application, refused(claim, seen=seen, text=texts[1]), by=second)
    except actions.ReadMeanwhileError as told:
        shown = told.latest[claim.pk]
        read(application, refused(claim, seen=shown.number, text=texts[1]), by=second)
        return texts, shown.text
    return texts, None


def run_pairs(application, claim, count):
    """How many second readers were not shown the first text, and which texts are not kept."""
    chance, unseen, kept, seen = random.Random(7), 0, [], 0  # noqa: S311 -- the same texts each time
    readers = UserFactory.create_batch(2)
    for _pair in range(count):
        texts, shown = pair_of_readers(application, claim, seen, chance, readers)
        unseen += shown != texts[0]
        kept += texts
        seen = Reading.objects.filter(claim=claim).count()
    lost = set(kept) - set(Reading.objects.filter(claim=claim).values_list("text", flat=True))
    return unseen, lost


def test_a_thousand_pairs_of_readers_lose_nothing(application):
    applications = ApplicationFactory.create_batch(40, call=application.call, submitted=True)
    claims = [ClaimFactory(application=each, kind="talk-national", points_claimed=150) for each in applications]
    with patch.object(actions, "_put_in_force", lambda *_verdicts: None):  # points are tried elsewhere
        assert [run_pairs(claim.application, claim, 25) for claim in claims] == [(0, set())] * 40


def test_without_the_number_seen_the_second_reader_would_not_know(application, claim):
    with patch.object(actions, "_refuse_read_meanwhile", lambda *_seen: None):
        assert run_pairs(application, claim, 3)[0] == 3


class TestAfterPointsWereShown:
    @pytest.fixture(autouse=True)
    def shown(self, application):
        ShowingFactory(call=application.call, faculty=application.faculty)

    def test_a_verdict_waits_for_a_second_person(self, application, claim):
        _application, (reading,) = read(application, as_claimed(claim))
        claim.refresh_from_db()
        assert (reading.needs_second, reading.is_pending, claim.verdict) == (True, True, "")

    def test_another_person_puts_it_in_force(self, application, claim):
        first, second = UserFactory.create_batch(2)
        _application, (reading,) = read(application, as_claimed(claim), by=first)
        assert code_of(lambda: actions.agree(reading=reading, by=first, at=READ)) == "own"
        actions.agree(reading=reading, by=second, at=READ)
        claim.refresh_from_db()
        reading.refresh_from_db()
        assert (claim.verdict, claim.points_counted, reading.seconded_by) == ("accepted", 150, second)
        assert code_of(lambda: actions.agree(reading=reading, by=second, at=READ)) == "settled"

    def test_not_agreed_leaves_what_was(self, application, claim):
        _application, (reading,) = read(application, as_claimed(claim))
        actions.disagree(reading=reading, by=UserFactory(), at=READ)
        claim.refresh_from_db()
        reading.refresh_from_db()
        assert (claim.verdict, reading.is_pending, reading.was_refused) == ("", False, True)
        assert read(application, refused(claim, seen=1))[1][0].number == 2

    def test_one_verdict_at_a_time_waits(self, application, claim):
        read(application, as_claimed(claim))
        assert code_of(lambda: read(application, refused(claim, seen=1))) == "pending"

    def test_who_has_a_conflict_does_not_settle(self, application, claim):
        _application, (reading,) = read(application, as_claimed(claim))
        excluded = ConflictFactory(application=application).person
        assert code_of(lambda: actions.agree(reading=reading, by=excluded, at=READ)) == "conflict"


def test_results_that_are_published_stay(application, claim):
    type(application.call).objects.filter(pk=application.call_id).update(
        published_at=datetime(2027, 4, 23, 9, tzinfo=UTC), published_run=1
    )
    assert code_of(lambda: read(application, as_claimed(claim))) == "published"
