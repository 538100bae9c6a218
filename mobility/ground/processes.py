"""The processes that live as long as ./run: the server, the worker, the schedule."""

import ctypes
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from mobility.ground.environment import ROOT
from mobility.ground.terminal import GroundError, say

LONGEST_PAUSE = 30.0  # seconds between two starts of something that keeps failing
SECONDS_TO_LEAVE = 15.0
STANDARD_ERROR = 2
SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of Linux


@dataclass
class Service:
    """One process and what it starts, in a process group of its own: ^C reaches only us, and we end it in order."""

    name: str
    words: list[str]
    variables: Mapping[str, str]
    essential: bool = False  # its death ends everything; others are started again
    process: subprocess.Popen | None = None
    pause: float = 1.0
    due: float = field(default_factory=time.monotonic)  # when it is, or was, to be started

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 -- our own command line
            self.words,
            cwd=ROOT,
            env=self.variables,
            stdin=subprocess.DEVNULL,
            stdout=STANDARD_ERROR,
            start_new_session=True,
            preexec_fn=end_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 -- we have one thread
        )

    def tend(self) -> None:
        """Start it when it is due; when it ended, let it be due after a pause that doubles up to LONGEST_PAUSE."""
        if self.process is None:
            if time.monotonic() >= self.due:
                self.start()
            return
        status = self.process.poll()
        if status is None:
            return
        how = f"signal {-status}" if status < 0 else f"status {status}"
        self.kill()
        if self.essential:
            raise GroundError(f"The {self.name} ended unexpectedly ({how}), so everything was stopped. Start it again.")
        if time.monotonic() - self.due > LONGEST_PAUSE:  # it had worked
            self.pause = 1.0
        say(f"The {self.name} ended ({how}); it is started again in {self.pause:.0f} s.")
        self.process, self.due, self.pause = None, time.monotonic() + self.pause, min(self.pause * 2, LONGEST_PAUSE)

    def kill(self) -> None:
        """Whatever is left of the process group: a killed server leaves its workers behind."""
        with suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)


def end_with_parent() -> None:
    """In the child: be asked to end when ./run itself is killed."""
    ctypes.CDLL(None).prctl(SET_PARENT_DEATH_SIGNAL, signal.SIGTERM)


@contextmanager
def until_told_to_stop():
    """Yields an event that ^C, a closed terminal and a polite kill set."""
    told = threading.Event()
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {number: signal.signal(number, lambda *_: told.set()) for number in numbers}
    try:
        yield told
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def supervise(services: list[Service], told: threading.Event, every_second: Callable[[], None]) -> None:
    next_second = time.monotonic() + 1
    while not told.wait(0.1):
        for service in services:
            service.tend()
        if time.monotonic() >= next_second:
            every_second()
            next_second = time.monotonic() + 1


def stop(services: list[Service]) -> None:
    """Ask all at once, wait, and end what does not listen."""
    running = [service for service in services if service.process and service.process.poll() is None]
    for service in running:
        service.process.terminate()
    deadline = time.monotonic() + SECONDS_TO_LEAVE
    for service in running:
        with suppress(subprocess.TimeoutExpired):
            service.process.wait(max(0.1, deadline - time.monotonic()))
        service.kill()
        service.process.wait()
