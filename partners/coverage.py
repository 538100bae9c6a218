"""Academic years in which a partner and a kind of mobility have no condition in force, told by dates alone."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from mobility.people.academic_years import AcademicYear

Validity = tuple[date, date | None]
"""First and last day in force; None: no end."""


@dataclass(frozen=True)
class Partly:
    """The conditions of a year end within it, and nothing follows in that year."""

    year: AcademicYear
    until: date


@dataclass(frozen=True)
class Gaps:
    years: list[AcademicYear]
    partly: list[Partly]

    def __bool__(self) -> bool:
        return bool(self.years or self.partly)


def gaps(validities: Iterable[Validity], *, coming: AcademicYear) -> Gaps:
    """From the first year with a condition until the coming one: the years without, and those left in the middle.

    Where the last condition ended before the coming year, every year since then is missing.
    """
    spans = list(validities)
    if not spans:
        return Gaps([], [])
    first = AcademicYear.of(min(start for start, _end in spans))
    years = [first.plus(offset) for offset in range(coming.starts - first.starts + 1)]
    last_days = {year: last_day_covered(spans, year) for year in years}
    return Gaps(
        years=[year for year in years if last_days[year] is None],
        partly=[Partly(year, last) for year, last in last_days.items() if last and last < year.last_day],
    )


def last_day_covered(spans: list[Validity], year: AcademicYear) -> date | None:
    """The last day of the year on which something is in force; a stay falls into the end of its year."""
    ends = [
        min(end or year.last_day, year.last_day)
        for start, end in spans
        if start <= year.last_day and (end is None or end >= year.first_day)
    ]
    return max(ends, default=None)


def days_left(last_day: date, *, today: date) -> int:
    return (last_day - today) // timedelta(days=1)
