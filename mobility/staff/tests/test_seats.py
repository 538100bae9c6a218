"""A hundred approvals at once take the seats that there are, and no more; without the lock they would."""

from contextlib import contextmanager
from threading import Barrier, Thread
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mobility.people.tests.factories import UserFactory
from mobility.staff.actions import decisions
from mobility.staff.models import Activity
from partners.models import Condition
from partners.tests.factories import ConditionFactory

from .factories import AT, ActivityFactory

pytestmark = pytest.mark.django_db(transaction=True)
SEATS, ASKERS, WORKERS = 7, 100, 20


@pytest.fixture
def waiting():
    condition = ConditionFactory(kind="conference", seats=SEATS)
    return [
        ActivityFactory(state="prepared", partner=condition.partner, condition=condition, elsewhere="", host_reason="")
        for _number in range(ASKERS)
    ]


def approve_all_at_once(activities):
    """Twenty connections at a time press, each for its five; how many were refused for want of a seat."""
    rector, together, refused = UserFactory(), Barrier(WORKERS), []

    def press(mine):
        try:
            together.wait()
            for activity in mine:
                try:
                    decisions.approve(activity=activity, by=rector, at=AT)
                except ValidationError as refusal:
                    refused.append(refusal.code)
        finally:
            connection.close()

    threads = [Thread(target=press, args=[activities[number::WORKERS]]) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_a_hundred_approvals_take_the_seats_that_there_are(waiting):
    assert approve_all_at_once(waiting) == ["no-seat"] * (ASKERS - SEATS)
    assert Activity.objects.seated().count() == SEATS


def test_without_the_lock_too_many_would_be_seated(waiting):
    """The control: the same crowd, and nobody waits at the condition."""
    with unlocked():
        approve_all_at_once(waiting)
    assert Activity.objects.seated().count() > SEATS


@contextmanager
def unlocked():
    def look(activity):
        return Condition.objects.get(pk=activity.condition_id)

    with mock.patch.object(decisions, "lock_condition", look):
        yield
