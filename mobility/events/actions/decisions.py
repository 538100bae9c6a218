"""From International Relations' approval to the rector's decision. Locks: condition, event, people."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.calls.models import Destination
from mobility.events.models import Event, State, StepKind
from mobility.people.academic_years import AcademicYear
from mobility.people.models import User
from mobility.staff.actions import memos
from mobility.staff.models import Activity, Form, Part
from mobility.web.refusals import need
from partners.models import Condition, Direction

from .events import free_everybody
from .steps import locked, move
from .team import refuse_unfit


@transaction.atomic
def approve(*, event: Event, by: User, at: datetime) -> Event:
    """The team as it confirmed itself: still fit, within the agreement's seats. Who accompanies gets a memo."""
    condition = _lock_condition(event)
    event = locked(event, State.CONFIRMED)
    if event.condition_id != (condition.pk if condition else None):
        raise ValidationError(_("The event was changed meanwhile. Look again."), code="changed-meanwhile")
    team = list(event.members.confirmed().select_related("person"))
    refuse_unfit(event, [member.person for member in team])
    if condition:
        _refuse_without_seats(event, condition, len(team))
    if event.chaperone and event.trip is None:
        event.trip = _trip_of(event, event.chaperone, len(team), by=by, at=at)
    move(event, to=State.APPROVED, kind=StepKind.APPROVED, by=by, at=at, also=("trip",))
    return event


def _lock_condition(event: Event) -> Condition | None:
    if event.condition_id is None:
        return None
    found: Condition = Condition.objects.select_for_update(of=("self",)).get(pk=event.condition_id)
    return found


def _refuse_without_seats(event: Event, condition: Condition, asked: int) -> None:
    year = AcademicYear.of(event.starts)
    seats = Condition.objects.with_seats_of(year).get(pk=condition.pk).counted
    others = Event.objects.taken_of(condition, first=year.first_day, last=year.last_day, but=event)
    in_calls = Destination.objects.given_of(condition, str(year)) - (event.places if event.call else 0)
    taken = others + in_calls
    if taken + asked > seats:
        raise ValidationError(
            _("The agreement gives %(seats)s seats in %(year)s, %(taken)s of them are taken; the team has %(asked)s."),
            code="no-seat",
            params={"seats": seats, "year": str(year), "taken": taken, "asked": asked},
        )


def _trip_of(event: Event, person: User, students: int, *, by: User, at: datetime) -> Activity:
    """A staff activity with nothing typed twice; it goes its own way to the head and the rector."""
    staff = getattr(person, "staff", None)
    values = {
        "subject": event.title,
        "partner": event.partner,
        "elsewhere": event.elsewhere,
        "country": event.country,
        "city": event.city,
        "host_reason": event.host_reason or _("Accompanies a team of students."),
        "starts": event.starts,
        "ends": event.ends,
        "purpose": _("To accompany the students' team."),
        "expected_result": _("The team takes part and comes back safely."),
        "student_group": _("%(count)s students: %(title)s") % {"count": students, "title": event.title[:250]},
        "students_page": event.get_absolute_url(),
    }
    trip = memos.write(
        form=Form.CONFERENCE,
        direction=Direction.OUTGOING,
        person=person,
        department=staff.department if staff else None,
        values=values,
        detail={"part": Part.GUEST, "title": ""},
        by=by,
        at=at,
    )
    return memos.send(activity=trip, by=by, at=at)


@transaction.atomic
def decide(*, event: Event, by: User, at: datetime) -> Event:
    """The rector's word."""
    event = locked(event, State.APPROVED)
    move(event, to=State.DECIDED, kind=StepKind.DECIDED, by=by, at=at)
    return event


@transaction.atomic
def send_back(*, event: Event, reason: str, by: User, at: datetime) -> Event:
    """To International Relations, who may change the team and approve it anew."""
    event = locked(event, State.APPROVED)
    move(event, to=State.CONFIRMED, kind=StepKind.SENT_BACK, by=by, at=at, reason=need(reason))
    return event


@transaction.atomic
def refuse(*, event: Event, reason: str, by: User, at: datetime) -> Event:
    """It ends here, and everybody's days are free again."""
    event = locked(event, State.APPROVED)
    reason = need(reason)
    free_everybody(event)
    move(event, to=State.REFUSED, kind=StepKind.REFUSED, by=by, at=at, reason=reason)
    return event
