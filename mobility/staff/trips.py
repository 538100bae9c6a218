"""A spreadsheet of earlier years' trips: its columns, and what is there before an import."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from mobility.staff.models import Activity
from mobility.web.spreadsheets import Heading


@dataclass(frozen=True)
class RowKey:
    """The person and the first day: nobody begins two trips on one day. Shown by the name."""

    person: int
    starts: date
    name: str = field(default="", compare=False)

    def __str__(self) -> str:
        return self.name


HEADINGS = [
    Heading("person", [_("who travelled"), _("e-mail")], required=True),
    Heading("form", [_("form")], required=True),
    Heading("subject", [_("subject")], required=True),
    Heading("institution", [_("institution")], required=True),
    Heading("country", [_("country")]),
    Heading("city", [_("city")]),
    Heading("starts", [_("first day")], required=True),
    Heading("ends", [_("last day")], required=True),
    Heading("result", [_("result")]),
]


def header() -> list[str]:
    return [str(heading.names[0]) for heading in HEADINGS]


def key_of(values: Mapping[str, Any]) -> RowKey:
    return RowKey(values["person"].pk, values["starts"], str(values["person"]))


def present(keys: Iterable[RowKey]) -> dict[RowKey, dict[str, Any]]:
    keys = list(keys)
    found = Activity.objects.filter(person__in={key.person for key in keys}, starts__in={key.starts for key in keys})
    rows = found.seated().select_related("person", "partner", "report")
    return {RowKey(row.person_id, row.starts): values_of(row) for row in rows}


def values_of(activity: Activity) -> dict[str, Any]:
    report = getattr(activity, "report", None)
    return {
        "person": activity.person,
        "form": activity.form,
        "subject": activity.subject,
        "institution": activity.partner or activity.elsewhere,
        "country": activity.country.code,
        "city": activity.city,
        "starts": activity.starts,
        "ends": activity.ends,
        "result": report.results if report else "",
    }
