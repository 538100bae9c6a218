"""The schedule as a process: it runs jobs, outlives a database that is away, and stops when told."""

import os
import signal
import subprocess
import sys
from unittest import mock

import pytest
from django.core.management import call_command
from django.db import OperationalError

from mobility.post.management.commands import schedule
from mobility.post.models import JobRun


def nothing(*, at):
    pass


@pytest.mark.django_db
def test_once_runs_what_is_due_and_ends(settings):
    settings.SCHEDULE = [(row[0], row[1], f"{__name__}.nothing") for row in settings.SCHEDULE]
    call_command("schedule", once=True)
    assert set(JobRun.objects.values_list("name", flat=True)) == {row[0] for row in settings.SCHEDULE}


@pytest.mark.django_db
def test_waits_for_a_database_that_is_away(caplog):
    with mock.patch.object(schedule, "run_due", side_effect=OperationalError("gone")):
        schedule.Command().tick()
    assert [record.getMessage() for record in caplog.records] == ["the schedule waits for the database: gone"]


def test_stops_when_told():
    environment = {**os.environ, "DATABASE_URL": "postgres://nobody@%2Fnowhere/none"}
    process = subprocess.Popen(
        [sys.executable, "manage.py", "schedule", "--interval", "0.1"], env=environment, stderr=subprocess.PIPE
    )
    for line in process.stderr:
        if b"waits for the database" in line:
            break
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 0
