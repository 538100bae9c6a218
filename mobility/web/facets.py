"""What filters offer: values that occur, read along an index in its order, in as many steps as there are values."""

from typing import NamedTuple

from django.db import connection, models

STEPS = """
    WITH RECURSIVE years(value) AS (
        SELECT min(year) FROM {table}
        UNION ALL SELECT (SELECT min(year) FROM {table} WHERE year > value) FROM years WHERE value IS NOT NULL
    ), countries(value) AS (
        SELECT min(country) FROM {table}
        UNION ALL SELECT (SELECT min(country) FROM {table} WHERE country > value) FROM countries WHERE value IS NOT NULL
    )
    SELECT ARRAY(SELECT value FROM countries WHERE value IS NOT NULL ORDER BY value),
           ARRAY(SELECT value FROM years WHERE value IS NOT NULL ORDER BY value DESC)
"""


class Facets(NamedTuple):
    countries: list[str]
    years: list[int]


def facets(model: type[models.Model]) -> Facets:
    """Of a table with indexes that begin with `year` and with `country`."""
    with connection.cursor() as cursor:
        cursor.execute(STEPS.format(table=connection.ops.quote_name(model._meta.db_table)))
        return Facets(*cursor.fetchone())
