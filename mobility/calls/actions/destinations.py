"""Places to apply for, out of conditions in force during the stay. Each act locks the condition first."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.calls.models import Call, Destination
from mobility.calls.readiness import outlives
from mobility.journal import actions as journal
from mobility.people.academic_years import AcademicYear
from mobility.people.models import User
from partners.models import Condition, Direction

from .locks import lock_condition, locked_before_results, locked_draft

Terms = Mapping[str, Any]
"""Fields of a destination: code, seats, first and last day, discipline, costs, requirements, weights."""

MOST_PERCENT = 500

# What applicants rely on once the call is open; more seats, costs and days are told to them and change no rule.
RULES = {
    "code",
    "specialty",
    "first_course_year",
    "last_course_year",
    "mark_floor",
    "language",
    "language_level",
    "counts_language",
    "weights",
}


@transaction.atomic
def add(*, call: Call, condition: Condition, terms: Terms, by: User) -> Destination:
    """To an opened call too: a late place is no new version of the rules."""
    lock_condition(condition)
    call = locked_before_results(call)
    destination = _kept(Destination(call=call, condition=condition, **terms))
    journal.record(event="destination-added", of=call, by=by)
    return destination


@transaction.atomic
def change(*, destination: Destination, terms: Terms, by: User) -> Destination:
    lock_condition(destination.condition)
    call = locked_before_results(destination.call)
    destination = _again(destination, call)
    changed = {field for field, value in terms.items() if getattr(destination, field) != value}
    if not call.is_draft and changed & RULES:
        raise ValidationError(
            _("The call is open: what a destination asks and counts no longer changes."), code="opened-already"
        )
    for field, value in terms.items():
        setattr(destination, field, value)
    _kept(destination)
    journal.record(event="destination-changed", of=call, by=by)
    return destination


@transaction.atomic
def remove(*, destination: Destination, by: User) -> None:
    """Only from a draft: nobody has chosen it yet."""
    lock_condition(destination.condition)
    call = locked_draft(destination.call)
    _again(destination, call).delete()
    journal.record(event="destination-removed", of=call, by=by)


def _again(destination: Destination, call: Call) -> Destination:
    found: Destination | None = call.destinations.select_for_update(of=("self",)).filter(pk=destination.pk).first()
    if found is None:
        raise ValidationError(_("This destination was removed meanwhile."), code="removed-already")
    return found


def _kept(destination: Destination) -> Destination:
    destination.full_clean()
    condition, call = destination.condition, destination.call
    if (condition.kind, condition.direction) != (call.kind, Direction.OUTGOING):
        raise ValidationError(_("This condition is for another kind of mobility."), code="other-kind")
    if not Condition.objects.valid_during(destination.starts, destination.ends).filter(pk=condition.pk).exists():
        raise ValidationError({"ends": ValidationError(outlives(destination), code="outlives")})
    _check_seats(destination)
    _check_quotas(destination)
    _check_weights(destination)
    destination.save()
    return destination


def _check_seats(destination: Destination) -> None:
    year = destination.call.academic_year
    counted = Condition.objects.with_seats_of(AcademicYear.read(year)).get(pk=destination.condition_id).counted
    elsewhere = (
        Destination.objects.exclude(pk=destination.pk).given_of(destination.condition, year)
        if destination.pk
        else Destination.objects.given_of(destination.condition, year)
    )
    before = Destination.objects.get(pk=destination.pk).seats if destination.pk else 0
    if destination.seats > max(counted - elsewhere, before):
        told = _("The partner gives %(counted)s places in %(year)s, and other calls have %(elsewhere)s of them.")
        words = {"counted": counted, "year": year, "elsewhere": elsewhere}
        raise ValidationError({"seats": ValidationError(told % words, code="too-many-seats")})


def _check_quotas(destination: Destination) -> None:
    given = sum(destination.quotas.values_list("seats", flat=True)) if destination.pk else 0
    if destination.seats < given:
        told = _("The faculties' quotas have %(given)s places here. Lower them first.")
        raise ValidationError({"seats": ValidationError(told % {"given": given}, code="quotas-too-many")})


def _check_weights(destination: Destination) -> None:
    """Whole percents of criteria that the rules have."""
    rules = destination.call.rules_versions.first()
    known = {row["code"] for row in rules.content["criteria"]} if rules else set()
    for code, percent in destination.weights.items():
        if code not in known or type(percent) is not int or not 0 <= percent <= MOST_PERCENT:
            raise ValidationError(
                _("“%(criterion)s” is no criterion of the rules, or its weight is not from 0 to %(most)s percent."),
                code="weights",
                params={"criterion": code, "most": MOST_PERCENT},
            )
