"""Working days. Pure: `exceptions` says of a date whether it works, where its weekday does not.

`CalendarDay.objects.exceptions()` reads them.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

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


def weeks_of(starts: date, ends: date) -> Decimal:
    """Five working days are a week; two days are 0.4. Holidays are not asked about: they differ by country."""
    days = sum(is_working_day(starts + timedelta(days=number), {}) for number in range((ends - starts).days + 1))
    return Decimal(max(days, 1)) / 5
