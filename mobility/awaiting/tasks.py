"""One thing that awaits somebody, and how much of a kind there is."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.translation import gettext as _

MANY = 500
"""Counting stops here: more is “500 or more”, and costs no more than 500."""


@dataclass(frozen=True)
class Task:
    """`state` is one of those in templates/_ui/task_list.html; `word` stands on its pill instead of the state's own."""

    name: str
    hint: str
    url: str
    state: str = "todo"
    word: str = ""


@dataclass(frozen=True)
class Pile:
    """One task for all of these rows, if there are any: `told` says it of their number."""

    rows: QuerySet
    told: Callable[[int], Task]


def settled(found: Iterable[Task | Pile]) -> list[Task]:
    """In their order; what is to be counted is counted at once."""
    found = list(found)
    counts = iter(counted([one.rows for one in found if isinstance(one, Pile)]))
    tasks = []
    for one in found:
        if isinstance(one, Task):
            tasks.append(one)
        elif count := next(counts):
            tasks.append(one.told(count))
    return tasks


def counted(piles: list[QuerySet]) -> list[int]:
    """One query, however many there are; each is read by its own index."""
    if not piles:
        return []
    asked = [_written(rows.order_by().values("pk")[:MANY]) for rows in piles]
    counts = ", ".join(f"(SELECT count(*) FROM ({sql}) AS rows)" for sql, _params in asked)  # noqa: S608 -- Django wrote it
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {counts}", [value for _sql, params in asked for value in params])
        return list(cursor.fetchone())


def _written(rows: QuerySet) -> tuple[str, tuple]:
    try:
        return rows.query.sql_with_params()
    except EmptyResultSet:  # Django knows before it asks that nothing can be found
        return "SELECT 1 WHERE false", ()


def shown(count: int) -> str:
    return _("%(count)s or more") % {"count": MANY} if count == MANY else str(count)
