"""A call in words: how much time is left, what happens when, what a destination asks."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.web.templatetags.ui import moment, period, points
from partners.atlas import language_name

from .models import Call, Cutoff, Destination
from .phases import Phase, phase
from .rubric import titles_of

LAST_DAYS = 3
HOUR = timedelta(hours=1)


def time_left(call: Call, at: datetime) -> dict[str, Any] | None:
    """In days, and in hours on the last day; nothing where applications are not open. Amber in the last three days."""
    if phase(call, at) != Phase.OPEN:
        return None
    left = call.deadline - at
    if left >= timedelta(days=1):
        words = ngettext("%(count)s day left.", "%(count)s days left.", left.days) % {"count": left.days}
    else:
        hours = max(1, left // HOUR)
        words = ngettext("%(count)s hour left.", "%(count)s hours left.", hours) % {"count": hours}
    return {"words": words, "is_soon": left < timedelta(days=LAST_DAYS)}


def steps(call: Call, at: datetime) -> list[dict[str, str]]:
    """For the timeline: `what`, `when`, and whether it is done or under way."""
    found = phase(call, at)
    order = [Phase.OPEN, Phase.VERIFICATION, Phase.POINTS_SHOWN, Phase.PROTOCOLS, Phase.ANSWERS]
    rows = [
        (_("Students apply"), _days(call.opens_at, call.deadline)),
        (_("Deans’ offices check"), _until(call.verified_by)),
        (_("Applicants check their points"), _days(call.points_from, call.points_until)),
        (_("Faculties’ commissions decide"), _until(call.protocols_by)),
        (_("Results and answers"), _days(call.results_at, call.answers_by)),
    ]
    reached = list(Phase).index(found)
    return [
        {"what": what, "when": when, "state": _state(list(Phase).index(step), reached)}
        for step, (what, when) in zip(order, rows, strict=True)
    ]


def _state(step: int, reached: int) -> str:
    if step == reached:
        return "now"
    return "done" if step < reached else ""


def _days(first: datetime, last: datetime) -> str:
    return f"{period(timezone.localdate(first), timezone.localdate(last))}, {_hour(last)}"


def _until(last: datetime) -> str:
    return _("until %(moment)s") % {"moment": moment(last)}


def _hour(at: datetime) -> str:
    return timezone.localtime(at).strftime("%H:%M")


def requirements(place: Destination, rules: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """Label and value of each thing that a student must have to choose this destination."""
    eligibility = (rules or {}).get("eligibility", {})
    floor = max(place.mark_floor or 0, eligibility.get("mark_floor", 0))
    language = f"{language_name(place.language)} {place.language_level}".strip() if place.language_level else ""
    rows = [
        (_("Mean mark"), _("%(mark)s or more") % {"mark": points(floor / 100)} if floor else ""),
        (_("Language"), language),
        (_("Specialty"), place.specialty or ", ".join(eligibility.get("specialties", []))),
        (_("Course years"), course_years(place, eligibility)),
        (_("Debts and sanctions"), _("none in force")),
    ]
    return [{"label": label, "value": value} for label, value in rows if value]


def weighed_here(place: Destination, rules: Mapping[str, Any] | None) -> list[dict[str, Any]]:
    """What counts otherwise at this destination than the rules of the call say: label and value, as a list shows it."""
    criteria = titles_of((rules or {}).get("criteria", []))
    rows = [
        {"label": criteria.get(code, code), "value": _("%(percent)s%% of its points") % {"percent": percent}}
        for code, percent in place.weights.items()
    ]
    if place.counts_language:
        worth = _("its points count here, unless it is the language of your schooling")
        rows.append({"label": language_name(place.language) or _("Language"), "value": worth})
    return rows


def course_years(place: Destination, eligibility: Mapping[str, Any]) -> str:
    first, last = eligibility.get("courses", (1, 6))
    first, last = max(first, place.first_course_year or first), min(last, place.last_course_year or last)
    return str(first) if first == last else f"{first}–{last}"


def cutoff_of_call(lowest: int | None, state: str | None) -> str:
    """Of a destination: the lowest among its faculties, or that nobody who met the requirements was refused."""
    if lowest is None:
        return _("everyone") if state == Cutoff.State.OPEN else "–"
    return points(lowest / 100)
