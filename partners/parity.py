"""Seats and people each way, by partner and in sum, of one year and kind."""

from dataclasses import astuple, dataclass
from decimal import Decimal
from functools import lru_cache

from django.db import connection
from django.db.models.expressions import RawSQL
from django.template.defaultfilters import floatformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.people.academic_years import AcademicYear
from mobility.web.memory import remember, remembered
from partners.models import Condition, Flow

# Of all partners only the keys are gathered; names are read until the page is full, by their index: IS TRUE keeps the
# database from joining and sorting all of them first. Seats and people are summed for those of the page alone.
PAGE = """
    WITH all_ AS MATERIALIZED ({members}), page AS MATERIALIZED (
        SELECT i.id, i.code, i.short_name_{language} AS name, i.sort_name_{language} AS sort_name
          FROM partners_institution i
         WHERE (i.id IN (SELECT partner_id FROM all_)) IS TRUE
         ORDER BY i.sort_name_{language}, i.id
        OFFSET %s LIMIT %s
    ), seats AS ({seats}), people AS ({people})
    SELECT (SELECT count(*) FROM all_), code, name, {columns}
      FROM page LEFT JOIN seats ON partner_id = id LEFT JOIN people ON institution_id = id
     ORDER BY sort_name, id
"""
COLUMNS = (
    "seats_out", "seats_in", "went", "came", "weeks_out", "weeks_in",
    "to_go", "to_come", "weeks_to_go", "weeks_to_come",
)  # fmt: skip
MANY = 1_000
OF_THE_PAGE = RawSQL("SELECT id FROM page", ())


@dataclass(frozen=True)
class Balance:
    """Of one partner, or of all. People are those who went and came; then those planned."""

    code: str
    name: str
    seats_out: int
    seats_in: int
    went: int
    came: int
    weeks_out: Decimal
    weeks_in: Decimal
    to_go: int
    to_come: int
    weeks_to_go: Decimal
    weeks_to_come: Decimal

    @property
    def has_people(self) -> bool:
        return bool(self.went or self.came or self.to_go or self.to_come)

    @property
    def told_out(self) -> str:
        return told(self.went, self.weeks_out, self.to_go, self.weeks_to_go, get_language())

    @property
    def told_in(self) -> str:
        return told(self.came, self.weeks_in, self.to_come, self.weeks_to_come, get_language())


@lru_cache(maxsize=2_000)
def told(done: int, weeks: Decimal, planned: int, planned_weeks: Decimal, _language: str | None) -> str:
    """What stands beside how many went: for how long, and what the plan says. Rows say the same few numbers."""
    said = [_("%(weeks)s person-weeks") % {"weeks": floatformat(weeks, -1)}] if done else []
    if planned:
        words = {"planned": planned, "weeks": floatformat(planned_weeks, -1)}
        said.append(_("planned %(planned)s, %(weeks)s person-weeks") % words)
    return "; ".join(said)


@dataclass(frozen=True)
class Parity:
    count: int
    total: Balance
    partners: list[Balance]


def parity(year: AcademicYear, kind: str, *, language: str, start: int, size: int) -> Parity:
    """`size` partners by name from the one numbered `start`, and the sums over all."""
    sql, before, after = statement(year, kind, language)
    with connection.cursor() as cursor:
        cursor.execute(sql, [*before, start, size, *after])
        rows = cursor.fetchall()
    partners = [Balance(*row[1:]) for row in rows]
    count = rows[0][0] if rows else 0
    if count <= size:
        return Parity(count, added_up(partners), partners)
    return Parity(count, in_sum(year, kind) if count <= MANY else in_sum_of_late(year, kind), partners)


@lru_cache(maxsize=200)
def statement(year: AcademicYear, kind: str, language: str) -> tuple[str, tuple, tuple]:
    """With what it is asked before and after where the page starts and ends: written once, since that takes long."""
    conditions = Condition.objects.filter(kind=kind).order_by()
    people = Flow.objects.of_year(year).filter(kind=kind).order_by()
    members = conditions.valid_within(year.first_day, year.last_day).values("partner_id")
    seats = conditions.filter(partner__in=OF_THE_PAGE).of_year(year).with_seats_of(year).summed_each_way()
    parts = [
        members.union(people.values("institution_id")),
        seats,
        people.filter(institution__in=OF_THE_PAGE).summed_each_way(),
    ]
    (members, before), (seats, of_seats), (people, of_people) = (part.query.sql_with_params() for part in parts)
    columns = ", ".join(f"coalesce({name}, 0)" for name in COLUMNS)
    sql = PAGE.format(members=members, seats=seats, people=people, columns=columns, language=language)
    return sql, before, (*of_seats, *of_people)


def in_sum(year: AcademicYear, kind: str) -> Balance:
    seats = Condition.objects.of_year(year).filter(kind=kind).with_seats_of(year).in_sum()
    people = Flow.objects.of_year(year).filter(kind=kind).in_sum()
    return Balance("", "", *((seats | people)[name] or 0 for name in COLUMNS))


def in_sum_of_late(year: AcademicYear, kind: str) -> Balance:
    """As it was within the last minute: over thousands of partners it takes longer than all the rest of the page."""
    total: Balance | None = remembered((in_sum, year, kind))
    if total is None:
        total = in_sum(year, kind)
        remember((in_sum, year, kind), total)
    return total


def added_up(partners: list[Balance]) -> Balance:
    rows = [astuple(partner)[2:] for partner in partners] or [(0,) * len(COLUMNS)]
    return Balance("", "", *map(sum, zip(*rows, strict=True)))
