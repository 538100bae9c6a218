"""The one door of an event's state: lock it, look where it stands, move it with who, when and why."""

from collections.abc import Iterable
from datetime import datetime

from django.utils import timezone

from mobility.events.models import BEFORE_ORDER, DONE, PLANNED, Event, MemberState, State, Step, StepKind, TeamMember
from mobility.journal import actions as journal
from mobility.people.academic_years import AcademicYear
from mobility.people.calendar import weeks_of
from mobility.people.models import User
from mobility.post.actions import queue
from mobility.web.refusals import refuse_unless
from partners.actions import flows
from partners.models import Direction

TOLD = {
    StepKind.DECIDED,
    StepKind.REFUSED,
    StepKind.ORDERED,
    StepKind.CANCELLED,
    StepKind.CLOSED,
    StepKind.REPORT_RETURNED,
}
"""These concern the whole team."""
TOLD_WIDELY = {StepKind.REFUSED, StepKind.CANCELLED}
"""These concern whoever put themselves forward or was to step in, too."""
TOLD_ONE = {
    StepKind.NAMED,
    StepKind.NOT_CHOSEN,
    StepKind.TAKEN_OFF,
    StepKind.LAPSED,
    StepKind.COMPETED,
    StepKind.REPLACEMENT_ORDERED,
}
"""These concern one student."""


def locked(event: Event, *states: str) -> Event:
    """As it is now; who comes second finds the state that the first has left."""
    found: Event = Event.objects.select_for_update(of=("self",), no_key=True).get(pk=event.pk)
    refuse_unless(found, *states)
    return found


def member_again(event: Event, member: TeamMember, *states: str) -> TeamMember:
    """As it is now, under the event's lock."""
    found: TeamMember = TeamMember.objects.select_related("person", "faculty").get(pk=member.pk, event=event)
    found.event = event
    refuse_unless(found, *states)
    return found


def move(
    event: Event, *, to: str, kind: str, by: User | None, at: datetime, reason: str = "", also: tuple[str, ...] = ()
) -> None:
    """A new state with its step and its entry in the journal; the team gets a letter. `also` are saved too."""
    _set(event, to, at, also=also)
    note(event, kind=kind, by=by, at=at, reason=reason)
    if kind in TOLD:
        concerned = event.members.concerned() if kind in TOLD_WIDELY else event.members.in_team()
        tell(event, concerned.select_related("person"), kind=kind, by=by, reason=reason)


def _set(event: Event, to: str, at: datetime, *, also: tuple[str, ...] = ()) -> None:
    event.state, event.since = to, at
    event.save(update_fields=["state", "since", *also])
    tell_partners(event)


def become(member: TeamMember, state: str, *, at: datetime, reason: str = "") -> None:
    """A student's new state, with whatever else of them the act has changed."""
    member.state, member.since, member.reason = state, at, reason
    member.save()


def note(
    event: Event,
    *,
    kind: str,
    by: User | None,
    at: datetime,
    reason: str = "",
    member: TeamMember | None = None,
) -> None:
    """A step that leaves the event's state as it is; one that concerns a student is told to them."""
    Step.objects.create(event=event, member=member, kind=kind, by=by, at=at, reason=reason)
    journal.record(event=kind, of=event, by=by, reason=reason)
    if member is not None and kind in TOLD_ONE:
        tell(event, [member], kind=kind, by=by, reason=reason)


def tell(event: Event, members: Iterable[TeamMember], *, kind: str, by: User | None, reason: str) -> None:
    for member in members:
        person = member.person
        if person.email and person.is_active and person != by:
            context = {"event": event, "step": StepKind(kind), "reason": reason, "member": member}
            queue(template="events/mail/moved", to=person, context=context)


def settle(event: Event, *, at: datetime) -> None:
    """Where the naming stands follows from the team: nobody, somebody to confirm, everybody has confirmed.

    A team that changes after its approval is approved anew.
    """
    if event.state not in BEFORE_ORDER:
        return
    states = set(event.members.in_team().values_list("state", flat=True))
    to = State.CONFIRMED if states == {MemberState.CONFIRMED} else State.NAMED if states else State.ANNOUNCED
    if event.state != to:
        _set(event, to, at)


def tell_partners(event: Event) -> None:
    """Approved they are planned, back they are done; called off they are neither."""
    if event.partner is None:
        return
    people = event.members.confirmed().count()
    group = flows.Amount(people, people * weeks_of(event.starts, event.ends))
    flows.put(
        source=f"events.event/{event.pk}",
        institution=event.partner,
        academic_year=AcademicYear.of(event.starts),
        direction=Direction.OUTGOING,
        kind=event.kind,
        planned=group if event.state in (*PLANNED, *DONE) else flows.NOBODY,
        done=group if event.state in DONE else flows.NOBODY,
    )


def move_by_the_calendar(event: Event, *, at: datetime) -> None:
    """Left on the first day, back after the last one: the calendar's steps are nobody's."""
    day = timezone.localdate(at)
    if event.state == State.ORDERED and event.starts <= day:
        move(event, to=State.AWAY, kind=StepKind.DEPARTED, by=None, at=at)
    if event.state == State.AWAY and event.ends < day:
        move(event, to=State.REPORT_DUE, kind=StepKind.CAME_BACK, by=None, at=at)
