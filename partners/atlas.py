"""Where partners are, for the map of their list and of the pages above."""

from decimal import Decimal
from typing import Any, NamedTuple

from django.db.models import QuerySet
from django.utils.translation import get_language

from mobility.web import worldmap
from partners.models import Institution


def map_of(partners: QuerySet) -> dict[str, Any] | None:
    """What _ui/map.html shows of them and of us; nothing where none of them has a place."""
    cities = [City(*row) for row in (partners | Institution.objects.home()).cities(get_language())]
    abroad = [city for city in cities if not city.is_home]
    if not abroad:
        return None
    return {
        "drawn": worldmap.drawn([city.place() for city in cities]),
        "partners": sorted({city.country for city in abroad}),
        "home": next((city.country for city in cities if city.is_home), ""),
        "placed": sum(city.count for city in abroad),
    }


class City(NamedTuple):
    country: str
    name: str
    is_home: bool
    latitude: Decimal
    longitude: Decimal
    count: int

    def place(self) -> worldmap.Place:
        count = None if self.is_home else self.count
        return worldmap.Place(self.name, float(self.latitude), float(self.longitude), count=count, is_home=self.is_home)
