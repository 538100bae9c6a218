"""What was entered wrongly: a draft that should not be there, typing errors in what is in force."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people.models import User
from partners.models import Agreement, Party

from .agreements import locked, locked_draft, refuse_dates_that_leave_conditions_outside


@transaction.atomic
def discard(*, agreement: Agreement, reason: str, by: User) -> None:
    """A draft goes with its conditions and papers; the journal keeps what it said."""
    agreement = locked_draft(agreement)
    if not reason.strip():
        raise ValidationError(_("Say why the draft is discarded."), code="no-reason")
    journal.record(event="discarded", of=agreement, by=by, reason=reason.strip())
    try:
        agreement.conditions.all().delete()
        agreement.delete()
    except ProtectedError as used:
        raise ValidationError(
            _("Something else speaks of this draft already, such as a call. Take it out there first."), code="in-use"
        ) from used


@transaction.atomic
def correct(
    *,
    agreement: Agreement,
    number: str,
    subject: str,
    signed_on: date,
    starts: date,
    ends: date | None,
    names: Mapping[int, str],
    reason: str,
    by: User,
) -> Agreement:
    """Bring what was typed in line with the signed text. `names`: a party's key → the name under which it signed.

    What the sides changed is no typing error: that is a prolongation, a condition, a termination.
    """
    agreement = locked(agreement)
    if agreement.is_draft:
        raise ValidationError(_("The agreement is a draft still. Change the draft instead."), code="draft")
    if not reason.strip():
        raise ValidationError(_("Say what was entered wrongly."), code="no-reason")
    if ends != agreement.ends and agreement.prolongations.exists():
        raise ValidationError({"ends": ValidationError(_("This last day comes from a letter."), code="prolonged")})
    now = {"number": number, "subject": subject, "signed_on": signed_on, "starts": starts, "ends": ends}
    changed = [field for field, value in now.items() if getattr(agreement, field) != value]
    renamed = [party for party in agreement.parties.all() if names.get(party.pk, party.signed_as) != party.signed_as]
    if not changed and not renamed:
        raise ValidationError(_("Nothing was changed: this is how it is entered already."), code="nothing-changed")
    journal.record(event="corrected", of=agreement, by=by, reason=reason.strip())
    for field in changed:
        setattr(agreement, field, now[field])
    agreement.full_clean()
    refuse_dates_that_leave_conditions_outside(agreement)
    agreement.save(update_fields=changed)
    for party in renamed:
        _rename(party, names[party.pk])
    return agreement


def _rename(party: Party, name: str) -> None:
    party.signed_as = name
    party.full_clean()
    party.save(update_fields=["signed_as"])
