"""Whose installation this is, for the frame of every page."""

import time

from django.conf import settings
from django.http import HttpRequest

from mobility.people.models import University

SECONDS = 60
_remembered: tuple[float, University | None] = (0.0, None)


def university(_request: HttpRequest) -> dict:
    return {"university": current(), "second_factor_off": not settings.SECOND_FACTOR_REQUIRED}


def current() -> University | None:
    """Read once a minute in each process: it changes once in years, and stands on every page."""
    if time.monotonic() > _remembered[0]:
        remember(University.objects.first(), seconds=SECONDS)
    return _remembered[1]


def remember(row: University | None, *, seconds: float) -> None:
    global _remembered  # noqa: PLW0603 -- this is the process's memory of one row
    _remembered = (time.monotonic() + seconds, row)
