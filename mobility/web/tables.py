"""The heads of tables. A page writes its own rows, flat: fifty of them in a generic loop cost more than the query."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Column:
    """`sort` names the fields that this column orders by, ascending; without it the head is no link."""

    label: str
    key: str = ""
    sort: Sequence[str] = field(default=())
    note: str = ""
    css: str = ""


@dataclass(frozen=True)
class Heading:
    label: str
    note: str
    css: str
    url: str = ""
    direction: str = ""


def headings(columns: Sequence[Column], *, sort: str, address: Callable[..., str]) -> list[Heading]:
    """`sort` is the key of the present order, with a minus where it descends; `address` writes the page's own."""
    return [_heading(column, sort, address) for column in columns]


def _heading(column: Column, sort: str, address: Callable[..., str]) -> Heading:
    if not column.sort:
        return Heading(column.label, column.note, column.css)
    direction = {column.key: "ascending", f"-{column.key}": "descending"}.get(sort, "")
    following = f"-{column.key}" if direction == "ascending" else column.key
    return Heading(column.label, column.note, column.css, address(sort=following, page=None), direction)


def order_by(columns: Sequence[Column], sort: str) -> list[str]:
    """The fields of the present order; the key decides between equals, so that pages never share a row."""
    fields = next((column.sort for column in columns if column.sort and column.key == sort.lstrip("-")), ())
    if sort.startswith("-"):
        fields = [name[1:] if name.startswith("-") else f"-{name}" for name in fields]
    return [*fields, "pk"]


def known_sort(columns: Sequence[Column], asked: str, *, default: str) -> str:
    known = {column.key for column in columns if column.sort}
    return asked if asked.lstrip("-") in known and asked.count("-") <= 1 else default
