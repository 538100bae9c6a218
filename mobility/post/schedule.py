"""The periodic jobs of settings.SCHEDULE: (name, how often, path of a function that takes `at`).

A job's time is cut into slots of its length, counted from midnight UTC (3 in the morning in Minsk). In each slot it
runs once, whoever keeps the schedule and however many do; a slot missed is caught up by the next run. A job is short:
what takes long it hands to the worker as a task, in the same transaction as the mark that it ran.
"""

import logging
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from mobility.post.models import JobRun

EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
PAUSE_AFTER_FAILURE = timedelta(minutes=1)

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Job:
    name: str
    every: timedelta
    path: str

    def slot(self, at: datetime) -> datetime:
        return at - (at - EPOCH) % self.every

    def is_due(self, run: JobRun | None, at: datetime) -> bool:
        if run is None:
            return True
        done = run.done_until is not None and run.done_until >= self.slot(at)
        resting = run.failed_at is not None and at - run.failed_at < PAUSE_AFTER_FAILURE
        return not done and not resting


def jobs() -> list[Job]:
    return [Job(*row) for row in settings.SCHEDULE]


def run_due(*, at: datetime) -> list[str]:
    """Run what is due, each job in a transaction of its own; the names of those that ran."""
    known = {run.name: run for run in JobRun.objects.all()}
    return [job.name for job in jobs() if job.is_due(known.get(job.name), at) and run_once(job, at=at)]


@transaction.atomic
def run_once(job: Job, *, at: datetime) -> bool:
    JobRun.objects.get_or_create(name=job.name)
    row = JobRun.objects.select_for_update(skip_locked=True).filter(name=job.name).first()
    if row is None or not job.is_due(row, at):
        return False
    try:
        with transaction.atomic():
            import_string(job.path)(at=at)
    except Exception as error:
        logger.exception("periodic job %s failed", job.name)
        row.failed_at, row.last_error = at, f"{type(error).__name__}: {error}"[:500]
    else:
        row.done_until, row.failed_at, row.last_error = job.slot(at), None, ""
    row.save()
    return row.failed_at is None
