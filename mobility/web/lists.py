"""The base of every list page: filters, sorting and pages kept in the address, counted once, read as plain values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.views.generic import TemplateView
from django_filters import FilterSet

from mobility.web.forms import composed
from mobility.web.memory import remember, remembered
from mobility.web.tables import Column, Heading, headings, known_sort, order_by

NEIGHBOURS = 2


@dataclass(frozen=True)
class State:
    """How many were found of how many, by which words, and the address without them."""

    found: int
    whole: int
    chosen: list[str]
    clear: str


@dataclass(frozen=True)
class Paging:
    number: int
    pages: list[tuple[int | None, str]]
    previous: str
    next: str
    first_row: int
    last_row: int
    found: int
    beyond: int


@dataclass(frozen=True)
class Listed:
    """What list.html shows."""

    filters: Any
    kept: list[tuple[str, str]]
    state: State
    headings: list[Heading]
    rows: list[Any]
    paging: Paging


class List(TemplateView):
    """One queryset, one table.

    A view names `columns`, `fields` (what a row shows, read by `.values()`), `sort` (the key of the first order) and,
    where there are filters, `filterset_class`; `get_queryset` returns what this person may see. Its template extends
    list.html. `show` may turn a row's values into words; it must ask the database nothing. `found` is then the queryset
    that the filters left, for what stands beside the table.

    A list that can be long lies in an index in the order of its sorts, or under a filter: pages end at `furthest` rows,
    because a database reads all rows before a page; the rest is reached by narrowing. How many there are of more than
    that is counted once a minute in each process, not for each page of each search: `whole_by` are the names in the
    address that `get_queryset` itself reads.
    """

    columns: Sequence[Column] = ()
    fields: Sequence[str] = ()
    sort = ""
    page_size = 50
    furthest = 10_000
    whole_by: Sequence[str] = ()
    filterset_class: type[FilterSet] | None = None

    def get_queryset(self) -> QuerySet:
        raise NotImplementedError

    def count(self, found: QuerySet, chosen: Sequence[str]) -> int:  # noqa: ARG002 -- for views that know a shorter way
        """How many were found by the filters that were `chosen`."""
        return found.count()

    def whole(self, everything: QuerySet) -> int:
        asked, user = self.request.GET, getattr(self.request, "user", None)
        key = (type(self), self.request.path, user and user.pk, *(asked.get(name, "") for name in self.whole_by))
        count = remembered(key)
        if count is None:
            count = self.count(everything, [])
            if count > self.furthest:
                remember(key, count)
        return count

    def rows(self, found: QuerySet, chosen: Sequence[str], *, order: Sequence[str], page: slice) -> QuerySet:  # noqa: ARG002 -- likewise
        return found.order_by(*order).values(*self.fields)[page]

    def show(self, row: dict[str, Any]) -> Any:
        return row

    def get_context_data(self, **kwargs) -> dict[str, Any]:
        return super().get_context_data(list=self.listed(), **kwargs)

    def listed(self) -> Listed:
        everything = self.get_queryset()
        filterset = self._filterset(everything)
        found = self.found = filterset.qs if filterset else everything
        chosen = chosen_words(filterset) if filterset else []
        whole = self.whole(everything)
        count = self.count(found, chosen) if chosen else whole
        sort = known_sort(self.columns, self.request.GET.get("sort", ""), default=self.sort)
        shown = self._paging(count)
        start = (shown.number - 1) * self.page_size
        order = order_by(self.columns, sort)
        rows = self.rows(found, chosen, order=order, page=slice(start, start + self.page_size))
        return Listed(
            filters=filterset.form if filterset else None,
            kept=[("sort", sort)] if sort != self.sort else [],
            state=State(found=count, whole=whole, chosen=chosen, clear=self._address_without_filters(filterset)),
            headings=headings(self.columns, sort=sort, address=self.address),
            rows=[self.show(row) for row in rows] if count else [],
            paging=shown,
        )

    def address(self, **changes: Any) -> str:
        """The page's address with other values; None takes a name out."""
        query = self.request.GET.copy()
        for name, value in changes.items():
            query.pop(name, None)
            if value is not None:
                query[name] = value
        return f"?{query.urlencode()}"

    def _filterset(self, everything: QuerySet) -> FilterSet | None:
        if self.filterset_class is None:
            return None
        return self.filterset_class(composed(self.request.GET), queryset=everything, request=self.request)

    def _address_without_filters(self, filterset: FilterSet | None) -> str:
        names = filterset.form.fields if filterset else []
        return self.address(page=None, **dict.fromkeys(names))

    def _paging(self, count: int) -> Paging:
        asked = self.request.GET.get("page", "")

        def url(page: int) -> str:
            return self.address(page=page if page > 1 else None)

        number = int(asked) if asked.isdecimal() else 1
        return paging(count, number, size=self.page_size, furthest=self.furthest, url=url)


def paging(count: int, asked: int, *, size: int, furthest: int, url: Callable[[int], str]) -> Paging:
    """`asked` is brought into what there is; pages end at `furthest` rows."""
    last = max(1, -(-min(count, furthest) // size))
    number = min(max(1, asked), last)
    return Paging(
        number=number,
        pages=[(page, url(page) if page else "") for page in shown_pages(number, last)],
        previous=url(number - 1) if number > 1 else "",
        next=url(number + 1) if number < last else "",
        first_row=(number - 1) * size + 1,
        last_row=min(number * size, count),
        found=count,
        beyond=max(0, count - last * size),
    )


def shown_pages(number: int, last: int) -> list[int | None]:
    """The first, the last, and those about the present one; None where some are left out."""
    near = {1, last, *range(number - NEIGHBOURS, number + NEIGHBOURS + 1)}
    pages: list[int | None] = []
    for page in sorted(page for page in near if 1 <= page <= last):
        if pages and page - pages[-1] > 1:
            pages.append(None)
        pages.append(page)
    return pages


def chosen_words(filterset: FilterSet) -> list[str]:
    """What the filters ask for, as the person would say it: “Kav”, Being checked."""
    filterset.form.is_valid()  # a value that is no value of its field is left out, and says so at the field
    words = []
    for name, field in filterset.form.fields.items():
        value = filterset.form.cleaned_data.get(name)
        if value in field.empty_values or value is False:
            continue
        words.append(_word(field, value))
    return words


def _word(field: Any, value: Any) -> str:
    if value is True:
        return str(field.label)
    if hasattr(field, "queryset"):
        return ", ".join(map(str, value)) if isinstance(value, QuerySet) else str(value)
    if hasattr(field, "choices"):
        labels = {str(key): str(label) for key, label in field.choices}
        values = value if isinstance(value, list) else [value]
        return ", ".join(labels.get(str(one), str(one)) for one in values)
    return f"“{value}”"
