"""Marks with one column a subject and one row a student, into one row a mark."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mobility.web.spreadsheets import Problem

from . import cells
from .columns import MARK_COLUMNS, STUDENT_COLUMNS, Table, folded, table_of

HOME_MARKS = range(100, 1001)
MEANS = {folded(name) for name in ("mean mark", "средний балл", "сярэдні бал")}
NO_SUBJECTS = {folded(name) for names in STUDENT_COLUMNS.values() for name in names} | {
    folded(name)
    for name in ("п/п", "н/п", "примечание", "подпись", "итого", "всего", "сумма", "ИТОГ", "note", "total", "заўвага")
}
EMPTY = {"", "-", "–", "—"}


def table_of_marks(sheet: Sequence[Any]) -> Table:
    """As it stands, where a column names the subject or the mark; a mean beside the subjects' columns is not read."""
    table = table_of(sheet, MARK_COLUMNS)
    if "subject" in table.heads or folded(table.heads.get("mark", "")) not in {"", *MEANS}:
        return table
    found = dict(sheet)
    columns = [
        (place, name)
        for place, name in table.others
        if folded(name) not in {"", *NO_SUBJECTS}
        and _holds_marks((_at(found[number], place) for number, _row in table.rows), any_scale="scale" in table.heads)
    ]
    if not columns or ("mark" in table.heads and len(columns) == 1):
        return table
    names = [name for _place, name in columns]
    heads = {field: name for field, name in table.heads.items() if field != "mark"}
    ignored = [name for name in (*table.ignored, table.heads.get("mark", "")) if name and name not in names]
    twice = [
        Problem(table.number, name, _("This column stands here twice. Take one away."))
        for position, name in enumerate(names)
        if name in names[:position]
    ]
    rows = []
    for number, row in table.rows:
        of_student = {field: text for field, text in row.items() if field in heads}
        given = [(name, _at(found[number], place)) for place, name in columns]
        marks = [{"subject": name, "mark": text} for name, text in given if text not in EMPTY]
        rows += [(number, of_student | mark) for mark in marks or [{}]]
    return replace(
        table, heads=heads, rows=rows, ignored=ignored, problems=[*table.problems, *twice], has_subject_columns=True
    )


def _at(values: Sequence[str], place: int) -> str:
    return values[place] if place < len(values) else ""


def _holds_marks(column: Iterable[str], *, any_scale: bool) -> bool:
    """At least half of what stands there: a wrong mark is told by its row, another kind of column is none of ours."""
    filled = [text for text in column if text not in EMPTY]
    return bool(filled) and 2 * sum(_is_mark(text, any_scale) for text in filled) >= len(filled)


def _is_mark(text: str, any_scale: bool) -> bool:  # noqa: FBT001 -- private, and called in one place
    try:
        mark = cells.mark(text)
    except ValidationError:
        return False
    return mark is None or any_scale or mark in HOME_MARKS
