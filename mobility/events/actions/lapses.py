"""What nobody has settled when an event begins: silence, stand-ins without an order, wishes that nobody answered."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mobility.events.models import UNSETTLED, Event, MemberState, State, StepKind

from .events import free_days
from .steps import become, locked, note, settle


def let_go_of_the_unsettled(*, at: datetime) -> None:
    """The daily job of settings.SCHEDULE."""
    for event in Event.objects.begun_unsettled(timezone.localdate(at)).order_by("pk"):
        with transaction.atomic():
            _let_go(locked(event, *State.values), at=at)


def _let_go(event: Event, *, at: datetime) -> None:
    """Places and days are free again, and each is told; whoever confirmed in time stays in the team."""
    for member in event.members.filter(state__in=UNSETTLED).select_related("person").order_by("person"):
        is_wish = member.state == MemberState.PUT_FORWARD
        free_days(event, member.person)
        become(member, MemberState.NOT_CHOSEN if is_wish else MemberState.LAPSED, at=at)
        note(event, kind=StepKind.LAPSED, by=None, at=at, member=member)
    settle(event, at=at)
