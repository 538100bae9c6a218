"""How many students went to how many events, by year, kind, faculty and country: approved and not called off."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.events.models import Kind, TeamMember
from mobility.web.charts import Bars, Pair, bars
from partners.atlas import country_name

LONGEST = 15
"""Rows of a chart; the spreadsheet has all."""


def counted(user: Any) -> Any:
    """A dean's office counts its own students."""
    return TeamMember.objects.visible_to(user).counted()


def by_year(members: Any) -> list[Pair]:
    return [Pair(str(year), students, events) for year, students, events in members.counted_by("event__year")]


def by_kind(members: Any) -> list[Pair]:
    found = {kind: (students, events) for kind, students, events in members.counted_by("event__kind")}
    return [Pair(str(Kind(kind).label), *found.get(kind, (0, 0))) for kind in Kind.values]


def by_faculty(members: Any) -> list[Pair]:
    return _largest(Pair(*row) for row in members.counted_by(f"faculty__name_{get_language()}"))


def by_country(members: Any) -> list[Pair]:
    rows = members.counted_by("event__country")
    return _largest(Pair(country_name(code), students, events) for code, students, events in rows)


def _largest(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.first, pair.label))


def tables(members: Any) -> Iterator[tuple[str, str, list[Pair]]]:
    yield _("By kind"), _("Kind"), by_kind(members)
    yield _("By faculty"), _("Faculty"), by_faculty(members)
    yield _("By country"), _("Country"), by_country(members)


def charts(members: Any) -> list[tuple[str, str, list[Bars]]]:
    """Title, what the rows are, the rows drawn."""
    return [(title, row, bars(pairs[:LONGEST])) for title, row, pairs in tables(members)]


def sheet_rows(years: Iterable[int], members: Any) -> Iterator[list[Any]]:
    """Every table of every year, one under the other: year, table, row, students, events."""
    for year in years:
        for title, _row, pairs in tables(members.filter(event__year=year)):
            for pair in pairs:
                yield [year, title, pair.label, pair.first, pair.second]
