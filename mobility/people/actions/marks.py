from collections.abc import Collection

from django.db import connection, transaction

from mobility.journal import actions as journal
from mobility.people.models import Scale, User

# The mean is that of mobility.people.marks, half up in integers; a test holds the two together.
SUMS = """
    WITH asked AS (SELECT unnest(%s::bigint[]) AS person_id),
    marks AS (
        SELECT person_id, count(here) AS counted, count(*) - count(here) AS unmapped, sum(here) AS total
          FROM people_mark JOIN asked USING (person_id) GROUP BY person_id
    ),
    debts AS (SELECT person_id, sum(count) AS debts FROM people_debt JOIN asked USING (person_id) GROUP BY person_id),
    sums AS (
        SELECT person_id,
               CASE WHEN counted > 0 AND unmapped = 0 THEN (2 * total + counted) / (2 * counted) END AS mean,
               coalesce(counted, 0) AS counted, coalesce(unmapped, 0) AS unmapped, coalesce(debts, 0) AS debts
          FROM asked LEFT JOIN marks USING (person_id) LEFT JOIN debts USING (person_id)
    )
    UPDATE people_studentprofile AS student
       SET mean_mark = mean, marks_counted = counted, marks_unmapped = unmapped, debts = sums.debts
      FROM sums
     WHERE student.person_id = sums.person_id
       AND (student.mean_mark, student.marks_counted, student.marks_unmapped, student.debts)
           IS DISTINCT FROM (mean, counted, unmapped, sums.debts)
"""
REMAP = """
    UPDATE people_mark AS mark
       SET here = (SELECT here FROM people_scalemark WHERE scale_id = mark.scale_id AND value = mark.value)
     WHERE scale_id = %s
       AND here IS DISTINCT FROM
           (SELECT here FROM people_scalemark WHERE scale_id = mark.scale_id AND value = mark.value)
 RETURNING person_id
"""


def keep_sums_true(people: Collection[int]) -> None:
    """What lists read of marks and debts, in the transaction that changed them."""
    with connection.cursor() as cursor:
        cursor.execute(SUMS, [sorted(people)])


@transaction.atomic
def apply_table(*, scale: Scale, by: User) -> int:
    """After a scale's table changed: each of its marks gets its place here, or loses it. Of how many people."""
    if scale.is_home:
        return 0
    Scale.objects.select_for_update(of=("self",)).get(pk=scale.pk)
    journal.record(event="table-applied", of=scale, by=by)
    with connection.cursor() as cursor:
        cursor.execute(REMAP, [scale.pk])
        people = {person for (person,) in cursor.fetchall()}
    keep_sums_true(people)
    return len(people)


def place_of(value: int, table: dict[int, int] | None) -> int | None:
    """On our own scale; `table` is None for our own marks."""
    return value if table is None else table.get(value)
