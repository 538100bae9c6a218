"""Drills: many presses at once, and two windows. Each has its negative control."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from mobility.post.models import Letter
from mobility.students import actions
from mobility.students.actions import editing
from mobility.students.models import Application, Submission

from .conftest import IN_TIME, MINUTE

pytestmark = pytest.mark.django_db(transaction=True)


def all_at_once(act, times: int) -> list[str]:
    """Outcomes of so many threads that start together: "done", or the name of what was raised."""
    start, found = Barrier(times), []

    def run() -> None:
        start.wait()
        try:
            act()
        except Exception as error:  # noqa: BLE001 -- a thread tells what happened to it
            found.append(type(error).__name__)
        else:
            found.append("done")
        finally:
            connection.close()

    threads = [Thread(target=run) for _one in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_twenty_presses_are_one_version_one_letter(ready, student):
    found = all_at_once(lambda: actions.submit(application=ready, by=student, at=IN_TIME + MINUTE), 20)
    assert found == ["done"] * 20
    assert (Submission.objects.count(), Letter.objects.count()) == (1, 1)


def test_without_the_lock_there_are_more(ready, student, monkeypatch):
    """The negative control: each press has read a draft before it waits for the row that it writes."""

    def unlocked(application):
        return Application.objects.select_related("call").get(pk=application.pk)

    monkeypatch.setattr(editing, "locked", unlocked)
    all_at_once(lambda: actions.submit(application=ready, by=student, at=IN_TIME + MINUTE), 20)
    assert Submission.objects.count() > 1


def test_at_the_deadline_a_submission_is_out_whoever_pressed_before_it(ready, student, competition):
    """Two hands at the last second: what reaches the server at the deadline is out, a second before it is in."""
    deadline = competition.call.deadline
    moments = iter([deadline - timedelta(seconds=1), deadline])
    found = all_at_once(lambda: actions.submit(application=ready, by=student, at=next(moments)), 2)
    assert found == ["ValidationError", "done"]
    assert list(Submission.objects.values_list("version", "at")) == [(1, deadline - timedelta(seconds=1))]


def test_without_the_server_s_clock_the_deadline_lets_everybody_in(ready, student, competition, monkeypatch):
    """The negative control."""
    monkeypatch.setattr(editing, "refuse_outside", lambda _call, *, at: at)
    deadline = competition.call.deadline
    assert all_at_once(lambda: actions.submit(application=ready, by=student, at=deadline), 1) == ["done"]
    assert Submission.objects.count() == 1


def test_twenty_presses_begin_one_application(competition, student):
    all_at_once(lambda: actions.start(call=competition.call, student=student, by=student, at=IN_TIME), 20)
    assert list(Application.objects.values_list("number", flat=True)) == ["PT27-0001"]


def test_two_windows_do_not_undo_each_other(ready, student, competition):
    """Both saw the same list; the second is told, and the first one's order stays."""
    seen = ["omsk", "samara"]
    by_at = {"application": ready, "by": student, "at": IN_TIME}
    actions.move_choice_up(destination=competition.samara, seen=seen, **by_at)
    with pytest.raises(ValidationError) as refusal:
        actions.remove_choice(destination=competition.samara, seen=seen, **by_at)
    assert refusal.value.code == "changed-elsewhere"
    assert list(ready.choices.values_list("destination__code", flat=True)) == ["samara", "omsk"]
