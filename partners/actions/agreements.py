"""An agreement's life: drafted, put in force, prolonged, handed over, terminated. Each act locks it first."""

from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.files.actions import store
from mobility.files.inspection import Inspected
from mobility.journal import actions as journal
from mobility.people.models import RoleKind, User
from partners.models import Agreement, Institution, Party, Prolongation, Renewal, Scan
from partners.signing import name_on


@transaction.atomic
def draft(
    *,
    partner: Institution,
    signed_as: str,
    number: str,
    subject: str,
    signed_on: date | None,
    starts: date,
    ends: date | None,
    renewal: str,
    owner: User,
    by: User,
) -> Agreement:
    """A new agreement with its first partner; further ones join by `add_party`.

    Where no name is given, the partner signs under the one it had on the day of signing.
    """
    _refuse_a_second_press(by, partner=partner, subject=subject, starts=starts, number=number)
    agreement = Agreement(
        number=number, subject=subject, signed_on=signed_on, starts=starts, ends=ends, renewal=renewal, owner=owner
    )
    agreement.full_clean()
    agreement.save()
    _join(agreement, institution=partner, signed_as=signed_as)
    journal.record(event="drafted", of=agreement, by=by)
    return agreement


def _refuse_a_second_press(by: User, *, partner: Institution, **facts: Any) -> None:
    """Two presses of one button come one after the other: the second waits for the first, and finds its draft."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    if Agreement.objects.filter(sealed_at=None, parties__institution=partner, **facts).exists():
        raise ValidationError(_("There is such a draft already."), code="drafted-already")


@transaction.atomic
def revise(
    *,
    agreement: Agreement,
    number: str,
    subject: str,
    signed_on: date | None,
    starts: date,
    ends: date | None,
    renewal: str,
    by: User,
) -> Agreement:
    """A draft may still change; what is in force changes by a letter."""
    agreement = locked_draft(agreement)
    agreement.number, agreement.subject, agreement.signed_on = number, subject, signed_on
    agreement.starts, agreement.ends, agreement.renewal = starts, ends, renewal
    agreement.full_clean()
    refuse_dates_that_leave_conditions_outside(agreement)
    agreement.save()
    journal.record(event="revised", of=agreement, by=by)
    return agreement


def refuse_dates_that_leave_conditions_outside(agreement: Agreement) -> None:
    last = None if agreement.renewal == Renewal.AUTOMATIC else agreement.ends
    for condition in agreement.conditions.all():
        after = last is not None and max(condition.starts, condition.ends or condition.starts) > last
        if condition.starts < agreement.starts or after:
            raise ValidationError(
                _("“%(condition)s” would lie outside the agreement's dates. Change it first."),
                code="condition-outside",
                params={"condition": condition},
            )


@transaction.atomic
def add_party(*, agreement: Agreement, institution: Institution, signed_as: str, by: User) -> Party:
    agreement = locked_draft(agreement)
    party = _join(agreement, institution=institution, signed_as=signed_as)
    journal.record(event="party-added", of=agreement, by=by)
    return party


def _join(agreement: Agreement, *, institution: Institution, signed_as: str) -> Party:
    if institution.is_home:
        raise ValidationError(_("Our own university signs every agreement; name the partner."), code="home")
    if institution.is_archived:
        raise ValidationError(_("This partner is in the archive. Take it out first."), code="archived")
    name = signed_as or name_on(institution, agreement.signed_on or agreement.starts)
    party = Party(agreement=agreement, institution=institution, signed_as=name)
    party.full_clean()
    party.save()
    return party


@transaction.atomic
def remove_party(*, party: Party, by: User) -> None:
    agreement = locked_draft(party.agreement)
    if agreement.conditions.filter(partner=party.institution_id).exists():
        raise ValidationError(
            _("There are conditions with “%(partner)s”. Remove them first."),
            code="has-conditions",
            params={"partner": party.signed_as},
        )
    if agreement.parties.count() == 1:
        raise ValidationError(_("An agreement has at least one partner. Add another first."), code="last-party")
    party.delete()
    journal.record(event="party-removed", of=agreement, by=by)


@transaction.atomic
def put_in_force(*, agreement: Agreement, by: User, at: datetime) -> Agreement:
    """From now on its dates decide whether it holds; what was signed no longer changes."""
    agreement = locked_draft(agreement)
    if not agreement.number:
        raise ValidationError(_("Enter the number under which it is registered first."), code="no-number")
    if agreement.signed_on is None:
        raise ValidationError(_("Enter the day on which it was signed first."), code="not-signed")
    if agreement.signed_on > timezone.localdate(at):
        raise ValidationError(_("The day on which it was signed is still to come. Change the draft."), code="to-come")
    if not agreement.parties.exists():
        raise ValidationError(_("Add at least one partner first."), code="no-party")
    agreement.sealed_at, agreement.sealed_by = at, by
    agreement.save(update_fields=["sealed_at", "sealed_by"])
    journal.record(event="put-in-force", of=agreement, by=by)
    return agreement


@transaction.atomic
def renew(
    *,
    agreement: Agreement,
    ends: date,
    letter_number: str,
    letter_date: date,
    file: Inspected | None,
    by: User,
    at: datetime,
) -> Prolongation:
    """It goes on until a later day, by a letter; conditions that end with it keep their own last day."""
    agreement = _locked_in_force(agreement)
    if agreement.ends is None:
        raise ValidationError(_("This agreement has no end; there is nothing to prolong."), code="no-end")
    if ends <= agreement.ends:
        raise ValidationError(_("The new last day is not later than the present one."), code="not-later")
    refuse_later_letter(letter_date, at=at)
    prolongation = Prolongation(
        agreement=agreement,
        ended=agreement.ends,
        ends=ends,
        letter_number=letter_number,
        letter_date=letter_date,
        file=store(upload=file, by=by, at=at) if file else None,
        entered_by=by,
        entered_at=at,
    )
    prolongation.full_clean()
    prolongation.save()
    agreement.ends = ends
    agreement.save(update_fields=["ends"])
    journal.record(event="prolonged", of=agreement, by=by)
    return prolongation


def refuse_later_letter(day: date, *, at: datetime) -> None:
    """A letter that is at hand was written."""
    if day > timezone.localdate(at):
        raise ValidationError({"letter_date": ValidationError(_("This day is still to come."), code="to-come")})


@transaction.atomic
def terminate(*, agreement: Agreement, last_day: date, reason: str, by: User, at: datetime) -> Agreement:
    """It holds until the last day given, whatever its dates say; what was agreed stays to be read."""
    agreement = _locked_in_force(agreement)
    if not reason.strip():
        raise ValidationError(_("Say why it is terminated."), code="no-reason")
    if last_day < agreement.starts:
        raise ValidationError(_("The last day is before the agreement's first."), code="before-start")
    if agreement.last_day and last_day > agreement.last_day:
        raise ValidationError(_("It ends by itself before that day."), code="after-end")
    agreement.terminated_on, agreement.termination_reason = last_day, reason.strip()
    agreement.terminated_at, agreement.terminated_by = at, by
    agreement.full_clean()
    agreement.save(update_fields=["terminated_on", "termination_reason", "terminated_at", "terminated_by"])
    journal.record(event="terminated", of=agreement, by=by, reason=reason.strip())
    return agreement


@transaction.atomic
def hand_over(*, agreement: Agreement, to: User, by: User) -> Agreement:
    """Another officer answers for it and gets its letters."""
    agreement = locked(agreement)
    if agreement.owner_id == to.pk:
        raise ValidationError(_("“%(person)s” answers for it already."), code="owner-already", params={"person": to})
    if not to.holds(RoleKind.IR_OFFICER):
        raise ValidationError(_("Only an officer of international relations can answer for it."), code="no-officer")
    agreement.owner = to
    agreement.save(update_fields=["owner"])
    journal.record(event="handed-over", of=agreement, by=by)
    return agreement


@transaction.atomic
def add_scan(*, agreement: Agreement, file: Inspected, title: str, by: User, at: datetime) -> Scan:
    agreement = locked(agreement)
    stored = store(upload=file, by=by, at=at)
    if agreement.scans.filter(file__sha256=stored.sha256).exists():
        raise ValidationError(_("This file is with the agreement already."), code="there-already")
    scan = Scan(agreement=agreement, file=stored, title=title)
    scan.full_clean()
    scan.save()
    journal.record(event="scan-added", of=agreement, by=by)
    return scan


def locked(agreement: Agreement) -> Agreement:
    found: Agreement = Agreement.objects.select_for_update(of=("self",)).get(pk=agreement.pk)
    return found


def locked_draft(agreement: Agreement) -> Agreement:
    agreement = locked(agreement)
    if not agreement.is_draft:
        raise ValidationError(_("The agreement was put in force already."), code="in-force-already")
    return agreement


def _locked_in_force(agreement: Agreement) -> Agreement:
    agreement = locked(agreement)
    if agreement.is_draft:
        raise ValidationError(_("The agreement is a draft still. Put it in force first."), code="draft")
    if agreement.is_terminated:
        raise ValidationError(_("The agreement was terminated already."), code="terminated-already")
    return agreement
