"""Seats and people each way, by partner and in sum, of one year and kind: one statement for one row or 20,000."""

from dataclasses import dataclass
from decimal import Decimal

from django.db import connection

from mobility.people.academic_years import AcademicYear
from partners.models import Condition, Flow

# Both sides are summed whole in any case, for the sums: the page is cut out of them.
BALANCE = """
    WITH seats AS ({seats}), people AS ({people}), both_ AS (
        SELECT coalesce(seats.partner_id, people.institution_id) AS partner,
               {numbers}
          FROM seats FULL JOIN people ON people.institution_id = seats.partner_id
    )
    SELECT row_number, code, name, {columns}
      FROM (
        SELECT row_number() OVER (ORDER BY i.sort_name_{language}, i.id) - 1 AS row_number,
               i.code, i.short_name_{language} AS name, {columns}
          FROM both_ JOIN partners_institution i ON i.id = partner
        UNION ALL
        SELECT -1, '', count(*)::text, {sums} FROM both_
      ) AS told
     WHERE row_number = -1 OR row_number >= %s AND row_number < %s
     ORDER BY row_number
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
        cursor.execute(sql, [*seats_values, *people_values, start, start + size])
        (_number, code, count, *sums), *rows = cursor.fetchall()
    return Parity(int(count), Balance(code, "", *sums), [Balance(*row[1:]) for row in rows])
