"""How many left and came, by year, form, country and department: of what was approved and not called off."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Avg, Count, Value
from django.db.models.functions import Coalesce, NullIf
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.staff.models import Activity, Form
from mobility.web.charts import Bars, Pair, bars
from partners.atlas import City, country_name, map_of_cities
from partners.models import Institution

LONGEST = 15
"""Rows of a chart; the spreadsheet has all."""
MARKS = 40
"""Cities on the map, the most visited; more make no picture."""


def seated(user: Any) -> Any:
    return Activity.objects.visible_to(user).seated()


def by_year(activities: Any) -> list[Pair]:
    return [Pair(str(year), out, into) for year, out, into in activities.counted_by("year")]


def by_form(activities: Any) -> list[Pair]:
    counted = {form: (out, into) for form, out, into in activities.counted_by("form")}
    return [Pair(str(Form(form).label), *counted.get(form, (0, 0))) for form in Form.values]


def by_country(activities: Any) -> list[Pair]:
    return _largest(Pair(country_name(code), out, into) for code, out, into in activities.counted_by("country"))


def by_department(activities: Any) -> list[Pair]:
    named = activities.exclude(department=None).counted_by(f"department__name_{get_language()}")
    return _largest(Pair(name, out, into) for name, out, into in named)


def by_partner(activities: Any) -> list[Pair]:
    named = activities.exclude(partner=None).counted_by(f"partner__short_name_{get_language()}")
    return _largest(Pair(name, out, into) for name, out, into in named)


def by_city(activities: Any) -> dict[str, Any] | None:
    """What _ui/map.html shows: our university, and the partners' cities with how many left for them and came."""
    language = get_language()
    name = Coalesce(
        NullIf(f"partner__city_{language}", Value("")), NullIf("partner__city_en", Value("")), "partner__city"
    )
    there = activities.filter(partner__latitude__isnull=False).order_by().values_list("partner__country", name)
    place = {"latitude": Avg("partner__latitude"), "longitude": Avg("partner__longitude")}
    rows = there.annotate(**place, count=Count("pk")).order_by("-count", "partner__country")[:MARKS]
    cities = [City(country, city, False, *rest) for country, city, *rest in rows]
    return map_of_cities([*cities, *(City(*row) for row in Institution.objects.home().cities(language))])


def _largest(pairs: Iterable[Pair]) -> list[Pair]:
    return sorted(pairs, key=lambda pair: (-pair.first - pair.second, pair.label))


def charts(activities: Any) -> list[tuple[str, str, list[Bars], int]]:
    """Title, what the rows are, the rows drawn, and how many more there are."""
    return [
        (title, row, bars(pairs[:LONGEST]), max(0, len(pairs) - LONGEST)) for title, row, pairs in tables(activities)
    ]


def tables(activities: Any) -> Iterator[tuple[str, str, list[Pair]]]:
    yield _("By form"), _("Form"), by_form(activities)
    yield _("By country"), _("Country"), by_country(activities)
    yield _("By department"), _("Department"), by_department(activities)
    yield _("By partner"), _("Partner"), by_partner(activities)


def sheet_rows(years: Iterable[int], activities: Any) -> Iterator[list[Any]]:
    """Every table of every year, one under the other: year, table, row, out, in."""
    for year in years:
        for title, _row, pairs in tables(activities.filter(year=year)):
            for pair in pairs:
                yield [int(year), title, pair.label, pair.first, pair.second]
