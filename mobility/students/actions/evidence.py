"""Files that prove a claim: at most ten, each inspected before it comes here."""

from collections.abc import Sequence
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.files.inspection import Inspected
from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.students.models import Claim, Evidence

from .claims import found
from .editing import locked_for_editing, save
from .uploads import keep, refuse_too_many


@transaction.atomic
def attach(*, claim: Claim, uploads: Sequence[Inspected], by: User, at: datetime) -> list[Evidence]:
    """All of them or none."""
    application = locked_for_editing(claim.application, at=at)
    claim = found(application, claim)
    attached = keep(claim, uploads, by=by, at=at)
    journal.record(event="evidence-attached", of=application, by=by)
    save(application, at=at)
    return attached


@transaction.atomic
def reuse(*, claim: Claim, evidence: Evidence, by: User, at: datetime) -> Evidence:
    """A file of an earlier year proves this claim too."""
    application = locked_for_editing(claim.application, at=at)
    claim = found(application, claim)
    earlier: Evidence | None = Evidence.objects.of_earlier_years(application).filter(pk=evidence.pk).first()
    if earlier is None:
        raise ValidationError(_("This file is not one of your earlier ones."), code="not-yours")
    refuse_too_many(claim, claim.evidence.count() + 1)
    attached: Evidence = claim.evidence.get_or_create(file=earlier.file, defaults={"added_at": at})[0]
    journal.record(event="evidence-attached", of=application, by=by)
    save(application, at=at)
    return attached


@transaction.atomic
def remove_evidence(*, evidence: Evidence, by: User, at: datetime) -> None:
    application = locked_for_editing(evidence.claim.application, at=at)
    Evidence.objects.filter(pk=evidence.pk).delete()
    journal.record(event="evidence-removed", of=application, by=by)
    save(application, at=at)
