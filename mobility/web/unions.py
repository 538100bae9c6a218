"""Unions inside other queries."""

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL


def written(union: QuerySet) -> RawSQL:
    """As SQL at once: within another query Django copies and writes a union again for each use of it."""
    return RawSQL(*union.query.sql_with_params())  # noqa: S611 -- Django wrote it, and its values are apart
