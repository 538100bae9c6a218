"""A paper, as kept in JSON, drawn with its number and date: both formats say the same."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, override

from .pages import render_docx, render_pdf
from .papers import LANDSCAPE
from .scripts import MISSING, is_printed, printed, visible

PAPER = "documents/paper"
BLANK = "_" * 12
WIDEST = 36
"""Letters: longer cells break into lines and claim no more of the page."""


def as_docx(content: dict[str, Any], *, number: str, dated: date | None, at: datetime, template: str = PAPER) -> bytes:
    """At is the moment of drawing up: the file carries it, so that the same paper is the same bytes."""
    drawn = spelled({**content, **headline(content["language"], number, dated)}, in_word)
    landscape = drawn["orientation"] == LANDSCAPE
    return render_docx(f"{template}.docx", {**drawn, "note": ""}, at=at, landscape=landscape)


def as_pdf(content: dict[str, Any], *, number: str, dated: date | None, at: datetime, template: str = PAPER) -> bytes:
    drawn = spelled({**content, **headline(content["language"], number, dated)}, in_print)
    for block in drawn["blocks"]:
        if block["block"] == "table":
            block["widths"] = widths(block)
    return render_pdf(f"{template}.typ", {**drawn, "note": note_on_letters(content, drawn)}, at=at)


def headline(language: str, number: str, dated: date | None) -> dict[str, str]:
    """Before registration there is room to write."""
    with override(language):
        return {
            "number": gettext("No.\xa0%(number)s") % {"number": number or BLANK},
            "date": date_format(dated) if dated else BLANK,
        }


def spelled(tree: Any, spell: Callable[[str, str], str]) -> Any:
    """The same tree with every string made fit to be shown, and names spelled as this format can."""
    if isinstance(tree, str):
        return spell(visible(tree), "")
    if isinstance(tree, dict):
        if tree.keys() == {"own", "latin"}:
            return spell(visible(tree["own"]), visible(tree["latin"]))
        return {key: spelled(value, spell) for key, value in tree.items()}
    if isinstance(tree, list | tuple):
        return [spelled(value, spell) for value in tree]
    return tree


def in_word(own: str, latin: str) -> str:
    """Word finds a font for any script; who cannot read that one reads the Latin form behind it."""
    return f"{own} ({latin})" if latin and not is_printed(own) else own


def in_print(own: str, latin: str) -> str:
    return own if is_printed(own) else printed(latin or own)


def note_on_letters(content: dict[str, Any], drawn: dict[str, Any]) -> str:
    """What the reader must know where the printed letters are not the person's own."""
    notes = []
    with override(content["language"]):
        if has_latin_forms(content):
            notes.append(gettext("Names in scripts that this file's font lacks are given in Latin letters."))
        if MISSING in text_of(drawn) and MISSING not in text_of(content):
            notes.append(gettext("%(sign)s stands for a letter that this file's font lacks; the Word file has it.")
                         % {"sign": MISSING})  # fmt: skip
    return " ".join(notes)


def has_latin_forms(tree: Any) -> bool:
    if isinstance(tree, dict):
        if tree.keys() == {"own", "latin"}:
            return bool(tree["latin"]) and not is_printed(visible(tree["own"]))
        return any(map(has_latin_forms, tree.values()))
    return isinstance(tree, list | tuple) and any(map(has_latin_forms, tree))


def text_of(tree: Any) -> str:
    if isinstance(tree, dict):
        return "\n".join(map(text_of, tree.values()))
    return "\n".join(map(text_of, tree)) if isinstance(tree, list | tuple) else str(tree)


def widths(table: dict[str, Any]) -> list[int]:
    """Shares of the page: the longest cell of each column, but never less than the longest word of its head."""
    columns = zip(table["heads"], *table["rows"], strict=True)
    return [
        max(max(map(len, head.split()), default=1) + 1, min(WIDEST, max(map(len, cells), default=1)), 3)
        for head, *cells in columns
    ]
