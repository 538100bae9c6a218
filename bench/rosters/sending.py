"""Run with the product's settings by `python -m bench.rosters`: an officer sends files through the pages."""

import logging
import os
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

import django

django.setup()

from django.conf import settings  # noqa: E402 -- what needs Django comes after it
from django.core.files.uploadedfile import SimpleUploadedFile  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import reverse  # noqa: E402

from bench.rosters import files  # noqa: E402
from bench.sessions import session_of  # noqa: E402
from mobility.people.models import Faculty, Roster  # noqa: E402

SEEN = re.compile(r'name="seen" value="(\w+)"')
MOST_SECONDS = 10.0  # from the press of the button to the answer


class Clock:
    """What one request takes: by the wall, of our processor, and of the database's where it runs on this machine."""

    def __init__(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_backend_pid()")
            self.database = Path(f"/proc/{cursor.fetchone()[0]}/stat")
        self.slowest = 0.0

    def time(self, name: str, act: Callable[[], object]) -> object:
        wall, cpu, theirs = time.perf_counter(), time.process_time(), self.cpu_of_database()
        answer = act()
        wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
        theirs = self.cpu_of_database() - theirs
        print(f"{name:<34}{wall:>8.2f} s{cpu:>8.2f}{theirs:>10.2f}{os.getloadavg()[0]:>8.1f}", flush=True)
        self.slowest = max(self.slowest, wall)
        return answer

    def cpu_of_database(self) -> float:
        try:
            fields = self.database.read_text().rpartition(") ")[2].split()
        except OSError:
            return 0.0
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def send(clock: Clock, client: Client, name: str, kind: str, content: bytes) -> None:
    file = SimpleUploadedFile("roster.xlsx", content)
    sent = clock.time(f"{name}: read", lambda: client.post(reverse("roster-new", args=[kind]), {"file": file}))
    if sent.status_code != 302:
        sys.exit(f"The file was refused:\n{sent.content.decode()}")
    page = clock.time(f"{name}: preview", lambda: client.get(sent["Location"]))
    found = SEEN.search(page.content.decode())
    if found is None:
        return
    seen = {"seen": found[1]}
    done = clock.time(f"{name}: import", lambda: client.post(sent["Location"], seen, follow=True))
    if done.redirect_chain[-1][1] != 302 or Roster.objects.filter(imported_at=None).exists():
        sys.exit("The file was not imported.")


def main(rows: int) -> int:
    logging.disable()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = session_of("ir")
    client.get("/students/")
    faculties = [faculty.code for faculty in Faculty.objects.all()]
    clock = Clock()
    print(f"{rows} rows each{'':<20}{'wall':>12}{'CPU':>8}{'database':>10}{'load':>8}")
    send(clock, client, "students, all new", "students", files.students(rows, faculties=faculties))
    send(clock, client, "students, the same again", "students", files.students(rows, faculties=faculties))
    send(clock, client, "students, all changed", "students", files.students(rows, faculties=faculties, moved=True))
    send(clock, client, "marks", "marks", files.marks(rows))
    print(f"\nThe slowest step took {clock.slowest:.2f} s; the goal is {MOST_SECONDS:g} s.")
    return int(clock.slowest > MOST_SECONDS)


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
