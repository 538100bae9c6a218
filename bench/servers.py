"""One gunicorn with two workers: started, asked, weighed, stopped."""

import http.client
import re
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import TextIO

PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    status: int
    body: bytes
    milliseconds: float


@dataclass(frozen=True)
class Server:
    port: int
    process: subprocess.Popen
    seconds_to_first_answer: float

    def ask(self, path: str, *, cookie: str = "", body: bytes | None = None) -> Answer:
        return ask(self.port, path, cookie=cookie, body=body)

    def worker_megabytes(self) -> list[float]:
        """Resident memory of each worker, shared pages included: the honest upper bound."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        statuses = [Path(f"/proc/{child}/status").read_text() for child in children]
        return [int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024 for status in statuses]


@contextmanager
def serving(application: str, environment: Mapping[str, str], *, first: str) -> Iterator[Server]:
    """Until `first`, the page that is asked for at once, has answered, the clock runs."""
    port = free_port()
    words = [sys.executable, "-m", "gunicorn", "--workers", "2", "--worker-class", "sync", "--log-level", "error"]
    words += ["--no-control-socket", "--bind", f"127.0.0.1:{port}", application]
    started = time.perf_counter()
    with TemporaryFile("w+") as log, subprocess.Popen(words, env=environment, stdout=log, stderr=log) as process:
        try:
            wait_for_answer(port, first, process, log)
            yield Server(port, process, time.perf_counter() - started)
        finally:
            process.terminate()


def wait_for_answer(port: int, path: str, process: subprocess.Popen, log: TextIO) -> None:
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            log.seek(0)
            sys.exit(f"The server ended at once:\n{log.read()}")
        try:
            ask(port, path)
        except OSError:
            time.sleep(0.02)
        else:
            return
    sys.exit(f"The server did not answer within {PATIENCE} s.")


def ask(port: int, path: str, *, cookie: str = "", body: bytes | None = None) -> Answer:
    """A new connection each time, as sync workers close theirs."""
    headers = {"Cookie": cookie, "Accept-Language": "en"}
    if body is not None:
        headers["Content-Type"] = "application/x-www-form-urlencoded"
    started = time.perf_counter()
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET" if body is None else "POST", path, body, headers)
    response = connection.getresponse()
    content = response.read()
    connection.close()
    return Answer(response.status, content, (time.perf_counter() - started) * 1000)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]
