"""Working days. Pure: `exceptions` says of a date whether it works, where its weekday does not.

`CalendarDay.objects.exceptions()` reads them.
"""

from collections.abc import Mapping
from datetime import date, timedelta

SATURDAY = 5
Exceptions = Mapping[date, bool]


def is_working_day(day: date, exceptions: Exceptions) -> bool:
    return exceptions.get(day, day.weekday() < SATURDAY)


def add_working_days(day: date, count: int, exceptions: Exceptions) -> date:
    """The `count`-th working day after `day`, before it if negative; for 0, `day` itself or the next that works."""
    step = timedelta(days=-1 if count < 0 else 1)
    while count == 0 and not is_working_day(day, exceptions):
        day += step
    for _number in range(abs(count)):
        day += step
        while not is_working_day(day, exceptions):
            day += step
    return day
