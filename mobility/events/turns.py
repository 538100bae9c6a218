"""Whose turn it is: what waits for a person, by the state of the event; asks only."""

from collections.abc import Iterator
from datetime import date

from django.db.models import Q, QuerySet

from mobility.events import permissions
from mobility.events.models import Event, State, Substitution, TeamMember
from mobility.events.querysets import being_in, faculties_of, late
from mobility.people.models import RoleKind, User
from mobility.students.models import Offer

WISHES, TEAMS, SILENT, SUBSTITUTED, LATE = "wishes", "teams", "silent", "substituted", "late"
WINNERS = "winners"


def own_answers(user: User) -> Iterator[Event]:
    """Events for whose team one is named and has not answered."""
    if user.holds(RoleKind.STUDENT):
        for member in TeamMember.objects.to_answer(user).select_related("event")[:5]:
            yield member.event


def own_reports(user: User) -> Iterator[Event]:
    """Events that one was at, or accompanied, and whose report is awaited."""
    if permissions.can_open_own(user):
        yield from Event.objects.of_own_report(user).order_by("report_due")[:5]


def turns(user: User, *, on: date) -> dict[str, QuerySet]:
    """State → the events that wait in it for this person; a dean's office has its wishes."""
    found: dict[str, QuerySet] = {}
    if permissions.is_deans_office(user):
        wishes = TeamMember.objects.put_forward().filter(faculty__in=faculties_of(user))
        found[WISHES] = wishes.filter(event__in=Event.objects.coming(on))
        found[TEAMS] = Event.objects.without_a_team(on)
    return found | {state: Event.objects.filter(asked) for state, asked in _asked_of(user, on).items()}


def _asked_of(user: User, on: date) -> dict[str, Q]:
    asked: dict[str, Q] = {}
    if permissions.is_officer(user):
        asked |= {state: Q(state=state) for state in (State.CONFIRMED, State.DECIDED, State.REPORTED)}
        asked |= {LATE: late(on), SUBSTITUTED: being_in(Substitution.objects.to_order()), WINNERS: _won()}
    if permissions.is_officer(user) or permissions.is_deans_office(user):
        asked[SILENT] = being_in(TeamMember.objects.visible_to(user).silent(on))
    if user.holds(RoleKind.RECTOR):
        asked |= {State.APPROVED: Q(state=State.APPROVED)}
        asked[SUBSTITUTED] = asked.get(SUBSTITUTED, Q()) | being_in(Substitution.objects.to_decide())
    return asked


def _won() -> Q:
    """A place of the event's call is confirmed, and no winner is still asked."""
    confirmed, asked = (
        Offer.objects.filter(state=state).values("application__call")
        for state in (Offer.State.CONFIRMED, Offer.State.OPEN)
    )
    return Q(state=State.COMPETED, call__in=confirmed) & ~Q(call__in=asked)
