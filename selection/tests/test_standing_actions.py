import json
from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.people.tests.factories import FacultyFactory, StudentFactory, UserFactory
from mobility.post.models import Letter
from mobility.students.tests.factories import ApplicationFactory, ChoiceFactory, ClaimFactory
from selection.actions import standings as actions
from selection.actions.readings import as_claimed
from selection.actions.scoring import rescore
from selection.models import Showing, Standing

from .factories import READ, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def faculty():
    return FacultyFactory(code="general")


@pytest.fixture
def call(faculty):
    call = CallFactory(code="PT27")
    host = DestinationFactory(call=call, code="omsk", seats=1)
    QuotaFactory(destination=host, faculty=faculty, seats=1)
    for number, mark in (("PT27-1", 850), ("PT27-2", 900), ("PT27-3", 850)):
        student = StudentFactory(student__faculty=faculty)
        application = ApplicationFactory(call=call, student=student, number=number, mean_mark=mark, submitted=True)
        ChoiceFactory(application=application, destination=host)
        rescore(application=application)
    return call


@pytest.fixture
def claim(call):
    claim = ClaimFactory(application=call.applications.get(number="PT27-1"))
    rescore(application=claim.application)
    return claim


def lock(call, faculty, *, with_unread=False, at=READ):
    return actions.lock(call=call, faculty=faculty, with_unread=with_unread, by=UserFactory(), at=at)


def code_of(attempt):
    with pytest.raises(ValidationError) as caught:
        attempt()
    return caught.value.code


def test_what_is_locked_is_the_ranking_word_for_word(call, faculty):
    standing = lock(call, faculty)
    content = json.loads(standing.content)
    assert [(row["code"], row["place"], row["points"], row["to"], row["tie_rule"]) for row in content["ranking"]] == [
        ("PT27-2", 1, 4000, "omsk", ""),
        ("PT27-1", 2, 3500, None, ""),
        ("PT27-3", 2, 3500, None, "lottery"),
    ]
    assert standing.content == actions.canonical(content)
    assert standing.sha256 == actions.sha256(standing.content)


def test_what_is_unread_holds_the_lock_unless_one_says_so(call, faculty, claim):
    assert code_of(lambda: lock(call, faculty)) == "unread"
    assert lock(call, faculty, with_unread=True).undone_at is None


def test_the_doors_of_the_lock(call, faculty):
    assert code_of(lambda: lock(call, faculty, at=call.deadline - timedelta(seconds=1))) == "too-early"
    assert code_of(lambda: lock(call, FacultyFactory())) == "nobody"
    lock(call, faculty)
    assert code_of(lambda: lock(call, faculty)) == "locked"
    assert Standing.objects.count() == 1


def test_unlocking_takes_a_reason_and_the_next_lock_is_another(call, faculty):
    first = lock(call, faculty)
    actions.unlock(standing=first, reason="An appeal", by=UserFactory(), at=READ)
    assert code_of(lambda: actions.unlock(standing=first, reason="Again", by=UserFactory(), at=READ)) == "unlocked"
    second = lock(call, faculty)
    first.refresh_from_db()
    assert (first.undone_reason, second.undone_at, second.pk != first.pk) == ("An appeal", None, True)


def test_points_are_shown_once_and_each_is_told_once(call, faculty):
    silent = call.applications.get(number="PT27-3").student
    silent.email, silent.record_book = None, "B-1"
    silent.save()
    actions.show_points(call=call, faculty=faculty, by=UserFactory(), at=READ)
    assert set(call.applications.values_list("points_shown_at", flat=True)) == {READ}
    told = call.applications.exclude(number="PT27-3").values_list("student__email", flat=True)
    assert sorted(Letter.objects.values_list("recipient", flat=True)) == sorted(told)
    assert code_of(lambda: actions.show_points(call=call, faculty=faculty, by=UserFactory(), at=READ)) == "shown"
    assert Letter.objects.count() == 2


def test_points_are_not_shown_while_claims_are_unread(call, faculty, claim):
    assert code_of(lambda: actions.show_points(call=call, faculty=faculty, by=UserFactory(), at=READ)) == "unread"
    assert Showing.objects.count() == 0


def test_a_verdict_that_waits_holds_the_lock(call, faculty, claim):
    application, _readings = read(claim.application, as_claimed(claim))
    actions.show_points(call=call, faculty=faculty, by=UserFactory(), at=READ)
    read(application, as_claimed(claim, seen=1))
    assert code_of(lambda: lock(call, faculty)) == "pending"
