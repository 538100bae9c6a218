"""The order, and what the calendar does after it."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.files.actions import issue_order
from mobility.files.models import IssuedDocument
from mobility.people.models import User
from mobility.staff import papers
from mobility.staff.models import Activity, Order, State, StepKind

from .steps import due_after, locked, move, move_by_the_calendar, note

KIND = "staff-order"
KIND_OF_CANCELLATION = "staff-order-of-cancellation"


@transaction.atomic
def issue(
    *, activities: Sequence[Activity], number: str, day: date, by: User, at: datetime, language: str = ""
) -> IssuedDocument:
    """One order for all of them. From now on the calendar moves each; its report is due ten working days after it.

    After the fact the days count from the order: nobody is late for want of it.
    """
    going = [locked(activity, State.APPROVED) for activity in sorted(activities, key=lambda activity: activity.pk)]
    paper = partial(papers.order, going, day=day, by=by)
    document = issue_order(kind=KIND, paper=paper, language=language, number=number, day=day, by=by, at=at)
    for activity in going:
        Order.objects.create(activity=activity, document=document)
        activity.report_due = due_after(max(activity.ends, timezone.localdate(at)))
        move(activity, to=State.ORDERED, kind=StepKind.ORDERED, by=by, at=at, also=("report_due",))
        move_by_the_calendar(activity, at=at)
    return document


@transaction.atomic
def call_off(*, activity: Activity, number: str, day: date, by: User, at: datetime, language: str = "") -> Order:
    """What was ordered and is cancelled since: the order that says so. The activity stays as it is."""
    activity = locked(activity, State.CANCELLED)
    if not activity.is_to_be_called_off:
        raise ValidationError(
            _("Nothing was ordered, or the order of cancellation is issued already."), code="nothing-to-call-off"
        )
    paper = partial(papers.order_of_cancellation, activity, day=day, by=by)
    document = issue_order(
        kind=KIND_OF_CANCELLATION, paper=paper, language=language, number=number, day=day, by=by, at=at
    )
    order: Order = Order.objects.create(activity=activity, calls_off=True, document=document)
    note(activity, kind=StepKind.CALLED_OFF, by=by, at=at)
    return order


def move_all_by_the_calendar(*, at: datetime) -> None:
    """The daily job of settings.SCHEDULE."""
    for activity in Activity.objects.past_their_state(timezone.localdate(at)).order_by("pk"):
        with transaction.atomic():
            move_by_the_calendar(locked(activity, State.ORDERED, State.UNDER_WAY), at=at)
