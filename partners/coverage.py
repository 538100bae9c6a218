"""Academic years in which a partner and a kind of mobility have no condition in force.

The database finds the lines that have such years, a page at a time in the order of its index; what is missing in a line
is then told by dates alone.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import connection

from mobility.people.academic_years import FIRST_MONTH, AcademicYear

# A line has a gap where the last day of some year, from its first until the coming one, is not covered. Partners are
# read by name and left alone after the page is full: `LATERAL` looks at one partner's conditions at a time.
UNCOVERED = """
    SELECT i.id, i.code, i.short_name_{language}, line.kind, line.starts, line.ends
      FROM partners_institution i
     CROSS JOIN LATERAL (
           SELECT c.kind, min(c.starts) AS first, array_agg(c.starts) AS starts,
                  array_agg(least(c.ends, a.last_day)) AS ends,
                  range_agg(daterange(c.starts, least(c.ends, a.last_day), '[]')) AS covered
             FROM partners_condition c JOIN partners_agreement a ON a.id = c.agreement_id
            WHERE c.partner_id = i.id AND a.sealed_at IS NOT NULL
              AND coalesce(least(c.ends, a.last_day) >= c.starts, true)
            GROUP BY c.kind
           ) AS line
     WHERE (i.sort_name_{language}, i.id)
           >= (coalesce((SELECT sort_name_{language} FROM partners_institution WHERE id = %(partner)s), ''),
               %(partner)s)
       AND (i.id <> %(partner)s OR line.kind > %(kind)s)
       AND EXISTS (
           SELECT FROM generate_series(
               extract(year FROM line.first - make_interval(months => %(months)s))::int + 1, %(coming)s + 1
           ) AS year
            WHERE NOT line.covered @> make_date(year, %(months)s, %(day)s)
           )
     ORDER BY i.sort_name_{language}, i.id, line.kind
     LIMIT %(size)s
"""

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


@dataclass(frozen=True)
class Line:
    """One kind of mobility with one partner."""

    partner: int
    code: str
    name: str
    kind: str
    missing: Gaps


def uncovered(*, coming: AcademicYear, language: str, after: tuple[int, str], size: int) -> list[Line]:
    """By the partner's name, from behind the partner and kind given; (0, "") is the beginning."""
    partner, kind = after
    last_day = coming.last_day
    values = {"partner": partner, "kind": kind, "coming": coming.starts, "size": size}
    with connection.cursor() as cursor:
        cursor.execute(UNCOVERED.format(language=language), values | {"months": FIRST_MONTH - 1, "day": last_day.day})
        rows = cursor.fetchall()
    return [Line(*line, gaps(zip(starts, ends, strict=True), coming=coming)) for *line, starts, ends in rows]


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
