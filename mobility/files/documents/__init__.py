"""Papers that offices print and sign: one description, drawn as DOCX that people may edit and as PDF."""

from .drawing import as_docx, as_pdf
from .pages import render_docx, render_pdf
from .papers import LANDSCAPE, PORTRAIT, Facts, Heading, Letterhead, Name, PageBreak, Paper, Signatures, Table, Text

__all__ = [
    "LANDSCAPE",
    "PORTRAIT",
    "Facts",
    "Heading",
    "Letterhead",
    "Name",
    "PageBreak",
    "Paper",
    "Signatures",
    "Table",
    "Text",
    "as_docx",
    "as_pdf",
    "render_docx",
    "render_pdf",
]
