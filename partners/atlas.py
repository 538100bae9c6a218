"""Where partners are, for their list and for the pages above."""

from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from statistics import fmean
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from mobility.web import worldmap
from partners.models import Institution

LANGUAGES = {"en": _("English"), "ru": _("Russian"), "be": _("Belarusian"), "zh": _("Chinese"), "ja": _("Japanese")}
BEFORE_THEIR_NEIGHBOURS = str.maketrans("ёіў", "еиу")


def map_of(partners: QuerySet, *, counted: bool = True) -> dict[str, Any] | None:
    """What _ui/map.html shows of them and of us; nothing where none of them has a place."""
    cities = [City(*row) for row in (partners | Institution.objects.home()).cities(get_language())]
    return map_of_cities(cities, counted=counted)


def map_of_rows(institutions: Iterable[Institution]) -> dict[str, Any] | None:
    """The same of institutions that have been read already, ours among them."""
    cities = {}
    for row in institutions:
        if row.latitude is not None:
            cities.setdefault((row.country.code, row.city_name, row.is_home), []).append(row)
    return map_of_cities(
        [
            City(*city, fmean(row.latitude for row in rows), fmean(row.longitude for row in rows), len(rows))
            for city, rows in sorted(cities.items(), key=lambda item: -len(item[1]))
        ]
    )


def map_of_cities(cities: list["City"], *, counted: bool = True) -> dict[str, Any] | None:
    abroad = [city for city in cities if not city.is_home]
    if not abroad:
        return None
    return {
        "drawn": worldmap.drawn([city.place(counted=counted) for city in cities]),
        "partners": sorted({city.country for city in abroad}),
        "home": next((city.country for city in cities if city.is_home), ""),
        "placed": sum(city.count for city in abroad),
    }


def language_name(tag: str) -> str:
    return str(LANGUAGES.get(tag, tag))


def country_name(code: str) -> str:
    return _country_name(code, get_language())


@lru_cache(maxsize=2_000)
def _country_name(code: str, _language: str | None) -> str:
    """A page says some countries often, and a filter says 249; the package looks each up anew."""
    return str(countries.name(code))


def country_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    """Of a filter: codes and names, in the order of names."""
    return _country_choices(frozenset(codes), get_language())


@lru_cache(maxsize=100)
def _country_choices(codes: frozenset[str], _language: str | None) -> list[tuple[str, str]]:
    """Countries come and go seldom, and a list is asked for often."""
    return sorted(((code, country_name(code)) for code in codes), key=lambda choice: _in_order(choice[1]))


def _in_order(name: str) -> str:
    return name.lower().translate(BEFORE_THEIR_NEIGHBOURS)


class City(NamedTuple):
    country: str
    name: str
    is_home: bool
    latitude: Decimal | float
    longitude: Decimal | float
    count: int

    def place(self, *, counted: bool) -> worldmap.Place:
        count = self.count if counted and not self.is_home else None
        return worldmap.Place(self.name, float(self.latitude), float(self.longitude), count=count, is_home=self.is_home)
