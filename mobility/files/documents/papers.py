"""What stands on a paper. Every sentence, date and number comes already written in the paper's language."""

from dataclasses import asdict, dataclass, field
from typing import Any

LANDSCAPE, PORTRAIT = "landscape", "portrait"


@dataclass(frozen=True)
class Name:
    """A name in its own script; where the printing font lacks that script, its Latin form stands for it."""

    own: str
    latin: str = ""


Words = str | Name


@dataclass(frozen=True)
class Letterhead:
    """Lines at the head, the first one strong; the place stands beside number and date."""

    lines: tuple[str, ...]
    place: str = ""


@dataclass(frozen=True)
class Heading:
    text: Words
    block: str = field(default="heading", init=False)


@dataclass(frozen=True)
class Text:
    """One paragraph; with a mark, an item of a list: “1.”, “–”."""

    text: Words
    mark: str = ""
    block: str = field(default="text", init=False)


@dataclass(frozen=True)
class Facts:
    """Label and value, line by line."""

    rows: tuple[tuple[str, Words], ...]
    block: str = field(default="facts", init=False)


@dataclass(frozen=True)
class Table:
    """The head repeats on each page. `numbers` are the columns, counted from 0, that stand right."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Words, ...], ...]
    numbers: tuple[int, ...] = ()
    block: str = field(default="table", init=False)

    def __post_init__(self) -> None:
        if any(len(row) != len(self.heads) for row in self.rows):
            raise ValueError("each row has as many cells as the table has heads")


@dataclass(frozen=True)
class Signatures:
    """Post and name of everyone who signs, with a line to sign on. `title` is a word above, such as “Agreed”."""

    rows: tuple[tuple[str, Words], ...]
    title: str = ""
    block: str = field(default="signatures", init=False)


@dataclass(frozen=True)
class PageBreak:
    """What follows is an annex, on sheets of its own orientation: a wide table lies on its side."""

    orientation: str = PORTRAIT
    block: str = field(default="page-break", init=False)


Block = Heading | Text | Facts | Table | Signatures | PageBreak


@dataclass(frozen=True)
class Paper:
    """`name` says what kind of paper it is (“Memo”), `title` what about; `footer` stands on each page (a hash)."""

    name: str
    title: str
    language: str
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    addressee: tuple[Words, ...] = ()
    footer: str = ""
    orientation: str = PORTRAIT

    def as_content(self) -> dict[str, Any]:
        """As JSON keeps it, and as the templates read it."""
        return asdict(self)
