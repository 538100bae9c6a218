"""The order, and what the calendar does after it."""

from datetime import date, datetime
from functools import partial

from django.db import transaction
from django.utils import timezone

from mobility.events import papers
from mobility.events.models import Event, Order, State, StepKind
from mobility.files.actions import issue_order
from mobility.people.calendar import add_working_days
from mobility.people.models import CalendarDay, User

from .steps import locked, move, move_by_the_calendar

KIND = "event-order"
REPORT_WITHIN = 10
"""Working days after the last day."""


@transaction.atomic
def issue(*, event: Event, number: str, day: date, by: User, at: datetime, language: str = "") -> Order:
    """From now on the calendar moves the event; its report is due ten working days after it."""
    event = locked(event, State.DECIDED)
    paper = partial(papers.order, event, day=day, by=by)
    document = issue_order(kind=KIND, paper=paper, language=language, number=number, day=day, by=by, at=at)
    order: Order = Order.objects.create(event=event, document=document)
    event.report_due = add_working_days(event.ends, REPORT_WITHIN, CalendarDay.objects.exceptions())
    move(event, to=State.ORDERED, kind=StepKind.ORDERED, by=by, at=at, also=("report_due",))
    move_by_the_calendar(event, at=at)
    return order


def move_all_by_the_calendar(*, at: datetime) -> None:
    """The daily job of settings.SCHEDULE."""
    for event in Event.objects.past_their_state(timezone.localdate(at)).order_by("pk"):
        with transaction.atomic():
            move_by_the_calendar(locked(event, State.ORDERED, State.AWAY), at=at)
