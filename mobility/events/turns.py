"""Whose turn it is: what waits for a person, counted by the state of the event; asks only."""

from collections.abc import Iterator
from datetime import date

from mobility.events import permissions
from mobility.events.models import Event, State, TeamMember
from mobility.events.querysets import faculties_of
from mobility.people.models import RoleKind, User

WISHES, LATE = "wishes", "late"


def own_answers(user: User) -> Iterator[Event]:
    """Events for whose team one is named and has not answered."""
    if user.holds(RoleKind.STUDENT):
        for member in TeamMember.objects.to_answer(user).select_related("event")[:5]:
            yield member.event


def turns(user: User, *, on: date) -> dict[str, int]:
    """State → how many events wait in it for this person; a dean's office has its wishes."""
    found: dict[str, int] = {}
    if permissions.is_deans_office(user):
        wishes = TeamMember.objects.put_forward().filter(faculty__in=faculties_of(user))
        found[WISHES] = wishes.filter(event__in=Event.objects.coming(on)).count()
    states = []
    if permissions.is_officer(user):
        states += [State.CONFIRMED, State.DECIDED, State.REPORTED]
    if user.holds(RoleKind.RECTOR):
        states.append(State.APPROVED)
    if states:
        found |= Event.objects.count_in(states, late_on=on)
    if not permissions.is_officer(user):
        found.pop(LATE, None)
    return {state: count for state, count in found.items() if count}
