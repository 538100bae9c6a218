"""The list of events as a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.events.models import Kind, State
from partners.atlas import country_name


def header() -> list[str]:
    return [
        _("Title"),
        _("Kind"),
        _("Institution"),
        _("Country"),
        _("City"),
        _("First day"),
        _("Last day"),
        _("Places for us"),
        _("Confirmed"),
        _("State"),
        _("Report due"),
    ]


def rows(events: Any) -> Iterator[list[Any]]:
    fields = (
        "title", "kind", f"partner__name_{get_language()}", "elsewhere", "country", "city", "starts", "ends", "places",
        "agreed", "state", "report_due",
    )  # fmt: skip
    for title, kind, partner, elsewhere, country, city, *days, state, due in events.values_list(*fields):
        yield [
            title, str(Kind(kind).label), partner or elsewhere, country_name(country), city, *days,
            str(State(state).label), due,
        ]  # fmt: skip
