"""What was ordered changes by a new memo, endorsed and decided like the first, and an amendment order."""

from datetime import date, datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.files.actions import issue_order
from mobility.people.models import RoleKind, User
from mobility.staff import papers
from mobility.staff.models import ORDERED_STATES, Activity, Amendment, AmendmentState, Order, State, StepKind
from mobility.web.refusals import need, refuse_unless

from .decisions import hold_days, lock_condition, refuse_without_seat
from .steps import due_after, locked, note, tell_partners

KIND = "staff-amendment-order"
CHANGEABLE = (State.ORDERED, State.UNDER_WAY)


@transaction.atomic
def ask(*, activity: Activity, starts: date, ends: date, reason: str, by: User, at: datetime) -> Amendment:
    """A head asks with the endorsement in hand; others wait for theirs."""
    activity = locked(activity, *CHANGEABLE)
    if (starts, ends) == (activity.starts, activity.ends):
        raise ValidationError({"starts": ValidationError(_("These are the present days."), code="no-change")})
    change = Amendment(
        activity=activity,
        reason=need(reason),
        starts=starts,
        ends=ends,
        former_starts=activity.starts,
        former_ends=activity.ends,
    )
    change.full_clean()
    change.save()
    note(activity, kind=StepKind.CHANGE_PROPOSED, by=by, at=at, reason=change.reason, amendment=change)
    department = activity.department
    if department is None or by.holds(RoleKind.HEAD_OF_DEPARTMENT, department=department):
        _move(change, to=AmendmentState.ENDORSED, kind=StepKind.CHANGE_ENDORSED, by=by, at=at)
    return change


@transaction.atomic
def endorse(*, change: Amendment, by: User, at: datetime) -> Amendment:
    change = _locked(change, AmendmentState.PROPOSED)
    _move(change, to=AmendmentState.ENDORSED, kind=StepKind.CHANGE_ENDORSED, by=by, at=at)
    return change


@transaction.atomic
def approve(*, change: Amendment, by: User, at: datetime) -> Amendment:
    change = _locked(change, AmendmentState.ENDORSED)
    _move(change, to=AmendmentState.APPROVED, kind=StepKind.CHANGE_APPROVED, by=by, at=at)
    return change


@transaction.atomic
def refuse(*, change: Amendment, reason: str, by: User, at: datetime) -> Amendment:
    change = _locked(change, AmendmentState.PROPOSED, AmendmentState.ENDORSED)
    _move(change, to=AmendmentState.REFUSED, kind=StepKind.CHANGE_REFUSED, by=by, at=at, reason=need(reason))
    return change


@transaction.atomic
def issue(*, change: Amendment, number: str, day: date, by: User, at: datetime, language: str = "") -> Order:
    """In effect from now on: the days move, and with them the seat's year, the report's date and the state."""
    condition = lock_condition(change.activity)
    change = _locked(change, AmendmentState.APPROVED)
    activity = change.activity
    paper = partial(papers.amendment_order, change, day=day, by=by)
    document = issue_order(kind=KIND, paper=paper, language=language, number=number, day=day, by=by, at=at)
    order = Order.objects.create(activity=activity, amendment=change, document=document)
    activity.starts, activity.ends = change.starts, change.ends
    if condition:
        refuse_without_seat(activity, condition)
    hold_days(activity)
    activity.report_due, activity.since = due_after(activity.ends), at
    activity.state = _state_on(timezone.localdate(at), activity)
    activity.save(update_fields=["starts", "ends", "report_due", "state", "since"])
    tell_partners(activity)
    _move(change, to=AmendmentState.ORDERED, kind=StepKind.CHANGE_ORDERED, by=by, at=at)
    return order


def _state_on(day: date, activity: Activity) -> str:
    if day < activity.starts:
        return State.ORDERED
    return State.UNDER_WAY if day <= activity.ends else State.REPORT_DUE


def _locked(change: Amendment, *states: str) -> Amendment:
    """The activity first: whoever moves it waits for the same row."""
    activity = locked(change.activity, *ORDERED_STATES)
    found: Amendment = Amendment.objects.select_for_update(of=("self",)).get(pk=change.pk)
    found.activity = activity
    refuse_unless(found, *states)
    return found


def _move(change: Amendment, *, to: str, kind: str, by: User, at: datetime, reason: str = "") -> None:
    change.state = to
    change.save(update_fields=["state"])
    note(change.activity, kind=kind, by=by, at=at, reason=reason, amendment=change)
