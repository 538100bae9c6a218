"""Run with the product's settings by `python -m bench.competition`: this year's call is run, published, looked into.

Prints JSON: seconds by the wall of each step, and of the run the processor's time, ours and the database's.
"""

import json
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unittest.mock import patch

import django

django.setup()

from django.db import connection  # noqa: E402 -- what needs Django comes after it

from mobility.calls.models import Call  # noqa: E402
from mobility.people.models import Faculty, User  # noqa: E402
from mobility.sample.people import DOMAIN  # noqa: E402
from selection import gather, running  # noqa: E402
from selection.actions import needed, publication, runs, standings  # noqa: E402


class Watch:
    """How long what passes through it takes, by name."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def time(self, name: str, act: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **kwargs: Any) -> Any:
            begun = time.perf_counter()
            answer = act(*args, **kwargs)
            self.seconds[name] = self.seconds.get(name, 0.0) + time.perf_counter() - begun
            return answer

        return timed


def cpu_of_database() -> float:
    """0 where the database is not on this machine."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        (process,) = cursor.fetchone()
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def main() -> None:
    call = Call.objects.exclude(opened_at=None).order_by("-opens_at")[0]
    submitted = call.applications.submitted().order_by()
    first, second = (User.objects.get(email=f"{name}@{DOMAIN}") for name in ("ir.students", "ir"))
    at = call.results_at
    for faculty in Faculty.objects.filter(pk__in=submitted.values("faculty").distinct()):
        standings.lock(call=call, faculty=faculty, with_unread=True, by=first, at=at)
    watch = Watch()
    made = timed_run(watch, call, by=first, at=at)
    prepared = publication.prepare(run=made, by=first, at=at)
    watch.time("publish", publication.publish)(publication=prepared, by=second, at=at)
    watch.time("what would have changed it", needed.find_needed)(call=call)
    print(json.dumps(watch.seconds | {"applications": submitted.count()}))


def timed_run(watch: Watch, call: Call, **by_at: Any) -> Any:
    cards = running.cards
    parts = [
        patch.object(gather, "freeze", watch.time("freeze", gather.freeze)),
        patch.object(running, "compute", watch.time("score, rank, allocate", running.compute)),
        patch.object(running, "cards", watch.time("explain", lambda computed: list(cards(computed)))),
        patch.object(runs, "computation", watch.time("computed", runs.computation)),
    ]
    processor, database = time.process_time(), cpu_of_database()
    for part in parts:
        part.start()
    made = watch.time("run", runs.run)(call=call, **by_at)
    for part in parts:
        part.stop()
    found = watch.seconds
    found["processor"], found["database"] = time.process_time() - processor, cpu_of_database() - database
    computed = found.pop("computed")
    found["hash"] = computed - found["score, rank, allocate"] - found["explain"]
    found["store"] = found["run"] - found["freeze"] - computed
    return made


main()
