"""What awaits a person of students' events: an answer of one's own, and each office's turn on its own list."""

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.awaiting.tasks import Pile, Task, shown
from mobility.events import turns
from mobility.events.permissions import can_open_board
from mobility.people.models import User


def events_of(user: User, *, at: datetime) -> Iterator[Task | Pile]:
    """A student's own answer, and each office's turn on its own list."""
    for event in turns.own_answers(user):
        yield Task(
            name=_("Say whether you go: %(title)s") % {"title": event.title},
            hint=_("You are named for the team; the others wait."),
            url=event.get_absolute_url(),
        )
    for event in turns.own_reports(user):
        yield Task(
            name=_("Write the report: %(title)s") % {"title": event.title},
            hint=_("It is due on %(day)s.") % {"day": date_format(event.report_due)},
            url=event.get_absolute_url(),
            state="problem" if event.report_due < timezone.localdate(at) else "todo",
        )
    board = reverse("event-board") if can_open_board(user) else reverse("event-faculty")

    def told(state: str, count: int) -> Task:
        name = EVENTS[state](count) % {"count": shown(count)}
        address = reverse("event-faculty") if state == turns.WISHES else f"{board}?state={STATES.get(state, state)}"
        is_bad = state in (turns.LATE, turns.SILENT)
        return Task(name=name, hint="", url=address, state="problem" if is_bad else "todo")

    for state, rows in turns.turns(user, on=timezone.localdate(at)).items():
        yield Pile(rows, partial(told, state))


def wishes_to_read(count: int) -> str:
    return ngettext(
        "%(count)s student put themselves forward for an event",
        "%(count)s students put themselves forward for events",
        count,
    )


def teams_to_name(count: int) -> str:
    return ngettext("%(count)s event has no team yet", "%(count)s events have no team yet", count)


def silent_teams(count: int) -> str:
    return ngettext(
        "%(count)s event's students have not answered in time",
        "%(count)s events' students have not answered in time",
        count,
    )


def substitutions(count: int) -> str:
    return ngettext(
        "%(count)s event's substitution waits for you", "%(count)s events' substitutions wait for you", count
    )


def teams_to_approve(count: int) -> str:
    return ngettext("%(count)s event's team is to be approved", "%(count)s events' teams are to be approved", count)


def events_to_decide(count: int) -> str:
    return ngettext("%(count)s event waits for your decision", "%(count)s events wait for your decision", count)


def winners_to_take(count: int) -> str:
    return ngettext(
        "The winners of %(count)s event's call are to be taken as its team",
        "The winners of %(count)s events' calls are to be taken as their teams",
        count,
    )


def event_orders(count: int) -> str:
    return ngettext("%(count)s event's order is to be issued", "%(count)s events' orders are to be issued", count)


def event_reports(count: int) -> str:
    return ngettext("%(count)s event's report is to be accepted", "%(count)s events' reports are to be accepted", count)


def event_reports_late(count: int) -> str:
    return ngettext("%(count)s event's report is late", "%(count)s events' reports are late", count)


EVENTS: dict[str, Callable[[int], str]] = {
    turns.WISHES: wishes_to_read,
    turns.TEAMS: teams_to_name,
    turns.SILENT: silent_teams,
    turns.SUBSTITUTED: substitutions,
    turns.LATE: event_reports_late,
    turns.WINNERS: winners_to_take,
    "confirmed": teams_to_approve,
    "approved": events_to_decide,
    "decided": event_orders,
    "reported": event_reports,
}

STATES = {turns.TEAMS: "announced", turns.WINNERS: "competed"}
"""What a turn is called in the list's filter, where its state has another name."""
