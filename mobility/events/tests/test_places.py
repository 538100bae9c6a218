"""Two hundred offices give the last place at once: one of them does."""

from contextlib import contextmanager
from threading import Barrier, Thread
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from mobility.events.actions import team
from mobility.events.models import Event, TeamMember
from mobility.people.models import Absence
from mobility.people.tests.factories import FacultyFactory, StudentFactory, UserFactory

from .factories import AT, EventFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db(transaction=True)
ASKERS, WORKERS = 200, 20


@pytest.fixture
def wishes():
    """One place, and two hundred who put themselves forward."""
    faculty, event = FacultyFactory(), EventFactory(places=1)
    people = [StudentFactory(student__faculty=faculty) for _number in range(ASKERS)]
    return [TeamMemberFactory(event=event, person=person, state="put-forward") for person in people]


def name_all_at_once(members):
    """Twenty connections at a time press, each for its ten; how each press was refused."""
    office, together, refused = UserFactory(), Barrier(WORKERS), []

    def press(mine):
        try:
            together.wait()
            for member in mine:
                try:
                    team.name(event=member.event, people=[member.person], permission="", by=office, at=AT)
                except ValidationError as refusal:
                    refused.append(refusal.code)
                except IntegrityError:
                    refused.append("by-the-database")
        finally:
            connection.close()

    threads = [Thread(target=press, args=[members[number::WORKERS]]) for number in range(WORKERS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return refused


def test_of_two_hundred_approvals_of_the_last_place_one_wins(wishes):
    assert name_all_at_once(wishes) == ["no-place"] * (ASKERS - 1)
    assert TeamMember.objects.in_team().count() == 1
    assert Absence.objects.count() == 1


def test_without_the_action_s_lock_the_database_still_keeps_the_place(wishes):
    """The control: the same crowd, nobody waits and nobody counts; the trigger refuses all but one."""
    with unlocked():
        refused = name_all_at_once(wishes)
    assert refused.count("by-the-database") == ASKERS - 1
    assert TeamMember.objects.in_team().count() == 1


@contextmanager
def unlocked():
    def look(event, *_states):
        return Event.objects.get(pk=event.pk)

    with mock.patch.object(team, "locked", look), mock.patch.object(team, "_refuse_beyond_places"):
        yield
