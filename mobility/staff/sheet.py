"""The list of activities as a spreadsheet."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from mobility.staff.models import Form, State
from partners.atlas import country_name
from partners.models import Direction


def header() -> list[str]:
    return [
        _("Who travels"),
        _("Department"),
        _("Form"),
        _("Direction"),
        pgettext("of a trip", "Subject"),
        _("Institution"),
        _("Country"),
        _("City"),
        _("First day"),
        _("Last day"),
        _("State"),
        _("Report due"),
    ]


def rows(activities: Any) -> Iterator[list[Any]]:
    language = get_language()
    fields = (
        "person__family_name", "person__given_name", f"department__name_{language}", "form", "direction", "subject",
        f"partner__name_{language}", "elsewhere", "country", f"partner__city_{language}", "partner__city_en", "city",
        "starts", "ends", "state", "report_due",
    )  # fmt: skip
    for family, given, department, form, way, subject, partner, elsewhere, country, *rest in activities.values_list(
        *fields
    ):
        city_here, city_english, city, starts, ends, state, due = rest
        yield [
            f"{family} {given}".strip(), department, str(Form(form).label), str(Direction(way).label), subject,
            partner or elsewhere, country_name(country),
            city_here or city_english or city, starts, ends, str(State(state).label), due,
        ]  # fmt: skip
