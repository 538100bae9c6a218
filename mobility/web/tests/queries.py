"""Counts what a page asks of the database: `assert_same_at_1_and_3(lambda: client.get(path), add=InstitutionFactory)`.

A list is asked with 1 and 3 rows: the same number of queries, and no statement more than twice.
"""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db import connection


@dataclass
class Asked:
    """The queries of one block; rows are those that the database handed over."""

    statements: list[str] = field(default_factory=list)
    rows: int = 0

    def __call__(self, execute, sql, params, many, context):
        result = execute(sql, params, many, context)
        self.statements.append(re.sub(r"\s+", " ", str(sql)))
        self.rows += max(context["cursor"].rowcount, 0) if str(sql).lstrip().upper().startswith("SELECT") else 0
        return result

    @property
    def queries(self) -> int:
        return len(self.statements)

    @property
    def repeated(self) -> list[str]:
        """Statements asked more than twice, whatever their values: a query in a loop."""
        return [statement for statement, times in Counter(self.statements).items() if times > 2]


def asked_by(do: Callable[[], Any]) -> Asked:
    asked = Asked()
    with connection.execute_wrapper(asked):
        do()
    return asked


def assert_same_at_1_and_3(do: Callable[[], Any], *, add: Callable[[], Any], at_most: int | None = None) -> None:
    """`add` makes one more row of the list; nothing of the kind may exist before."""
    add()
    do()  # what is remembered between requests is remembered now
    one = asked_by(do)
    add()
    add()
    three = asked_by(do)
    assert three.repeated == []
    assert three.queries == one.queries, "\n".join((Counter(three.statements) - Counter(one.statements)).elements())
    assert at_most is None or three.queries <= at_most
