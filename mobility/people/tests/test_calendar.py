from datetime import date

import pytest

from mobility.people.calendar import add_working_days, is_working_day
from mobility.people.models import CalendarDay

# April 2026 in Belarus: Monday 20 is moved to Saturday 25, Tuesday 21 is Radunitsa.
EXCEPTIONS = {date(2026, 4, 20): False, date(2026, 4, 21): False, date(2026, 4, 25): True}


@pytest.mark.parametrize(
    ("day", "works"), [(17, True), (18, False), (19, False), (20, False), (21, False), (22, True), (25, True)]
)
def test_a_day_works_by_its_weekday_or_its_exception(day, works):
    assert is_working_day(date(2026, 4, day), EXCEPTIONS) is works


@pytest.mark.parametrize(
    ("day", "count", "expected"),
    [
        (17, 0, 17),
        (18, 0, 22),
        (17, 1, 22),
        (17, 3, 24),
        (17, 4, 25),
        (17, 5, 27),
        (19, 1, 22),
        (22, -1, 17),
        (27, -1, 25),
    ],
)
def test_working_days_are_counted_over_holidays_and_moved_days(day, count, expected):
    assert add_working_days(date(2026, 4, day), count, EXCEPTIONS) == date(2026, 4, expected)


@pytest.mark.django_db
def test_the_database_keeps_the_exceptions():
    CalendarDay.objects.bulk_create(
        [
            CalendarDay(day=date(2026, 4, 20), kind="day-off"),
            CalendarDay(day=date(2026, 4, 21), kind="holiday"),
            CalendarDay(day=date(2026, 4, 25), kind="working-day"),
        ]
    )
    assert CalendarDay.objects.exceptions() == EXCEPTIONS
