"""Seats and people each way, by partner and in sum, of one year and kind: one statement for one row or 20,000."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from django.db import connection
from django.template.defaultfilters import floatformat
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.people.academic_years import AcademicYear
from partners.models import Condition, Flow

# Both sides are summed whole in any case, for the sums. Of the partners only those until the page is full are read, by
# the index of their names: IS TRUE keeps the database from joining and sorting all of them first.
BALANCE = """
    WITH seats AS ({seats}), people AS ({people}), both_ AS MATERIALIZED (
        SELECT coalesce(seats.partner_id, people.institution_id) AS partner,
               {numbers}
          FROM seats FULL JOIN people ON people.institution_id = seats.partner_id
    ), page AS MATERIALIZED (
        SELECT i.id, i.code, i.short_name_{language} AS name, i.sort_name_{language} AS sort_name
          FROM partners_institution i
         WHERE (i.id IN (SELECT partner FROM both_)) IS TRUE
         ORDER BY i.sort_name_{language}, i.id
        OFFSET %s LIMIT %s
    )
    SELECT '', count(*)::text, {sums}, NULL AS sort_name, 0 AS id FROM both_
     UNION ALL
    SELECT code, name, {columns}, sort_name, id FROM page JOIN both_ ON partner = id
     ORDER BY sort_name NULLS FIRST, id
"""
SEATS = ("seats_out", "seats_in")
PEOPLE = ("went", "came", "weeks_out", "weeks_in", "to_go", "to_come", "weeks_to_go", "weeks_to_come")


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
    return " ".join(said)


@dataclass(frozen=True)
class Parity:
    count: int
    total: Balance
    partners: list[Balance]


def parity(year: AcademicYear, kind: str, *, language: str, start: int, size: int) -> Parity:
    """`size` partners by name from the one numbered `start`, and the sums over all."""
    seats = Condition.objects.of_year(year).filter(kind=kind).with_seats_of(year).summed_each_way()
    people = Flow.objects.of_year(year).filter(kind=kind).summed_each_way()
    seats_sql, seats_values = seats.query.sql_with_params()
    people_sql, people_values = people.query.sql_with_params()
    columns = (*SEATS, *PEOPLE)
    sql = BALANCE.format(
        seats=seats_sql,
        people=people_sql,
        numbers=", ".join(f"coalesce({name}, 0) AS {name}" for name in columns),
        columns=", ".join(columns),
        sums=", ".join(f"coalesce(sum({name}), 0)" for name in columns),
        language=language,
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, [*seats_values, *people_values, start, size])
        (code, count, *sums), *rows = (row[:-2] for row in cursor.fetchall())
    return Parity(int(count), Balance(code, "", *sums), [Balance(*row) for row in rows])
