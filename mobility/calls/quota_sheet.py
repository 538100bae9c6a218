"""The grid as a spreadsheet, out and in: a row a destination, a column a faculty, by their codes."""

from collections.abc import Iterator
from typing import BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mobility.web.spreadsheets import read

from .grid import Cell, Grid


def header(grid: Grid) -> list[str]:
    faculties = [column.faculty.code for column in grid.columns]
    return ["destination", _("University"), *faculties, _("Given"), _("Places")]


def rows(grid: Grid) -> Iterator[list[str | int]]:
    for row in grid.rows:
        seats = [square.seats for square in row.squares]
        yield [row.destination.code, str(row.destination), *seats, row.given, row.destination.seats]


def typed(file: BinaryIO, grid: Grid) -> dict[Cell, str]:
    """What the file puts into the cells; columns and rows that it does not have stay as they are."""
    sheet = read(file)
    columns = {name.strip().casefold(): position for position, name in enumerate(sheet.header)}
    if "destination" not in columns:
        raise ValidationError(_("The column “destination” is missing: download the grid first."), code="no-destination")
    places = {row.destination.code: row for row in grid.rows}
    cells: dict[Cell, str] = {}
    for line in sheet.lines:
        values = dict(zip(columns, line.values, strict=False))
        row = places.get(values["destination"].strip())
        if row is None:
            told = _("Row %(number)s: the call has no destination “%(code)s”.")
            words = {"number": line.number, "code": values["destination"]}
            raise ValidationError(told, code="unknown-destination", params=words)
        for square in row.squares:
            if (value := values.get(square.faculty.code.casefold())) is not None:
                cells[square.destination, square.faculty.pk] = value.strip().removesuffix(".0") or "0"
    return cells
