"""A paper, as kept in JSON, drawn with its number and date: both formats say the same."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext, override

from .pages import render_docx, render_pdf
from .papers import LANDSCAPE, PORTRAIT
from .scripts import MISSING, is_printed, printed, visible

PAPER = "documents/paper"
BLANK = "_" * 12
WIDEST = 36
"""Letters: longer cells break into lines and claim no more of the page."""
BREAKABLE = 24
"""Letters of a word that may break anywhere, as the house's pieces say."""
BREADTH = {PORTRAIT: 165.0, LANDSCAPE: 252.0}
"""Of a sheet between its margins, in millimetres; below those of a letter and of a cell's two sides, at SIZE."""
LETTER, STRONG, SIDES = 1.95, 1.1, 3.2
SIZE, SMALLEST = 10.0, 5.5


def as_docx(content: dict[str, Any], *, number: str, dated: date | None, at: datetime, template: str = PAPER) -> bytes:
    """At is the moment of drawing up: the file carries it, so that the same paper is the same bytes."""
    drawn = spelled({**content, **headline(content["language"], number, dated)}, in_word)
    landscape = [part["orientation"] == LANDSCAPE for part in parts(drawn)]
    measured = [(block["widths"], block["size"]) for block in measured_tables(drawn)]
    return render_docx(f"{template}.docx", {**drawn, "note": ""}, at=at, landscape=landscape, tables=measured)


def as_pdf(content: dict[str, Any], *, number: str, dated: date | None, at: datetime, template: str = PAPER) -> bytes:
    drawn = spelled({**content, **headline(content["language"], number, dated)}, in_print)
    note = note_on_letters(content, drawn)
    measured_tables(drawn)
    return render_pdf(f"{template}.typ", {**drawn, "note": note, "parts": parts(drawn)}, at=at)


def parts(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    """The blocks before each page break and after it, with how their sheets lie."""
    found = [{"orientation": drawn["orientation"], "blocks": []}]
    for block in drawn["blocks"]:
        if block["block"] == "page-break":
            found.append({"orientation": block.get("orientation", PORTRAIT), "blocks": []})
        else:
            found[-1]["blocks"].append(block)
    return found


def measured_tables(drawn: dict[str, Any]) -> list[dict[str, Any]]:
    """Each from now on with the widths of its columns in millimetres, and the size of its letters."""
    found = []
    for part in parts(drawn):
        for block in part["blocks"]:
            if block["block"] == "table":
                block["widths"], block["size"] = widths(block, BREADTH[part["orientation"]])
                found.append(block)
    return found


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


def widths(table: dict[str, Any], breadth: float) -> tuple[list[float], float]:
    """Of the columns, in millimetres, and the size of the letters.

    No column is narrower than its longest word; what is left goes to those whose cells are longer. Where even the words
    do not fit, the letters become smaller.
    """
    columns = [(head, cells) for head, *cells in zip(table["heads"], *table["rows"], strict=True)]
    least = [max(STRONG * longest_word([head]), longest_word(cells)) + 0.5 for head, cells in columns]
    longest = [min(WIDEST, max(map(len, cells), default=1)) for _head, cells in columns]
    wanted = [max(low, long) for low, long in zip(least, longest, strict=True)]
    room = breadth - SIDES * len(columns)
    size = max(SMALLEST, SIZE * min(1, room / (LETTER * sum(least))))
    letter = LETTER * size / SIZE
    spare, lacking = max(0, room / letter - sum(least)), sum(wanted) - sum(least)
    part = min(1, spare / lacking) if lacking else 0
    shares = [low + (high - low) * part + SIDES / letter for low, high in zip(least, wanted, strict=True)]
    return [round(share * breadth / sum(shares), 2) for share in shares], round(size, 1)


def longest_word(cells: Sequence[str]) -> int:
    """A no-break space is a letter: the days of a period stay together."""
    words = (word for cell in cells for line in cell.splitlines() for word in line.split(" "))
    return min(BREAKABLE, max(map(len, words), default=1))
