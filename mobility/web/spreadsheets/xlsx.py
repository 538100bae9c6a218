"""The values of an XLSX's first visible sheet, read straight from its parts: ten thousand rows in a second.

Whoever calls has looked for bombs: no part declares a type or an entity, and all of them together are bounded.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from xml.etree.ElementTree import Element, fromstring, iterparse

from openpyxl.styles.numbers import BUILTIN_FORMATS, is_date_format
from openpyxl.utils import get_column_letter
from openpyxl.utils.datetime import MAC_EPOCH, WINDOWS_EPOCH, from_excel

from .reading import COLUMNS, not_calculated

PLACES = {get_column_letter(number + 1): number for number in range(COLUMNS)}
MERGED = re.compile(rb'<(?:\w+:)?mergeCell\s[^>]*?ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")  # how the format writes a letter that XML cannot


@dataclass(frozen=True)
class Book:
    """What cells refer to: the texts kept once, which formats show a number as a day, and the day nought."""

    strings: Sequence[str]
    day_formats: frozenset[int]
    epoch: datetime


def rows_of(archive: zipfile.ZipFile) -> Iterator[tuple[int, list[Any]]]:
    """Each row with its number; empty rows and cells after the last may be left out, as the file leaves them."""
    place = next(target for _key, kind, target in _relations(archive, "") if kind == "officeDocument")
    root = _root(archive, place)
    related = {key: (kind, target) for key, kind, target in _relations(archive, place)}
    parts = dict(related.values())
    marked = root.find("{*}workbookPr")
    book = Book(
        _strings(archive, parts.get("sharedStrings")),
        _day_formats(archive, parts.get("styles")),
        MAC_EPOCH if marked is not None and marked.get("date1904") in ("1", "true") else WINDOWS_EPOCH,
    )
    sheets = [sheet for sheet in root.iterfind("{*}sheets/{*}sheet") if related[_key(sheet)][0] == "worksheet"]
    shown = [sheet for sheet in sheets if sheet.get("state", "visible") == "visible"]
    content = archive.read(related[_key((shown or sheets)[0])][1])
    yield from _spread(_rows(io.BytesIO(content), book), _merged(content))


def _merged(content: bytes) -> dict[int, list[tuple[int, int]]]:
    """Cells merged over several rows of one column, by the first of them: the column's place and the last row."""
    found: dict[int, list[tuple[int, int]]] = {}
    for reference in MERGED.findall(content):
        column, first, last_column, last = (part.decode() for part in reference)
        if column == last_column and column in PLACES:
            found.setdefault(int(first), []).append((PLACES[column], int(last)))
    return found


def _spread(
    rows: Iterable[tuple[int, list[Any]]], merged: Mapping[int, Sequence[tuple[int, int]]]
) -> Iterator[tuple[int, list[Any]]]:
    """What a merged cell says, it says of each of its rows, as a group beside twelve students; not of empty rows."""
    lasting: dict[int, tuple[int, Any]] = {}
    for number, values in rows:
        if lasting and any(value is not None for value in values):
            for place, (last, value) in list(lasting.items()):
                if number > last:
                    del lasting[place]
                    continue
                values.extend([None] * (place + 1 - len(values)))
                values[place] = value
        for place, last in merged.get(number, ()):
            if place < len(values) and values[place] is not None:
                lasting[place] = (last, values[place])
        yield number, values


def _root(archive: zipfile.ZipFile, name: str) -> Element:
    return fromstring(archive.read(name))  # noqa: S314 -- nothing is declared in it


def _relations(archive: zipfile.ZipFile, place: str) -> Iterator[tuple[str, str, str]]:
    """Of a part, or of the whole package: key, kind and the other part's name."""
    folder, name = posixpath.split(place)
    for one in _root(archive, posixpath.join(folder, "_rels", f"{name}.rels")):
        target = posixpath.normpath(posixpath.join("/", folder, one.get("Target", ""))).lstrip("/")
        yield one.get("Id", ""), one.get("Type", "").rpartition("/")[2], target


def _key(sheet: Element) -> str:
    return next(value for name, value in sheet.attrib.items() if name.endswith("}id"))


def _strings(archive: zipfile.ZipFile, name: str | None) -> list[str]:
    if name is None:
        return []
    with archive.open(name) as part:
        return [_letters(element) for element in _elements(part, "}si")]


def _day_formats(archive: zipfile.ZipFile, name: str | None) -> frozenset[int]:
    """Which of the workbook's cell formats are those of days or hours."""
    if name is None:
        return frozenset()
    root = _root(archive, name)
    codes = dict(BUILTIN_FORMATS)
    codes |= {int(one.attrib["numFmtId"]): one.get("formatCode") for one in root.iterfind("{*}numFmts/{*}numFmt")}
    used = [int(one.get("numFmtId", "0")) for one in root.iterfind("{*}cellXfs/{*}xf")]
    return frozenset(number for number, code in enumerate(used) if is_date_format(codes.get(code)))


def _elements(part: Any, ending: str) -> Iterator[Element]:
    """One after another, each forgotten after its turn."""
    for _event, element in iterparse(part):  # noqa: S314 -- nothing is declared in it
        if element.tag.endswith(ending):
            yield element
            element.clear()


def _rows(part: Any, book: Book) -> Iterator[tuple[int, list[Any]]]:
    number = 0
    for row in _elements(part, "}row"):
        number = int(row.get("r", number + 1))
        values: list[Any] = []
        for cell in row:
            reference = cell.get("r")
            place = len(values) if reference is None else PLACES.get(reference.rstrip("0123456789"), COLUMNS)
            if place < COLUMNS:
                values += [None] * (place + 1 - len(values))
                values[place] = _value(cell, book)
        yield number, values


def _value(cell: Element, book: Book) -> Any:
    text, kind, is_formula = None, cell.get("t", "n"), False
    for part in cell:
        if part.tag.endswith("}v"):
            text = part.text
        elif part.tag.endswith("}is"):
            return _letters(part)
        elif part.tag.endswith("}f"):
            is_formula = True
    if not text:
        if is_formula and kind == "n":  # a formula that gave an empty text says so
            raise not_calculated(cell.get("r", ""))
        return None
    return KINDS[kind](text, cell, book) if kind in KINDS else text


def _number(text: str, cell: Element, book: Book) -> Any:
    number = int(text) if text.isdecimal() else float(text)
    if int(cell.get("s", "0")) not in book.day_formats:
        return number
    try:
        return from_excel(number, book.epoch)
    except (OverflowError, ValueError):
        return number  # no day has such a number: whoever reads the column says so


KINDS: dict[str, Callable[[str, Element, Book], Any]] = {
    "n": _number,
    "s": lambda text, _cell, book: book.strings[int(text)],
    "d": lambda text, _cell, _book: datetime.fromisoformat(text),
}


def _letters(element: Element) -> str:
    """Of a text with or without runs of other looks; how to pronounce it (`rPh`) is no part of it."""
    found = []
    for part in element:
        if part.tag.endswith("}t"):
            found.append(part.text or "")
        elif part.tag.endswith("}r"):
            found += [run.text or "" for run in part if run.tag.endswith("}t")]
    text = "".join(found)
    return ESCAPED.sub(lambda letter: chr(int(letter[1], 16)), text) if "_x" in text else text
