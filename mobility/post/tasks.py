"""What the worker does for the post, and the periodic jobs of settings.SCHEDULE that call for it."""

from datetime import datetime

from django.contrib.sessions.backends.db import SessionStore
from django.core.management import call_command
from django_tasks import task
from django_tasks_db.models import DBTaskResult

from mobility.post.delivery import deliver_due
from mobility.post.models import Letter


@task()
def deliver_letters() -> None:
    deliver_due()


def call_for_delivery(*, at: datetime) -> None:
    """One waiting task is enough; one that runs, or died running, may already be past the newest letter."""
    asked = DBTaskResult.objects.ready().filter(task_path=deliver_letters.module_path)
    if Letter.objects.due(at).exists() and not asked.exists():
        deliver_letters.enqueue()


def clear_sessions(*, at: datetime) -> None:  # noqa: ARG001 -- sessions know their end by the server's clock
    SessionStore.clear_expired()


def prune_tasks(*, at: datetime) -> None:  # noqa: ARG001 -- every job is given the time
    call_command("prune_db_task_results", min_age_days=14, verbosity=0)
