"""From the head's word to the rector's. Locks are taken in the house's order: condition, activity, person."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.people.academic_years import AcademicYear
from mobility.people.actions.absences import keep_away, release
from mobility.people.models import AbsenceKind, User
from mobility.staff.models import WAITING, Activity, AmendmentState, State, StepKind
from mobility.web.refusals import need
from partners.models import Condition

from .steps import locked, move

CANCELLABLE = (State.RETURNED, *WAITING, State.APPROVED, State.ORDERED, State.UNDER_WAY, State.REPORT_DUE)


@transaction.atomic
def endorse(*, activity: Activity, by: User, at: datetime) -> Activity:
    activity = locked(activity, State.PROPOSED)
    move(activity, to=State.ENDORSED, kind=StepKind.ENDORSED, by=by, at=at)
    return activity


@transaction.atomic
def prepare(*, activity: Activity, condition: Condition | None, host_reason: str, by: User, at: datetime) -> Activity:
    """International Relations says under which condition it takes place, or why under none."""
    activity = locked(activity, State.ENDORSED)
    if condition:
        _refuse_another_place(activity, condition)
    activity.condition, activity.host_reason = condition, "" if condition else host_reason
    activity.full_clean()
    move(activity, to=State.PREPARED, kind=StepKind.PREPARED, by=by, at=at, also=("condition", "host_reason"))
    return activity


def _refuse_another_place(activity: Activity, condition: Condition) -> None:
    there = (condition.partner_id, condition.kind, condition.direction)
    if there != (activity.partner_id, activity.form, activity.direction):
        raise ValidationError(
            {"condition": ValidationError(_("This condition is of another partner or form."), code="another-place")}
        )


@transaction.atomic
def approve(*, activity: Activity, by: User, at: datetime) -> Activity:
    """The rector's word: it takes a seat of the condition and the person's days, or refuses where there are none."""
    condition = lock_condition(activity)
    activity = locked(activity, State.PREPARED)
    if activity.condition_id != (condition.pk if condition else None):
        raise ValidationError(_("It was prepared anew meanwhile. Look again."), code="changed-meanwhile")
    if condition:
        refuse_without_seat(activity, condition)
    hold_days(activity)
    move(activity, to=State.APPROVED, kind=StepKind.APPROVED, by=by, at=at)
    return activity


def lock_condition(activity: Activity) -> Condition | None:
    """Whoever takes a seat of it waits here for whoever came first."""
    if activity.condition_id is None:
        return None
    found: Condition = Condition.objects.select_for_update(of=("self",)).get(pk=activity.condition_id)
    return found


def refuse_without_seat(activity: Activity, condition: Condition) -> None:
    """Of a locked condition, in the academic year of the first day."""
    year = AcademicYear.of(activity.starts)
    if not Condition.objects.valid_during(activity.starts, activity.ends).filter(pk=condition.pk).exists():
        raise ValidationError(_("The agreement's condition does not hold on these days."), code="condition-ended")
    seats = Condition.objects.with_seats_of(year).get(pk=condition.pk).counted
    others = Activity.objects.exclude(pk=activity.pk)
    taken = others.seats_taken(condition, first=year.first_day, last=year.last_day)
    if taken >= seats:
        raise ValidationError(
            _("All %(seats)s seats of %(year)s under this condition are taken: %(partner)s, %(condition)s."),
            code="no-seat",
            params={
                "seats": seats,
                "year": str(year),
                "partner": condition.partner.short_name,
                "condition": condition,
            },
        )


def hold_days(activity: Activity) -> None:
    keep_away(
        person=activity.person,
        kind=AbsenceKind.STAFF_TRIP,
        source=activity.source,
        starts=activity.starts,
        ends=activity.ends,
    )


@transaction.atomic
def send_back(*, activity: Activity, reason: str, by: User, at: datetime) -> Activity:
    """To be corrected and sent again, from the beginning."""
    activity = locked(activity, *WAITING)
    move(activity, to=State.RETURNED, kind=StepKind.RETURNED, by=by, at=at, reason=need(reason))
    return activity


@transaction.atomic
def refuse(*, activity: Activity, reason: str, by: User, at: datetime) -> Activity:
    activity = locked(activity, State.PROPOSED, State.PREPARED)
    move(activity, to=State.REFUSED, kind=StepKind.REFUSED, by=by, at=at, reason=need(reason))
    return activity


@transaction.atomic
def cancel(*, activity: Activity, reason: str, by: User, at: datetime) -> Activity:
    """It does not take place: the seat and the days are free again, and a change on its way leads nowhere."""
    activity = locked(activity, *CANCELLABLE)
    for change in activity.amendments.on_their_way():
        change.state = AmendmentState.REFUSED
        change.save(update_fields=["state"])
    release(person=activity.person, kind=AbsenceKind.STAFF_TRIP, source=activity.source)
    move(activity, to=State.CANCELLED, kind=StepKind.CANCELLED, by=by, at=at, reason=need(reason))
    return activity
