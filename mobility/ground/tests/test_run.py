"""The drill: ./run as a person starts it, each of its processes killed, and started again."""

import os
import signal
import socket
import subprocess
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import pytest

from mobility.ground.environment import ROOT

PEOPLE = "from mobility.people.models import User; print(User.objects.count())"
SECONDS = 120


@pytest.fixture(scope="module")
def variables(folder):
    """A ground of its own: no other start in this checkout is disturbed."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(("DATABASE_", "DJANGO_"))}
    place = {"MOBILITY_LOCAL": str(folder / "run"), "MOBILITY_STATIC_ROOT": str(folder / "static")}
    return inherited | place | {"PORT": str(port)}


@contextmanager
def running(variables):
    """./run, from its first line on standard output until ^C."""
    with subprocess.Popen(
        [ROOT / "run"], env=variables, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd="/"
    ) as run:
        assert run.stdout.readline().split()[0] == f"http://localhost:{variables['PORT']}"
        try:
            yield run
        finally:
            run.send_signal(signal.SIGINT)
            run.wait(SECONDS)


def status(variables) -> int:
    with urllib.request.urlopen(f"http://localhost:{variables['PORT']}/", timeout=10) as answer:
        return answer.status


def people(variables) -> int:
    words = [ROOT / "run", "shell", "--verbosity", "0", "--command", PEOPLE]
    return int(subprocess.run(words, env=variables, stdout=subprocess.PIPE, check=True, cwd="/").stdout)


def process(variables, words: str) -> int | None:
    """The oldest process of this start whose command line has the words."""
    port = f"PORT={variables['PORT']}\0"
    return min(
        (pid for pid in all_processes() if words in read(pid, "cmdline") and port in read(pid, "environ")), default=None
    )


def all_processes() -> list[int]:
    return [int(folder.name) for folder in Path("/proc").glob("[0-9]*")]


def read(pid: int, name: str) -> str:
    try:
        return Path(f"/proc/{pid}/{name}").read_text()
    except OSError:
        return ""  # it ended meanwhile


def postmaster(variables) -> int:
    return int(Path(variables["MOBILITY_LOCAL"], "postgres", "data", "postmaster.pid").read_text().split()[0])


def until(condition) -> None:
    deadline = time.monotonic() + SECONDS
    while not condition():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_a_first_start_serves_the_sample_and_a_polite_end_leaves_nothing(variables):
    with running(variables) as run:
        assert status(variables) == 200
        assert people(variables) > 100
    assert run.returncode == 0
    assert process(variables, "gunicorn") is None


KILLED = {
    "the keeper": lambda run, _variables: run.pid,
    "the server": lambda _run, variables: process(variables, "gunicorn"),
    "the worker": lambda _run, variables: process(variables, "db_worker"),
    "the database": lambda _run, variables: postmaster(variables),
}


@pytest.mark.parametrize("killed", KILLED)
def test_after_kill_9_of_any_process_the_next_start_has_everything(variables, killed):
    with running(variables) as run:
        before = people(variables)
        until(lambda: process(variables, "db_worker"))
        os.kill(KILLED[killed](run, variables), signal.SIGKILL)
        if killed in {"the keeper", "the server"}:
            run.wait(SECONDS)
    with running(variables):
        assert status(variables) == 200
        assert people(variables) == before
