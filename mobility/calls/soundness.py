"""Whether points can be counted by the JSON of a call's rules: what is wrong with it, in words."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _

from selection.engine.ranking import TIE_BREAKERS
from selection.engine.scoring import ACADEMIC, LANGUAGE

from .rubric import said

LANGUAGES = ("en", "ru", "be")
KNOWN_MODIFIERS = ["earlier_mobility"]
"""Those of the engine that something is known of: of leaving after a confirmation nothing is recorded yet."""


def faults_of(content: Mapping[str, Any]) -> list[str]:
    try:
        return list(_faults(content))
    except (KeyError, TypeError, ValueError, AttributeError) as broken:
        return [_("The rules cannot be read: %(what)s.") % {"what": broken}]


def _faults(content: Mapping[str, Any]) -> Iterator[str]:
    criteria = {row["code"]: row for row in content["criteria"]}
    first, last = content["eligibility"]["courses"]
    if not 1 <= first <= last <= 8:
        yield _("Course years go from %(first)s to %(last)s.") % {"first": first, "last": last}
    if not 0 <= content["eligibility"]["mark_floor"] <= 1000:
        yield _("The least mean mark is between 0 and 10.")
    if ACADEMIC not in criteria:
        yield _("Academic performance is always a criterion: it is missing.")
    if len(criteria) < len(content["criteria"]):
        yield _("Two criteria have the same code.")
    if len({row["code"] for row in content["catalogue"]}) < len(content["catalogue"]):
        yield _("Two achievements of the catalogue have the same code.")
    for row in content["criteria"]:
        yield from _faults_of_criterion(row)
    for row in content["catalogue"]:
        yield from _faults_of_entry(row, criteria)
    yield from _faults_of_order(content)


def _faults_of_criterion(row: Mapping[str, Any]) -> Iterator[str]:
    yield from _untitled(row)
    if row["cap"] <= 0:
        yield _("%(name)s: the most points are above zero.") % {"name": _name(row)}
    for group, most in row.get("groups", {}).items():
        if not 0 < most <= row["cap"]:
            told = _("%(name)s: the limit “%(group)s” is above zero, and no higher than the criterion’s own.")
            yield told % {"name": _name(row), "group": group}


def _faults_of_entry(row: Mapping[str, Any], criteria: Mapping[str, Any]) -> Iterator[str]:
    yield from _untitled(row)
    home = criteria.get(row["criterion"])
    if home is None or row["criterion"] in {ACADEMIC, LANGUAGE}:
        yield _("%(name)s: choose the criterion that it counts for.") % {"name": _name(row)}
    elif row.get("group") and row["group"] not in home.get("groups", {}):
        yield _("%(name)s: its group has no cap in the criterion.") % {"name": _name(row)}
    worth = [points for _least, points in row.get("steps", [])] or [row.get("points", 0)]
    if min(worth) <= 0:
        yield _("%(name)s: its points are above zero.") % {"name": _name(row)}
    if home is not None and max(worth) > home["cap"]:
        yield _("%(name)s: it gives more points than its criterion allows.") % {"name": _name(row)}


def _faults_of_order(content: Mapping[str, Any]) -> Iterator[str]:
    order = content["tie_breakers"]
    if set(order) - set(TIE_BREAKERS) or len(set(order)) < len(order):
        yield _("The order of what breaks ties names something unknown, or something twice.")
    if set(content["modifiers"]) - set(KNOWN_MODIFIERS) or any(points >= 0 for points in content["modifiers"].values()):
        yield _("What takes points away is not known, or takes none.")


def _untitled(row: Mapping[str, Any]) -> Iterator[str]:
    missing = [language for language in LANGUAGES if not row.get("title", {}).get(language)]
    if missing:
        words = {"name": _name(row), "languages": ", ".join(missing)}
        yield _("%(name)s: the title is missing in %(languages)s.") % words


def _name(row: Mapping[str, Any]) -> str:
    return said(row.get("title", {})) or row["code"]
