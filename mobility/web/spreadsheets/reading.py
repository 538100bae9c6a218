"""XLSX and CSV into plain lines of text; what is too large or is no spreadsheet is refused before it is parsed."""

import csv
import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, BinaryIO

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MEGABYTE = 1024 * 1024
PACKED, UNPACKED = 5 * MEGABYTE, 50 * MEGABYTE
ROWS, COLUMNS = 10_000, 100
PARTS = 500  # files inside an XLSX
TAGS = 1_200_000  # of XML: ten thousand rows of twenty cells with room; more takes the parser longer than anybody waits
GAP = 100_000  # lines looked at: formatting far below the last row is no row

NO_XML = re.compile(rb"<!DOCTYPE|<!ENTITY", re.IGNORECASE)
MARKED = ("'=", "'+", "'-", "'@")
SPACES = re.compile(r"[^\S\n]+")
ERROR = re.compile(r"#[A-ZА-Я]+(?:/0)?[!?]|#N/A|#Н/Д|#{3,}|Err:\d{3}")
QUOTED = re.compile(r'="([^"]*)"')  # how a CSV keeps a number's zeros from Excel
DELIMITERS = (";", "\t", ",")


@dataclass(frozen=True)
class Line:
    """A row with the number it has in the office's own program."""

    number: int
    values: list[str]


@dataclass(frozen=True)
class Sheet:
    header: list[str]
    lines: list[Line]
    header_number: int = 1

    def rows(self) -> list[tuple[int, list[str]]]:
        """All of them, the first included: for whoever finds the header further down."""
        return [(self.header_number, self.header), *((line.number, line.values) for line in self.lines)]


def read(file: BinaryIO) -> Sheet:
    """The first sheet; the first row that is not empty is its header."""
    content = file.read(PACKED + 1)
    if len(content) > PACKED:
        raise ValidationError(_("The file is larger than 5 MB. Split it, and import the parts."), code="too-large")
    rows = _of_xlsx(content) if content.startswith(b"PK") else _of_csv(content)
    lines = _lines(rows)
    if not lines:
        raise ValidationError(_("The file has no rows. The first row holds the names of the columns."), code="empty")
    header, *rest = lines
    return Sheet(header.values, rest, header.number)


def _lines(rows: Iterable[tuple[int, Sequence[Any]]]) -> list[Line]:
    lines = []
    letters = 0
    for number, row in rows:
        letters += sum(len(value) for value in row if isinstance(value, str))
        if letters > UNPACKED:  # a text that is kept once may stand in every cell
            raise too_large_unpacked()
        if values := _trimmed(row):
            lines.append(Line(number, values))
        if len(lines) > ROWS + 1 or number > GAP:
            raise ValidationError(
                _("The file has more than 10,000 rows. Split it, and import the parts."), code="too-many-rows"
            )
    return lines


def too_large_unpacked() -> ValidationError:
    return ValidationError(
        _("The file unpacks to more than 50 MB. Copy its rows to a new file, and import that."), code="bomb"
    )


def not_calculated(place: str) -> ValidationError:
    return ValidationError(
        _("Cell %(place)s holds a formula without its result. Open the file in Excel, save it, and send it again."),
        code="not-calculated",
        params={"place": place},
    )


def refuse_error(text: str) -> None:
    """What a spreadsheet writes where a formula failed, in English and Russian: #N/A, #ССЫЛКА!, Err:502."""
    if text.startswith(("#", "Err:")) and ERROR.fullmatch(text):
        raise ValidationError(
            _("“%(text)s” is an error of a formula. Correct the formula, or enter the value."),
            code="formula-error",
            params={"text": text},
        )


def _trimmed(row: Iterable[Any]) -> list[str]:
    values = [_text(value) for value in row]
    while values and not values[-1]:
        values.pop()
    return values


def _text(value: Any) -> str:
    """As a person would have typed it into a form; a mark against formulas, put there by an export, is taken off."""
    if isinstance(value, date | time):
        return _written(value)
    if isinstance(value, bool) or (isinstance(value, float) and value.is_integer()):
        return str(int(value))
    text = "" if value is None else unicodedata.normalize("NFC", str(value))
    text = " ".join(text.split()) if "\n" not in text else SPACES.sub(" ", text).strip()
    if text.startswith(MARKED):
        return text[1:]
    quoted = QUOTED.fullmatch(text) if text.startswith("=") else None
    return quoted[1] if quoted else text


def _written(value: date | time) -> str:
    """A day is kept in a workbook as its midnight."""
    if not isinstance(value, datetime):
        return value.isoformat()
    return value.date().isoformat() if value.time() == time() else value.isoformat(" ", "seconds")


# --- XLSX -------------------------------------------------------------------------------------------------------------


def _of_xlsx(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    from .xlsx import rows_of  # noqa: PLC0415 -- slow import, and few pages need it

    unreadable = ValidationError(
        _("The file could not be opened as a spreadsheet. Save it as XLSX or CSV, without a password."),
        code="unreadable",
    )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            _refuse_bombs(archive)
            yield from rows_of(archive)
    except ValidationError:
        raise
    except Exception as error:  # a broken file fails in as many ways as its parsers have lines
        raise unreadable from error


def _refuse_bombs(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    if len(parts) > PARTS or sum(part.file_size for part in parts) > UNPACKED:
        raise too_large_unpacked()
    tags = 0
    for part in parts:
        content = archive.read(part)
        if not part.filename.endswith((".xml", ".rels", ".vml")):
            continue
        if NO_XML.search(content) or b"\0" in content[:200]:  # UTF-16 could hide the same from us
            raise ValidationError(
                _("The file has parts that no spreadsheet program writes. Copy its rows to a new file."), code="bomb"
            )
        tags += content.count(b"<")
    if tags > TAGS:
        raise ValidationError(_("The file has too many cells. Split it, and import the parts."), code="too-many-cells")


# --- CSV --------------------------------------------------------------------------------------------------------------


def _of_csv(content: bytes) -> Iterator[tuple[int, Sequence[Any]]]:
    text = _decoded(content)
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(DELIMITERS, key=lambda sign: _outside_quotes(first).count(sign))
    try:
        for number, row in enumerate(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), start=1):
            yield number, row[:COLUMNS]
    except csv.Error as error:
        raise ValidationError(_("The file is no CSV: one of its cells never ends."), code="unreadable") from error


def _decoded(content: bytes) -> str:
    """UTF-8 where it is, windows-1251 where offices here still write it."""
    encodings = ("utf-16",) if content.startswith((b"\xff\xfe", b"\xfe\xff")) else ("utf-8-sig", "windows-1251")
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise ValidationError(_("The file is neither XLSX nor text. Save it as XLSX or CSV."), code="unreadable")


def _outside_quotes(line: str) -> str:
    return re.sub(r'"[^"]*"', "", line)
