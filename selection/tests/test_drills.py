"""Drills with their negative controls: a process killed before each statement of a publication, two readers at once."""

import os
import signal
from itertools import count
from threading import Barrier, Thread
from unittest import mock

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mobility.calls.models import Call, Cutoff
from mobility.people.tests.factories import UserFactory
from mobility.post.models import Letter
from mobility.students.models import Card, Offer
from mobility.students.tests.factories import ApplicationFactory, ClaimFactory
from selection.actions import publication as actions
from selection.actions import readings
from selection.actions.runs import run
from selection.actions.scoring import rescore
from selection.models import Publication, Reading

from .factories import read

pytestmark = pytest.mark.django_db(transaction=True)

NOTHING = (0, 0, 0, 0, None)
EVERYTHING = (2, 1, 2, 2, 1)
AT_LEAST = 20
"""So many statements a publication has; the process is killed before each."""


@pytest.fixture
def prepared(apply, place, call, after, locked):
    """Two applicants, one place at Omsk, and a run that waits for a second person."""
    omsk, kirov = place("omsk"), place("kirov")
    apply(omsk, kirov, number="A", mean_mark=900)
    apply(omsk, number="B", mean_mark=850)
    return actions.prepare(run=run(call=call, by=UserFactory(), at=after), by=UserFactory(), at=after)


def state():
    counts = [model.objects.count() for model in (Card, Offer, Cutoff, Letter)]
    return (*counts, Call.objects.get(code="PT27").published_run)


class Dying:
    """Lets so many statements pass, then kills its own process as a power cut would."""

    def __init__(self, after: int) -> None:
        self.left = after

    def __call__(self, execute, *asked):
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1
        return execute(*asked)


def killed(publishing, statements: int) -> int:
    """In a process of its own, with its own connection; the signal that ended it, or 0."""
    connection.close()
    child = os.fork()
    if child == 0:
        try:
            with connection.execute_wrapper(Dying(statements)):
                publishing()
        finally:
            os._exit(0)
    return os.waitpid(child, 0)[1]


def test_a_process_killed_anywhere_publishes_nothing_and_a_second_try_finishes(prepared, after):
    second = UserFactory()

    def publishing():
        actions.publish(publication=prepared, by=second, at=after)

    for statements in count():
        if killed(publishing, statements) != signal.SIGKILL:
            break
        assert (statements, state()) == (statements, NOTHING)
    assert (statements > AT_LEAST, state()) == (True, EVERYTHING)
    assert Letter.objects.values("recipient").distinct().count() == Letter.objects.count() == 2


def test_killed_after_its_end_it_is_published_and_a_second_try_is_refused(prepared, after):
    second = UserFactory()

    def publishing():
        actions.publish(publication=prepared, by=second, at=after)
        os.kill(os.getpid(), signal.SIGKILL)

    assert (killed(publishing, 10_000), state()) == (signal.SIGKILL, EVERYTHING)
    with pytest.raises(ValidationError) as refusal:
        actions.publish(publication=prepared, by=second, at=after)
    assert (refusal.value.code, state()) == ("published", EVERYTHING)


def test_without_one_transaction_a_killed_process_leaves_a_part(prepared, after):
    """The negative control."""
    second = UserFactory()
    publish = actions.publish.__wrapped__

    def publishing():
        with (
            mock.patch.object(actions, "_locked", lambda call: Call.objects.get(pk=call.pk)),
            mock.patch.object(actions, "_again", lambda publication: Publication.objects.get(pk=publication.pk)),
        ):
            publish(publication=prepared, by=second, at=after)

    for statements in count():
        assert killed(publishing, statements) == signal.SIGKILL
        if state() != NOTHING:
            break
    assert state() != EVERYTHING


def at_once(*acts) -> list[str]:
    start, found = Barrier(len(acts)), []

    def one(act) -> None:
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 -- a thread tells what happened to it
            found.append(type(error).__name__)
        else:
            found.append("done")
        finally:
            connection.close()

    threads = [Thread(target=one, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


@pytest.fixture
def claim():
    claim = ClaimFactory(application=ApplicationFactory(submitted=True))
    rescore(application=claim.application)
    return claim


def two_readers(claim):
    entered = [
        readings.Entered(claim.pk, 0, "accepted", claim.kind),
        readings.Entered(claim.pk, 0, "refused", claim.kind, reason="not-proven", text="Not shown."),
    ]
    people = [UserFactory() for _each in entered]
    return at_once(*(
        lambda entry=entry, person=person: read(claim.application, entry, by=person)
        for entry, person in zip(entered, people, strict=True)
    ))  # fmt: skip


def test_of_two_readers_at_once_one_saves_and_the_other_is_told(claim):
    assert two_readers(claim) == ["ReadMeanwhileError", "done"]
    reading = Reading.objects.get()
    claim.refresh_from_db()
    assert (claim.verdict, reading.number) == (reading.decision, 1)


def test_without_looking_at_what_was_seen_the_second_overwrites_the_first(claim, monkeypatch):
    """The negative control: the lock alone puts them one after the other, and neither is told."""
    monkeypatch.setattr(readings, "_refuse_read_meanwhile", lambda _entered, _latest: None)
    assert two_readers(claim) == ["done", "done"]
    assert Reading.objects.count() == 2
