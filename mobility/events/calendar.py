"""Events, confirmed places of the competition and staff trips of one year, side by side; reads only."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from django.db.models import Count
from django.urls import reverse
from django.utils.dates import MONTHS
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _later

from mobility.events.models import OFF, Event
from mobility.events.querysets import SEES_ALL, faculties_of
from mobility.staff.models import Activity
from mobility.students.models import Offer

MOST = 600
"""Rows of one year on one page; one kind narrows them."""
EVENTS, PLACES, TRIPS = "events", "places", "trips"
KINDS = {EVENTS: _later("Students' events"), PLACES: _later("Confirmed places"), TRIPS: _later("Staff trips")}


@dataclass(frozen=True)
class Entry:
    """One line: what, where, its days; `second` draws it in the other colour."""

    kind: str
    title: str
    note: str
    url: str
    starts: date
    ends: date

    @property
    def kind_name(self) -> str:
        return str(KINDS[self.kind])

    @property
    def second(self) -> bool:
        return self.kind != EVENTS


def of_year(user: Any, year: int, *, kind: str = "") -> list[Entry]:
    sources = {EVENTS: _events, PLACES: _places, TRIPS: _trips}
    found = [entry for name, read in sources.items() if kind in ("", name) for entry in read(user, year)]
    return sorted(found, key=lambda entry: (entry.starts, entry.ends, entry.title))


def _events(user: Any, year: int) -> Iterator[Entry]:
    rows = Event.objects.visible_to(user).of_year(year).exclude(state__in=OFF).select_related("partner").with_team()
    for event in rows.order_by("starts", "pk")[: MOST + 1]:
        students = ngettext("%(count)s student", "%(count)s students", event.team) % {"count": event.team}
        note = f"{event.host_name} · {students}"
        yield Entry(EVENTS, event.title, note, event.get_absolute_url(), event.starts, event.ends)


def _places(user: Any, year: int) -> Iterator[Entry]:
    """One line a destination; a dean's office counts its own students."""
    won = Offer.objects.filter(state=Offer.State.CONFIRMED, destination__starts__lte=date(year, 12, 31))
    won = won.filter(destination__ends__gte=date(year, 1, 1))
    if not {role.kind for role in user.roles} & SEES_ALL:
        won = won.filter(application__faculty__in=faculties_of(user))
    language = get_language()
    fields = (
        "destination__call__code", "destination__code", f"destination__call__title_{language}",
        f"destination__condition__partner__short_name_{language}", "destination__starts", "destination__ends",
    )  # fmt: skip
    for call, code, title, host, starts, ends, count in won.order_by().values_list(*fields).annotate(n=Count("pk")):
        students = ngettext("%(count)s student", "%(count)s students", count) % {"count": count}
        yield Entry(
            PLACES, host, f"{title} · {students}", reverse("destination-detail", args=[call, code]), starts, ends
        )


def _trips(user: Any, year: int) -> Iterator[Entry]:
    rows = Activity.objects.visible_to(user).seated().of_year(year).select_related("person", "partner")
    for trip in rows.order_by("starts", "pk")[: MOST + 1]:
        told = _("%(person)s (a guest)") if trip.is_guest else "%(person)s"
        name = told % {"person": trip.person}
        yield Entry(TRIPS, name, f"{trip.subject} · {trip.host_name}", trip.get_absolute_url(), trip.starts, trip.ends)


def months(entries: list[Entry], year: int) -> list[dict[str, Any]]:
    """By the month of the first day within the year; each with where its bar lies in the year, in hundredths."""
    grouped = groupby(entries, key=lambda entry: max(entry.starts, date(year, 1, 1)).month)
    return [{"name": str(MONTHS[month]), "rows": [_drawn(row, year) for row in rows]} for month, rows in grouped]


def _drawn(entry: Entry, year: int) -> dict[str, Any]:
    first, last = max(entry.starts, date(year, 1, 1)), min(entry.ends, date(year, 12, 31))
    days = 337 + monthrange(year, 2)[1]
    x = round(100 * (first - date(year, 1, 1)).days / days, 2)
    return {"entry": entry, "x": x, "width": round(max(100 * ((last - first).days + 1) / days, 1), 2)}
