"""One command in the foreground: it has the terminal, we only wait for it."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence


def call(command: Sequence[object], environment: Mapping[str, str], **options) -> int:
    """The command's exit status, as a shell would report it. ^C reaches the command from the terminal itself."""
    words = [str(word) for word in command]
    with subprocess.Popen(words, env=environment, **options) as child:  # noqa: S603 -- our own command line
        before = {number: signal.signal(number, signal.SIG_IGN) for number in (signal.SIGINT, signal.SIGQUIT)}
        for number in (signal.SIGTERM, signal.SIGHUP):
            before[number] = signal.signal(number, lambda number, _frame: child.send_signal(number))
        try:
            status = child.wait()
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)
    return status if status >= 0 else 128 - status


def replace(command: Sequence[object], environment: Mapping[str, str]) -> None:
    """Become the command: nothing has to be cleared up after it."""
    words = [str(word) for word in command]
    os.execve(words[0], words, environment)  # noqa: S606 -- our own command line
