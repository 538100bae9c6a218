"""The one door of an activity's state: lock it, look where it stands, move it with who, when and why."""

from datetime import date, datetime

from django.utils import timezone

from mobility.journal import actions as journal
from mobility.people.academic_years import AcademicYear
from mobility.people.calendar import add_working_days, weeks_of
from mobility.people.models import CalendarDay, User
from mobility.post.actions import queue
from mobility.staff.models import (
    WAITING,
    WRITTEN,
    Activity,
    Amendment,
    LineState,
    PlanLine,
    State,
    Step,
    StepKind,
)
from mobility.web.refusals import refuse_unless
from partners.actions import flows
from partners.models import Direction

REPORT_WITHIN = 10
"""Working days after the last day."""
PLANNED = (State.APPROVED, State.ORDERED, State.UNDER_WAY)
UNDECIDED = (*WRITTEN, *WAITING)
DONE = (State.REPORT_DUE, State.REPORTED, State.ACCEPTED)
TOLD = {
    StepKind.RETURNED,
    StepKind.REFUSED,
    StepKind.APPROVED,
    StepKind.ORDERED,
    StepKind.CANCELLED,
    StepKind.REPORT_RETURNED,
    StepKind.CHANGE_REFUSED,
    StepKind.CHANGE_ORDERED,
}


def locked(activity: Activity, *states: str) -> Activity:
    """As it is now; who comes second finds the state that the first has left."""
    found: Activity = Activity.objects.select_for_update(of=("self",)).get(pk=activity.pk)
    refuse_unless(found, *states)
    return found


def move(
    activity: Activity,
    *,
    to: str,
    kind: str,
    by: User | None,
    at: datetime,
    reason: str = "",
    also: tuple[str, ...] = (),
) -> None:
    """A new state with its step and its entry in the journal; whom it concerns gets a letter. `also` are saved too."""
    activity.state, activity.since = to, at
    activity.save(update_fields=["state", "since", *also])
    tell_partners(activity)
    note(activity, kind=kind, by=by, at=at, reason=reason)


def note(
    activity: Activity,
    *,
    kind: str,
    by: User | None,
    at: datetime,
    reason: str = "",
    amendment: Amendment | None = None,
) -> None:
    """A step that leaves the state as it is."""
    Step.objects.create(activity=activity, amendment=amendment, kind=kind, by=by, at=at, reason=reason)
    journal.record(event=kind, of=activity, by=by, reason=reason)
    if kind in TOLD:
        tell(activity, kind=kind, by=by, reason=reason)


def tell(activity: Activity, *, kind: str, by: User | None, reason: str) -> None:
    reader = activity.author if activity.is_guest else activity.person
    if reader.email and reader.is_active and reader != by:
        step = StepKind(kind)
        queue(template="staff/mail/moved", to=reader, context={"activity": activity, "step": step, "reason": reason})


def tell_partners(activity: Activity) -> None:
    """Approved it is planned, back it is done; called off it is neither. Of a plan's line it takes the place."""
    if line := PlanLine.objects.filter(activity=activity).select_related("place__partner").first():
        line.activity = activity
        tell_partners_of_plan(line)
    if activity.partner is None:
        return
    one = flows.Amount(1, weeks_of(activity.starts, activity.ends))
    flows.put(
        source=f"staff.activity/{activity.pk}",
        institution=activity.partner,
        academic_year=AcademicYear.of(activity.starts),
        direction=activity.direction,
        kind=activity.form,
        planned=one if activity.state in (*PLANNED, *DONE) else flows.NOBODY,
        done=one if activity.state in DONE else flows.NOBODY,
    )


def tell_partners_of_plan(line: PlanLine) -> None:
    """Somebody in the approved plan is planned, until the rector has decided on their memo."""
    place = line.place
    if place.partner is None:
        return
    is_undecided = line.activity is None or line.activity.state in UNDECIDED
    counts = line.state == LineState.APPROVED and is_undecided
    flows.put(
        source=f"staff.plan/{line.pk}",
        institution=place.partner,
        academic_year=AcademicYear.of(place.starts),
        direction=Direction.OUTGOING,
        kind=place.form,
        planned=flows.Amount(1, weeks_of(place.starts, place.ends)) if counts else flows.NOBODY,
    )


def due_after(last_day: date) -> date:
    return add_working_days(last_day, REPORT_WITHIN, CalendarDay.objects.exceptions())


def move_by_the_calendar(activity: Activity, *, at: datetime) -> None:
    """Left on the first day, back after the last one: the calendar's steps are nobody's."""
    day = timezone.localdate(at)
    if activity.state == State.ORDERED and activity.starts <= day:
        move(activity, to=State.UNDER_WAY, kind=StepKind.DEPARTED, by=None, at=at)
    if activity.state == State.UNDER_WAY and activity.ends < day:
        move(activity, to=State.REPORT_DUE, kind=StepKind.CAME_BACK, by=None, at=at)
