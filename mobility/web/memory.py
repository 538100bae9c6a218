"""What a process remembers for a minute: counts and sums over thousands of rows, of which a page needs no later one."""

import time
from collections.abc import Hashable
from typing import Any

SECONDS, MOST = 60, 1_000
_remembered: dict[Hashable, tuple[float, Any]] = {}


def remembered(key: Hashable) -> Any:
    """Or None."""
    until, value = _remembered.get(key, (0.0, None))
    return value if time.monotonic() < until else None


def remember(key: Hashable, value: Any) -> None:
    if len(_remembered) >= MOST:
        forget()
    _remembered[key] = (time.monotonic() + SECONDS, value)


def forget() -> None:
    _remembered.clear()
