"""Spreadsheets in and out: `read`, then `preview` of an import; `xlsx` and `csv_text` of an export."""

from .preview import Heading, Preview, Problem, RowPreview, preview
from .reading import Line, Sheet, read, refuse_error
from .writing import answer, csv_bytes, xlsx_bytes

__all__ = [
    "Heading",
    "Line",
    "Preview",
    "Problem",
    "RowPreview",
    "Sheet",
    "answer",
    "csv_bytes",
    "preview",
    "read",
    "refuse_error",
    "xlsx_bytes",
]
