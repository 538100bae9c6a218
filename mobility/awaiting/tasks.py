"""One thing that awaits somebody, and how much of a kind there is."""

from dataclasses import dataclass

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


def counted(rows: QuerySet) -> int:
    return rows.order_by()[:MANY].count()


def shown(count: int) -> str:
    return _("%(count)s or more") % {"count": MANY} if count == MANY else str(count)
