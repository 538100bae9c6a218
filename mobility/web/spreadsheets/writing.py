"""Rows into XLSX and CSV. What begins like a formula leaves as text: a name must not run in anybody's spreadsheet."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils import formats, timezone
from django.utils.http import content_disposition_header

FORMULA = ("=", "+", "-", "@", "\t", "\r")
UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
KINDS = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "csv": "text/csv; charset=utf-8",
}


def xlsx_bytes(*, header: Sequence[str], rows: Iterable[Sequence[Any]], title: str = "") -> bytes:
    from .workbooks import workbook  # noqa: PLC0415 -- slow import, and few pages need it

    return workbook(header=header, rows=rows, title=title)


def csv_bytes(*, header: Sequence[str], rows: Iterable[Sequence[Any]]) -> bytes:
    """With the separator that spreadsheets of the reader's language expect, and the mark that tells them UTF-8."""
    delimiter = ";" if formats.get_format("DECIMAL_SEPARATOR") == "," else ","
    kept = io.StringIO(newline="")
    writer = csv.writer(kept, delimiter=delimiter)
    writer.writerow([_harmless(name) for name in header])
    writer.writerows([_harmless(value) for value in row] for row in rows)
    return kept.getvalue().encode("utf-8-sig")


def answer(content: bytes, *, name: str) -> HttpResponse:
    """A download; the name's ending says what it is."""
    response = HttpResponse(content, content_type=KINDS[name.rpartition(".")[2]])
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    return response


def plain(value: Any) -> Any:
    """Spreadsheets know no zones and no lazy words."""
    if isinstance(value, datetime):
        return timezone.make_naive(value) if timezone.is_aware(value) else value
    if value is None or isinstance(value, bool | int | float) or hasattr(value, "as_tuple") or hasattr(value, "year"):
        return value
    return UNPRINTABLE.sub("", str(value))


def _harmless(value: Any) -> Any:
    value = plain(value)
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value
