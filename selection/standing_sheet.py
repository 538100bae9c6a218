"""The ranking as a spreadsheet."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from selection.ranking import Column, Line


def header(columns: Sequence[Column], *, is_locked: bool) -> list[str]:
    capped = [_("%(criterion)s, at most %(cap)s") % {"criterion": one.title, "cap": one.cap} for one in columns]
    return [
        _("Rank"),
        _("Number"),
        _("Applicant"),
        _("Course year"),
        _("Mean mark"),
        *capped,
        _("Total"),
        _("Destination") if is_locked else _("Place, if locked now"),
        _("Choice"),
        _("Waits for"),
        _("Equal points"),
        _("Claims not read"),
    ]


def rows(lines: Iterable[Line]) -> Iterator[list[Any]]:
    for line in lines:
        facts = [line.place, line.number, line.full_name, line.year, line.mark]
        what = [line.host, line.wish, ", ".join(line.waits_for), line.tie, line.unread]
        yield [*facts, *line.parts, line.points, *what]
