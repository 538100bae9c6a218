"""The event itself: announced from an invitation, changed while its team is being named, called off."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.calls.actions import calls
from mobility.events.models import BEING_NAMED, CANCELLABLE, KEPT_FREE, Event, State, StepKind
from mobility.files.actions import store
from mobility.files.inspection import Inspected
from mobility.people.actions.absences import keep_away, release
from mobility.people.models import AbsenceKind, User
from mobility.staff.actions import decisions as trips
from mobility.web.refusals import need
from partners.models import Condition, Direction

from .steps import locked, move, note

Values = Mapping[str, Any]
"""Fields of an event that an officer enters: kind, title, where, when, places, who pays, who accompanies."""


@transaction.atomic
def announce(*, values: Values, invitation: Inspected | None, by: User, at: datetime) -> Event:
    """Two presses of one button find each other: the second is refused."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    same = {"kind": values["kind"], "title": values["title"], "starts": values["starts"]}
    if Event.objects.filter(**same).exclude(state__in=(State.CANCELLED, State.REFUSED)).exists():
        raise ValidationError(_("There is such an event already."), code="announced-already")
    event = Event(state=State.ANNOUNCED, since=at)
    _fill(event, values, invitation, by=by, at=at)
    note(event, kind=StepKind.ANNOUNCED, by=by, at=at)
    return event


@transaction.atomic
def change(*, event: Event, values: Values, invitation: Inspected | None, by: User, at: datetime) -> Event:
    """While its team is being named. New days are taken for everybody in the team, or refused by name."""
    event = locked(event, *BEING_NAMED)
    before = (event.starts, event.ends)
    _fill(event, values, invitation, by=by, at=at)
    if (event.starts, event.ends) != before:
        for member in event.members.filter(state__in=KEPT_FREE).select_related("person").order_by("person"):
            hold_days(event, member.person)
    note(event, kind=StepKind.CHANGED, by=by, at=at)
    return event


def _fill(event: Event, values: Values, invitation: Inspected | None, *, by: User, at: datetime) -> None:
    for field, value in values.items():
        setattr(event, field, value)
    _settle_host(event)
    if event.pk and event.places < (taken := event.members.in_team().count()):
        told = _("The team has %(taken)s already. Take somebody off it first.") % {"taken": taken}
        raise ValidationError({"places": ValidationError(told, code="team-too-large")})
    if invitation:
        event.invitation = store(upload=invitation, by=by, at=at)
    event.full_clean()
    event.save()


def _settle_host(event: Event) -> None:
    """A partner's place is known; an agreement's condition is taken where one covers the days."""
    event.condition = covering(event)
    if event.partner:
        event.elsewhere = ""
        event.country, event.city = event.partner.country, event.partner.city
    if event.condition:
        event.host_reason = ""
    elif not event.host_reason:
        told = _("No agreement covers this kind of event on these days; say why it takes place there.")
        raise ValidationError({"host_reason": ValidationError(told, code="no-host-reason")})


def covering(event: Event) -> Condition | None:
    """Of the partner's conditions for this kind, one that holds on every day."""
    if event.partner is None:
        return None
    held = Condition.objects.valid_during(event.starts, event.ends)
    of_this_kind = held.filter(partner=event.partner, kind=event.kind, direction=Direction.OUTGOING)
    found: Condition | None = of_this_kind.order_by("pk").first()
    return found


def hold_days(event: Event, person: User) -> None:
    keep_away(person=person, kind=AbsenceKind.EVENT, source=event.source, starts=event.starts, ends=event.ends)


def free_days(event: Event, person: User) -> None:
    release(person=person, kind=AbsenceKind.EVENT, source=event.source)


def free_everybody(event: Event) -> None:
    for member in event.members.filter(state__in=KEPT_FREE).select_related("person"):
        free_days(event, member.person)


@transaction.atomic
def cancel(*, event: Event, reason: str, by: User, at: datetime) -> Event:
    """It does not take place: days are free again; its call and the trip of who accompanies are called off as well."""
    event = locked(event, *CANCELLABLE)
    reason = need(reason)
    free_everybody(event)
    if event.trip and event.trip.state in trips.CANCELLABLE:
        trips.cancel(activity=event.trip, reason=reason, by=by, at=at)
    draft = event.call if event.call and event.call.is_draft else None
    event.call = None if draft else event.call
    move(event, to=State.CANCELLED, kind=StepKind.CANCELLED, by=by, at=at, reason=reason, also=("call",))
    if draft:
        calls.remove(call=draft, by=by)
    elif event.call and not event.call.is_settled:
        calls.call_off(call=event.call, reason=reason, by=by, at=at)
    return event
