"""After the order, until departure: one student stays, another may step in, by an amendment order."""

from datetime import date, datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.events import papers
from mobility.events.models import (
    SUBSTITUTABLE,
    Event,
    MemberState,
    Order,
    StepKind,
    Substitution,
    SubstitutionState,
    TeamMember,
)
from mobility.files.actions import issue_order
from mobility.people.models import User
from mobility.web.refusals import need, refuse_unless

from .events import free_days
from .steps import become, locked, member_again, note, tell_partners
from .team import named_for, refuse_unfit

KIND = "event-amendment-order"


@transaction.atomic
def ask(
    *, leaves: TeamMember, person: User | None, permission: str, reason: str, by: User, at: datetime
) -> Substitution:
    """Who steps in is as fit as everybody else, and is asked to confirm; without one the team goes smaller."""
    event = locked(leaves.event, *SUBSTITUTABLE)
    leaves = member_again(event, leaves, MemberState.CONFIRMED)
    comes = None
    if person:
        refuse_unfit(event, [person])
        comes = named_for(event, person, permission, by=by, at=at)
    asked = Substitution(event=event, leaves=leaves, comes=comes, reason=need(reason))
    asked.full_clean()
    asked.save()
    note(event, kind=StepKind.REPLACEMENT_ASKED, by=by, at=at, reason=asked.reason, member=leaves)
    return asked


@transaction.atomic
def decide(*, substitution: Substitution, by: User, at: datetime) -> Substitution:
    event, substitution = _locked(substitution, SubstitutionState.ASKED)
    if substitution.comes and substitution.comes.state != MemberState.READY:
        raise ValidationError(
            _("“%(person)s” has not confirmed yet."), code="not-ready", params={"person": substitution.comes}
        )
    _move(substitution, SubstitutionState.DECIDED)
    note(event, kind=StepKind.REPLACEMENT_DECIDED, by=by, at=at, member=substitution.leaves)
    return substitution


@transaction.atomic
def refuse(*, substitution: Substitution, reason: str, by: User, at: datetime) -> Substitution:
    """The team stays as it was ordered; whoever was to step in is free again."""
    event, substitution = _locked(substitution, SubstitutionState.ASKED)
    reason = need(reason)
    if comes := substitution.comes:
        free_days(event, comes.person)
        become(comes, MemberState.TAKEN_OFF, at=at, reason=reason[:500])
    _move(substitution, SubstitutionState.REFUSED)
    note(event, kind=StepKind.REPLACEMENT_REFUSED, by=by, at=at, reason=reason, member=substitution.leaves)
    return substitution


@transaction.atomic
def issue(*, substitution: Substitution, number: str, day: date, by: User, at: datetime, language: str = "") -> Order:
    """In effect from now on: one place changes hands."""
    event, substitution = _locked(substitution, SubstitutionState.DECIDED)
    comes, leaves = substitution.comes, substitution.leaves
    if comes and comes.state != MemberState.READY:
        raise ValidationError(_("“%(person)s” has not confirmed yet."), code="not-ready", params={"person": comes})
    paper = partial(papers.amendment_order, substitution, day=day, by=by)
    document = issue_order(kind=KIND, paper=paper, language=language, number=number, day=day, by=by, at=at)
    order: Order = Order.objects.create(event=event, substitution=substitution, document=document)
    free_days(event, leaves.person)
    become(leaves, MemberState.REPLACED, at=at)
    if comes:
        become(comes, MemberState.CONFIRMED, at=at)
    _move(substitution, SubstitutionState.ORDERED)
    tell_partners(event)
    for member in filter(None, (leaves, comes)):
        note(event, kind=StepKind.REPLACEMENT_ORDERED, by=by, at=at, member=member)
    return order


def _locked(substitution: Substitution, *states: str) -> tuple[Event, Substitution]:
    event = locked(substitution.event, *SUBSTITUTABLE)
    found: Substitution = Substitution.objects.select_related("leaves__person", "comes__person").get(pk=substitution.pk)
    found.event = event
    refuse_unless(found, *states)
    return event, found


def _move(substitution: Substitution, to: str) -> None:
    substitution.state = to
    substitution.save(update_fields=["state"])
