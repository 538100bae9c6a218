import sys


class GroundError(Exception):
    """Something the person at the terminal can mend; its text is all that they are shown."""


def say(text: str) -> None:
    """The set-up speaks on standard error: standard output belongs to the command."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()
