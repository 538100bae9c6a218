"""What a call offers, as its public pages show it: rows of destinations, their map, last year's cut-offs."""

from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.people.models import Faculty
from mobility.web.templatetags.ui import points as in_points
from partners.atlas import City, map_of_cities
from partners.models import Institution

from .models import Call, Cutoff, Destination, Quota

MOST_CITIES = 80


def rows_of(call: Call) -> QuerySet[Destination]:
    """Destinations with their partner's `name`, `city`, the `faculties` that have a quota and last year's cut-off."""
    language = get_language() or "en"
    partner = "condition__partner__"
    quotas = Quota.objects.filter(destination=OuterRef("pk"), seats__gt=0).order_by("faculty__position")
    last = Cutoff.objects.filter(
        destination__call=call.previous_id, destination__condition__partner=OuterRef("condition__partner")
    )
    lowest = last.filter(state=Cutoff.State.AT).order_by("points").values("points")[:1]
    someone_left = last.exclude(state=Cutoff.State.AT).order_by("-state").values("state")[:1]
    return call.destinations.annotate(
        name=F(f"{partner}short_name_{language}"),
        sort_name=F(f"{partner}sort_name_{language}"),
        city=Coalesce(NullIf(F(f"{partner}city_{language}"), Value("")), F(f"{partner}city")),
        country=F(f"{partner}country"),
        faculties=ArraySubquery(quotas.annotate(said=_short_name("faculty__", language)).values("said")),
        cutoff=Subquery(lowest),
        cutoff_state=Subquery(someone_left),
        pays=Coalesce(NullIf(F(f"costs_{language}"), Value("")), F("costs_en"), Value(""), output_field=TextField()),
    )


def _short_name(prefix: str, language: str) -> Any:
    return Coalesce(NullIf(F(f"{prefix}short_name_{language}"), Value("")), F(f"{prefix}name_{language}"))


def map_of(destinations: QuerySet[Destination], home: City | None) -> dict[str, Any] | None:
    """One mark a city with its number of places; nothing where there are too many to draw."""
    language = get_language() or "en"
    partner = "condition__partner__"
    rows = list(
        destinations.order_by()
        .filter(condition__partner__latitude__isnull=False)
        .values_list(
            f"{partner}country",
            f"{partner}city",
            f"{partner}city_{language}",
            f"{partner}latitude",
            f"{partner}longitude",
            "seats",
        )[: MOST_CITIES * 3]
    )
    cities: dict[tuple[str, str], list[Any]] = {}
    for country, own, translated, latitude, longitude, seats in rows:
        city = cities.setdefault((country, translated or own), [latitude, longitude, 0])
        city[2] += seats
    if not cities or len(cities) > MOST_CITIES:
        return None
    drawn = [City(country, name, False, *place) for (country, name), place in cities.items()]
    return map_of_cities([*drawn, *([home] if home else [])])


def cutoff_words(state: str | None, points: int | None) -> str:
    """For one faculty; an empty text where there was no quota last year."""
    if state == Cutoff.State.OPEN:
        return _("everyone")
    if state == Cutoff.State.CLOSED:
        return _("nobody")
    return "" if points is None else in_points(points / 100)


def last_cutoffs(call: Call, faculty: Faculty) -> dict[int, str]:
    """Partner → the cut-off of the faculty there in last year's call, in words."""
    found = Cutoff.objects.filter(destination__call=call.previous_id, faculty=faculty)
    rows = found.values_list("destination__condition__partner", "state", "points")
    return {partner: cutoff_words(state, points) for partner, state, points in rows}


def home_city() -> City | None:
    found = Institution.objects.home().cities(get_language() or "en").first()
    return City(*found) if found else None
