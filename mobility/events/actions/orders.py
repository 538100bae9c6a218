"""The order, and what the calendar does after it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from mobility.events import papers
from mobility.events.models import Event, Order, State, StepKind
from mobility.files.actions import draw_up, register
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
    with override(language or get_language()):
        paper = papers.order(event, by=by)
    document = draw_up(kind=KIND, paper=paper, by=by, at=at)
    document = register(document=document, number=number, dated=dated(day, at=at), by=by, at=at)
    order: Order = Order.objects.create(event=event, document=document)
    event.report_due = add_working_days(event.ends, REPORT_WITHIN, CalendarDay.objects.exceptions())
    move(event, to=State.ORDERED, kind=StepKind.ORDERED, by=by, at=at, also=("report_due",))
    move_by_the_calendar(event, at=at)
    return order


def dated(day: date, *, at: datetime) -> date:
    if day > timezone.localdate(at):
        raise ValidationError({"day": ValidationError(_("An order is not dated ahead."), code="dated-ahead")})
    return day


def move_all_by_the_calendar(*, at: datetime) -> None:
    """The daily job of settings.SCHEDULE."""
    for event in Event.objects.past_their_state(timezone.localdate(at)).order_by("pk"):
        with transaction.atomic():
            move_by_the_calendar(locked(event, State.ORDERED, State.AWAY), at=at)
