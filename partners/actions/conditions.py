"""What an agreement says of places, and what a partner confirms each year. Each act locks the agreement first."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.files.actions import store
from mobility.files.inspection import Inspected
from mobility.journal import actions as journal
from mobility.people.academic_years import AcademicYear
from mobility.people.models import User
from partners.models import Agreement, Condition, ConfirmedSeats, Direction, Institution, Renewal

from .agreements import refuse_later_letter

Terms = Mapping[str, Any]
"""Fields of a condition: kind, seats, weeks, level, field, specialty, course years, language and level, dates."""


@transaction.atomic
def add_condition(*, agreement: Agreement, partner: Institution, direction: str, terms: Terms, by: User) -> Condition:
    agreement = _locked(agreement)
    condition = _kept(Condition(agreement=agreement, partner=partner, direction=direction, **terms))
    journal.record(event="condition-added", of=agreement, by=by)
    return condition


@transaction.atomic
def add_exchange(
    *, agreement: Agreement, partner: Institution, terms: Terms, seats_out: int, seats_in: int, by: User
) -> tuple[Condition, Condition]:
    """Two conditions that are alike but for direction and seats, and know of each other."""
    agreement = _locked(agreement)
    out = _kept(Condition(agreement=agreement, partner=partner, **terms, direction=Direction.OUTGOING, seats=seats_out))
    into = _kept(
        Condition(
            agreement=agreement,
            partner=partner,
            **terms,
            direction=Direction.INCOMING,
            seats=seats_in,
            exchange_with=out,
        )
    )
    out.exchange_with = into
    out.save(update_fields=["exchange_with"])
    journal.record(event="exchange-added", of=agreement, by=by)
    return out, into


@transaction.atomic
def change_condition(*, condition: Condition, terms: Terms, by: User) -> Condition:
    """Its partner and direction stay: another line is another condition."""
    agreement = _locked(condition.agreement)
    condition = _again(condition, agreement)
    for field, value in terms.items():
        setattr(condition, field, value)
    _kept(condition)
    journal.record(event="condition-changed", of=agreement, by=by)
    return condition


@transaction.atomic
def remove_condition(*, condition: Condition, by: User) -> None:
    """Only while nobody relied on it; otherwise it gets a last day."""
    agreement = _locked(condition.agreement)
    condition = _again(condition, agreement)
    if condition.confirmations.exists():
        raise ValidationError(
            _("The partner has confirmed seats of this condition. Give it a last day instead."), code="confirmed"
        )
    condition.delete()
    journal.record(event="condition-removed", of=agreement, by=by)


@transaction.atomic
def confirm_seats(
    *,
    condition: Condition,
    year: AcademicYear,
    seats: int,
    letter_number: str,
    letter_date: date,
    file: Inspected | None,
    note: str,
    seen: int | None,
    by: User,
    at: datetime,
) -> ConfirmedSeats:
    """What the partner's letter says for one year. The latest entry counts; a cut or a late answer is a further one.

    `seen` is the key of the entry that counted when the officer looked; another one since then refuses.
    """
    agreement = _locked(condition.agreement)
    condition = _again(condition, agreement)
    if agreement.is_draft:
        raise ValidationError(_("The agreement is a draft still. Put it in force first."), code="draft")
    if not Condition.objects.valid_within(year.first_day, year.last_day).filter(pk=condition.pk).exists():
        raise ValidationError(
            _("The condition does not hold in %(year)s."), code="not-that-year", params={"year": str(year)}
        )
    refuse_later_letter(letter_date, at=at)
    latest = condition.confirmations.latest_of(str(year)).first()
    if (latest.pk if latest else None) != seen:
        raise ValidationError(
            _("%(person)s has entered %(seats)s seats for %(year)s meanwhile. Look again before you add to it."),
            code="changed-meanwhile",
            params={
                "person": latest.entered_by if latest else "",
                "seats": latest.seats if latest else "",
                "year": str(year),
            },
        )
    confirmed = ConfirmedSeats(
        condition=condition,
        academic_year=str(year),
        seats=seats,
        letter_number=letter_number,
        letter_date=letter_date,
        file=store(upload=file, by=by, at=at) if file else None,
        note=note,
        entered_by=by,
        entered_at=at,
    )
    confirmed.full_clean()
    confirmed.save()
    journal.record(event="seats-confirmed", of=condition, by=by)
    return confirmed


def _locked(agreement: Agreement) -> Agreement:
    """Of what has ended nothing is changed any more."""
    locked: Agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    if locked.is_terminated:
        raise ValidationError(_("The agreement was terminated already."), code="terminated-already")
    return locked


def _again(condition: Condition, agreement: Agreement) -> Condition:
    """As it is now that the agreement is locked."""
    found: Condition | None = agreement.conditions.filter(pk=condition.pk).first()
    if found is None:
        raise ValidationError(_("This condition was removed meanwhile."), code="removed-already")
    found.agreement = agreement
    return found


def _kept(condition: Condition) -> Condition:
    agreement = condition.agreement
    if not agreement.parties.filter(institution=condition.partner_id).exists():
        raise ValidationError(_("This institution is no partner of the agreement."), code="no-party")
    last = None if agreement.renewal == Renewal.AUTOMATIC else agreement.ends
    if condition.starts < agreement.starts:
        raise ValidationError({"starts": _outside("before-agreement", _("The agreement starts later."))})
    if last and max(condition.starts, condition.ends or condition.starts) > last:
        raise ValidationError({"ends": _outside("after-agreement", _("The agreement ends earlier."))})
    condition.full_clean()
    condition.save()
    return condition


def _outside(code: str, sentence: str) -> ValidationError:
    return ValidationError(sentence, code=code)
