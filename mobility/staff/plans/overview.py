"""A plan's programmes with the candidates that the reader may see; and plan against fact."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models.functions import ExtractMonth
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mobility.people.models import User
from mobility.staff.models import PEOPLES_NAMES, AnnualPlan, Form, LineState, PlanLine, PlanPlace, PlanState

from . import permissions

PLAN_PILLS = {
    PlanState.DRAFT: ("info", "pencil"),
    PlanState.OPEN: ("info", ""),
    PlanState.PREPARED: ("warn", "hourglass-split"),
    PlanState.APPROVED: ("ok", ""),
}
LINE_PILLS = {
    LineState.PROPOSED: ("info", "circle"),
    LineState.INCLUDED: ("ok", ""),
    LineState.LEFT_OUT: ("neutral", ""),
    LineState.APPROVED: ("ok", ""),
    LineState.CARRIED: ("neutral", "arrow-right"),
}
FACTS = {
    "not-begun": _("not begun"),
    "on-the-way": _("on the way"),
    "done": _("done"),
    "fell-through": _("did not take place"),
}
BY = {
    "department": _("Department"),
    "form": _("Form"),
    "partner": _("Where"),
    "month": _("Month"),
}


@dataclass
class Programme:
    """`may` are the links that stand beside it."""

    place: PlanPlace
    lines: list[dict[str, Any]] = field(default_factory=list)
    may: dict[str, bool] = field(default_factory=dict)

    @property
    def included(self) -> int:
        return sum(row["line"].state not in (LineState.PROPOSED, LineState.LEFT_OUT) for row in self.lines)

    @property
    def undecided(self) -> int:
        return sum(row["line"].state == LineState.PROPOSED for row in self.lines)

    @property
    def has_acts(self) -> bool:
        return any(row["may_change"] or row["may_begin"] for row in self.lines)


def programmes_of(plan: AnnualPlan, user: User, *, day: date) -> list[Programme]:
    """All programmes, and of each the candidates that this person may see."""
    found = {}
    for place in plan.places.select_related("partner"):
        place.plan = plan
        may = {
            "enter": permissions.can_enter_places(user, plan),
            "propose": permissions.can_propose(user, plan) and day <= plan.proposals_until,
            "choose": permissions.can_choose(user, place),
            "read_history": permissions.can_read_history(user),
        }
        found[place.pk] = Programme(place, may=may)
    for line in visible_lines(plan, user):
        line.place = found[line.place_id].place
        found[line.place_id].lines.append(_shown(line, user))
    return list(found.values())


def visible_lines(plan: AnnualPlan, user: User) -> Iterable[PlanLine]:
    lines = PlanLine.objects.visible_to(user).of_plan(plan).with_fact().in_order()
    return lines.select_related("place__partner", "department", "person__staff", "activity")


def _shown(line: PlanLine, user: User) -> dict[str, Any]:
    kind, icon = LINE_PILLS[LineState(line.state)]
    is_own = line.person_id == user.pk
    in_force = line.state in (LineState.APPROVED, LineState.CARRIED)
    return {
        "line": line,
        "word": PEOPLES_NAMES[line.state] if is_own else line.get_state_display(),
        "pill": kind,
        "icon": icon,
        "fact": FACTS[line.fact] if in_force else "",
        "activity": line.activity if in_force and line.fact == "on-the-way" else None,
        "may_change": permissions.can_change_line(user, line),
        "may_begin": permissions.can_begin(user, line),
    }


@dataclass(frozen=True)
class Fact:
    label: str
    planned: int
    done: int
    on_the_way: int
    not_begun: int
    fell_through: int


def facts_by(plan: AnnualPlan, user: User, by: str) -> list[Fact]:
    """Of the lines that this person may see, by department, form, partner or month."""
    lines = PlanLine.objects.visible_to(user).of_plan(plan).in_force()
    language = get_language()
    paths = {
        "department": {"name": f"department__name_{language}"},
        "form": {"name": "place__form"},
        "partner": {"name": f"place__partner__short_name_{language}", "elsewhere": "place__elsewhere"},
        "month": {"name": "month"},
    }
    if by == "month":
        lines = lines.annotate(month=ExtractMonth("place__starts"))
    rows = lines.counted_by(**{f"by_{name}": path for name, path in paths[by].items()})
    return [_fact(by, row) for row in sorted(rows, key=lambda row: str(row["by_name"]).zfill(2))]


def _fact(by: str, row: dict[str, Any]) -> Fact:
    name = row.pop("by_name")
    label = {
        "form": lambda: str(Form(name).label),
        "month": lambda: date_format(date(2000, int(name), 1), "F").lower(),
    }.get(by, lambda: name or row.get("by_elsewhere"))()
    row.pop("by_elsewhere", None)
    return Fact(label, **row)


def total_of(facts: list[Fact]) -> Fact:
    names = ("planned", "done", "on_the_way", "not_begun", "fell_through")
    return Fact(str(_("All")), **{name: sum(getattr(fact, name) for fact in facts) for name in names})
