import threading
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction
from django_tasks_db.models import DBTaskResult

from mobility.post.models import JobRun
from mobility.post.schedule import Job, run_due
from mobility.post.tasks import call_for_delivery, deliver_letters

from .factories import LetterFactory

pytestmark = pytest.mark.django_db
MONDAY = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
DAY = timedelta(days=1)
ran: list[datetime] = []


def job(*, at):
    ran.append(at)


def failing(*, at):
    JobRun.objects.create(name="left by a failing job")
    raise RuntimeError("no")


@pytest.fixture(autouse=True)
def schedule(settings):
    ran.clear()
    settings.SCHEDULE = [("daily", DAY, f"{__name__}.job")]


def test_runs_once_in_each_slot():
    for hours in (0, 1, 14, 14.5, 15, 38.4, 38.6):
        run_due(at=MONDAY + timedelta(hours=hours))
    assert ran == [MONDAY, MONDAY + timedelta(hours=14.5), MONDAY + timedelta(hours=38.6)]


def test_a_missed_day_is_caught_up_once():
    run_due(at=MONDAY)
    assert run_due(at=MONDAY + 3 * DAY) == ["daily"]
    assert run_due(at=MONDAY + 3 * DAY + timedelta(hours=1)) == []
    assert JobRun.objects.get().done_until == datetime(2026, 11, 26, tzinfo=UTC)


def test_a_failure_is_undone_told_and_tried_again_and_stops_no_other(settings):
    settings.SCHEDULE = [("failing", DAY, f"{__name__}.failing"), *settings.SCHEDULE]
    assert run_due(at=MONDAY) == ["daily"]
    assert list(JobRun.objects.order_by("name").values_list("name", "failed_at", "last_error")) == [
        ("daily", None, ""),
        ("failing", MONDAY, "RuntimeError: no"),
    ]
    settings.SCHEDULE = [("failing", DAY, f"{__name__}.job")]
    assert run_due(at=MONDAY + timedelta(seconds=59)) == []
    assert run_due(at=MONDAY + timedelta(seconds=60)) == ["failing"]


@pytest.mark.django_db(transaction=True)
def test_two_schedulers_never_run_one_twice():
    def keep():
        run_due(at=MONDAY)
        connection.close()

    keepers = [threading.Thread(target=keep) for _keeper in range(8)]
    for keeper in keepers:
        keeper.start()
    for keeper in keepers:
        keeper.join()
    assert ran == [MONDAY]


@pytest.mark.django_db(transaction=True)
def test_a_scheduler_passes_by_a_job_that_another_runs():
    JobRun.objects.create(name="daily")
    with transaction.atomic():
        JobRun.objects.select_for_update().get()
        other = []
        thread = threading.Thread(target=lambda: (other.append(run_due(at=MONDAY)), connection.close()))
        thread.start()
        thread.join(5)
    assert other == [[]]


def test_the_slots_of_the_real_schedule_run(settings):
    from mobility import settings as real

    settings.SCHEDULE = real.SCHEDULE
    assert run_due(at=MONDAY) == [name for name, _every, _path in real.SCHEDULE]


def test_slots_are_counted_from_midnight():
    slot = Job("x", timedelta(minutes=5), "").slot
    assert slot(datetime(2026, 11, 23, 9, 34, 59, tzinfo=UTC)) == MONDAY
    assert slot(MONDAY) == MONDAY


def test_the_worker_is_called_only_when_letters_are_due_and_only_once():
    now = datetime.now(tz=UTC)
    call_for_delivery(at=now)
    assert DBTaskResult.objects.count() == 0
    LetterFactory.create_batch(2)
    now = datetime.now(tz=UTC)
    call_for_delivery(at=now)
    call_for_delivery(at=now)
    assert [result.task_path for result in DBTaskResult.objects.all()] == [deliver_letters.module_path]
    DBTaskResult.objects.update(status="RUNNING")
    call_for_delivery(at=now)
    assert DBTaskResult.objects.count() == 2
