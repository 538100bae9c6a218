"""What an import would do, before it does it: rows new, changed and unchanged; errors by row and column.

All or nothing: only a preview without problems may be carried out, and the action that does so is given `changes`.
Knows no models: a form cleans a row, the caller says what is there already.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from .reading import Line, Sheet, refuse_error

MOST_PROBLEMS = 200  # a wrong column is wrong in every row; the first two hundred tell as much as ten thousand


@dataclass(frozen=True)
class Heading:
    """A column that the import knows: the form's field, and the names by which files call it."""

    field: str
    names: Sequence[str | Promise]
    required: bool = False


@dataclass(frozen=True)
class Problem:
    row: int
    column: str
    text: str


@dataclass(frozen=True)
class RowPreview:
    """`changes` are triples of the column's name, what is there and what would be."""

    number: int
    key: Hashable
    state: str
    values: dict[str, Any]
    changes: list[tuple[str, Any, Any]]


@dataclass(frozen=True)
class Preview:
    rows: list[RowPreview] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    more_problems: int = 0

    @property
    def is_good(self) -> bool:
        return not self.problems

    @property
    def changes(self) -> list[RowPreview]:
        return [row for row in self.rows if row.state != "unchanged"]

    @property
    def counts(self) -> dict[str, int]:
        counted = dict.fromkeys(("new", "changed", "unchanged"), 0)
        for row in self.rows:
            counted[row.state] += 1
        return counted


def preview(
    sheet: Sheet,
    *,
    headings: Sequence[Heading],
    form: Callable[[dict[str, str]], BaseForm],
    key: Callable[[dict[str, Any]], Hashable],
    present: Callable[[Iterable[Hashable]], Mapping[Hashable, Mapping[str, Any]]],
) -> Preview:
    """`present` is asked once, with the keys of all rows, for the values that are there now."""
    places, problems = _places(sheet.header, headings)
    if problems:
        return Preview(problems=problems)
    names = {heading.field: sheet.header[places[heading.field]] for heading in headings if heading.field in places}
    cleaned, problems = _cleaned(sheet.lines, places, names, form, key)
    if problems:
        return Preview(problems=problems[:MOST_PROBLEMS], more_problems=max(0, len(problems) - MOST_PROBLEMS))
    there = present([row_key for _number, row_key, _values in cleaned])
    return Preview([_row(number, row_key, values, there.get(row_key), names) for number, row_key, values in cleaned])


def _places(header: list[str], headings: Sequence[Heading]) -> tuple[dict[str, int], list[Problem]]:
    """Field → position of its column."""
    known = {_folded(name): heading.field for heading in headings for name in (heading.field, *heading.names)}
    places: dict[str, int] = {}
    problems = []
    for position, name in enumerate(header):
        found = known.get(_folded(name))
        if found and found in places:
            problems.append(Problem(1, name, _("This column stands here twice. Take one away.")))
        elif found:
            places[found] = position
        elif name:
            problems.append(Problem(1, name, _("This column is not known here. Take it away, or correct its name.")))
    problems += [
        Problem(1, str(heading.names[0]), _("This column is missing."))
        for heading in headings
        if heading.required and heading.field not in places
    ]
    return places, problems


def _folded(name: str | Promise) -> str:
    return " ".join(str(name).casefold().replace("_", " ").split())


def _cleaned(
    lines: list[Line],
    places: dict[str, int],
    names: dict[str, str],
    form: Callable[[dict[str, str]], BaseForm],
    key: Callable[[dict[str, Any]], Hashable],
) -> tuple[list[tuple[int, Hashable, dict[str, Any]]], list[Problem]]:
    cleaned: list[tuple[int, Hashable, dict[str, Any]]] = []
    problems: list[Problem] = []
    seen: dict[Hashable, int] = {}
    for line in lines:
        data = {name: line.values[place] if place < len(line.values) else "" for name, place in places.items()}
        if failed := _failed(line.number, data, names):
            problems += failed
            continue
        bound = form(data)
        if not bound.is_valid():
            problems += [
                Problem(line.number, names.get(name, ""), str(error))
                for name, errors in bound.errors.items()
                for error in errors
            ]
            continue
        row_key = key(bound.cleaned_data)
        if row_key in seen:
            text = _("The same stands in row %(row)s already.") % {"row": seen[row_key]}
            problems.append(Problem(line.number, "", text))
            continue
        seen[row_key] = line.number
        cleaned.append((line.number, row_key, {name: bound.cleaned_data[name] for name in places}))
    return cleaned, problems


def _failed(number: int, data: Mapping[str, str], names: Mapping[str, str]) -> list[Problem]:
    """The cells whose formula found nothing; no form is to take its word for a value."""
    found = []
    for name, text in data.items():
        try:
            refuse_error(text)
        except ValidationError as refusal:
            found.append(Problem(number, names[name], refusal.messages[0]))
    return found


def _row(
    number: int, key: Hashable, values: dict[str, Any], there: Mapping[str, Any] | None, names: dict[str, str]
) -> RowPreview:
    if there is None:
        return RowPreview(number, key, "new", values, [])
    changes = [(names[name], there.get(name), value) for name, value in values.items() if there.get(name) != value]
    return RowPreview(number, key, "changed" if changes else "unchanged", values, changes)
