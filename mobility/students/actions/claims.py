"""Achievements that the student claims, with their points at once."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.files.inspection import Inspected
from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.students.models import LANGUAGE, Application, Claim
from mobility.students.openings import rules_in_force
from mobility.students.record import claimed_score
from mobility.web.templatetags.ui import day
from selection.engine.scoring import Rules

from .editing import locked_for_editing, save
from .uploads import keep

MAX_CLAIMS = 40
FIELDS = ("kind", "title", "event", "place", "day", "amount", "language", "level", "note")


@transaction.atomic
def add_claim(
    *, application: Application, entered: Mapping[str, Any], by: User, at: datetime, uploads: Sequence[Inspected] = ()
) -> Claim:
    """With its files. A second press finds the first one's claim and is refused; nothing is claimed twice."""
    application = locked_for_editing(application, at=at)
    rules = rules_in_force(application.call)
    claim = Claim(application=application, added_at=at, **entered)
    _refuse_what_the_rules_do_not_know(claim, rules, at=at)
    if application.claims.count() >= MAX_CLAIMS:
        raise ValidationError(
            _("There are %(count)s achievements already."), code="too-many", params={"count": MAX_CLAIMS}
        )
    _refuse_twice(application, claim)
    claim.full_clean(exclude=["application"], validate_constraints=False)
    claim.save()
    keep(claim, uploads, by=by, at=at)
    journal.record(event="claim-added", of=application, by=by)
    recount(application, rules)
    save(application, at=at)
    claim.refresh_from_db()
    return claim


@transaction.atomic
def change_claim(
    *,
    claim: Claim,
    entered: Mapping[str, Any],
    seen: str,
    by: User,
    at: datetime,
    uploads: Sequence[Inspected] = (),
) -> Claim:
    """`seen` is the stamp of what stood there when whoever changes it looked."""
    application = locked_for_editing(claim.application, at=at)
    rules = rules_in_force(application.call)
    claim = found(application, claim)
    _refuse_changed_meanwhile(claim, seen)
    for name in FIELDS:
        setattr(claim, name, entered.get(name, getattr(claim, name)))
    _refuse_what_the_rules_do_not_know(claim, rules, at=at)
    _refuse_twice(application, claim)
    claim.full_clean(exclude=["application"], validate_constraints=False)
    claim.save(update_fields=FIELDS)
    keep(claim, uploads, by=by, at=at)
    journal.record(event="claim-changed", of=application, by=by)
    recount(application, rules)
    save(application, at=at)
    claim.refresh_from_db()
    return claim


@transaction.atomic
def remove_claim(*, claim: Claim, by: User, at: datetime) -> None:
    application = locked_for_editing(claim.application, at=at)
    found(application, claim).delete()
    journal.record(event="claim-removed", of=application, by=by)
    recount(application, rules_in_force(application.call))
    save(application, at=at)


def found(application: Application, claim: Claim) -> Claim:
    """As it is now; another window may have removed it."""
    found: Claim | None = application.claims.filter(pk=claim.pk).first()
    if found is None:
        raise ValidationError(_("This achievement was removed in another window."), code="gone")
    return found


def stamp(claim: Claim) -> str:
    """Of what it says: it differs as soon as anything of it does."""
    return sha256("\n".join(str(getattr(claim, name)) for name in FIELDS).encode()).hexdigest()[:16]


def _refuse_changed_meanwhile(claim: Claim, seen: str) -> None:
    if seen == stamp(claim):
        return
    said = [claim.title, claim.event, claim.place, day(claim.day), claim.level or str(claim.amount), claim.note]
    told = _(
        "This was changed in another window meanwhile, and says now: %(now)s. Save again to put yours in its place."
    )
    raise ValidationError(told, code="changed-meanwhile", params={"now": " · ".join(filter(None, said))})


def _refuse_what_the_rules_do_not_know(claim: Claim, rules: Rules, *, at: datetime) -> None:
    if claim.is_language:
        if not claim.language or claim.level not in rules.language_levels:
            raise ValidationError({"level": ValidationError(_("Choose the level."), code="unknown-level")})
    elif claim.kind not in rules.catalogue:
        raise ValidationError({"kind": ValidationError(_("Choose what it was."), code="unknown-kind")})
    if claim.day > timezone.localdate(at):
        raise ValidationError(
            {"day": ValidationError(_("This day is still to come. Enter the day it happened."), code="future")}
        )
    if claim.kind != LANGUAGE:
        claim.language = claim.level = ""


def _refuse_twice(application: Application, claim: Claim) -> None:
    same = {name: getattr(claim, name) for name in ("kind", "title", "day", "event", "language", "level")}
    if application.claims.filter(**same).exclude(pk=claim.pk).exists():
        raise ValidationError(_("This achievement is on your list already."), code="claimed-already")


def recount(application: Application, rules: Rules) -> None:
    """The points of each claim by the catalogue, and of all of them with windows, events and caps."""
    claims = list(application.claims.all())
    score = claimed_score(application, claims, rules)
    worth = {line.claim: line.claimed for line in score.lines}
    changed = []
    for claim in claims:
        points = rules.language_levels.get(claim.level, 0) if claim.is_language else worth[str(claim.pk)]
        if points != claim.points_claimed:
            claim.points_claimed = points
            changed.append(claim)
    Claim.objects.bulk_update(changed, ["points_claimed"])
    application.points_claimed, application.claims_count = score.total, len(claims)
    application.save(update_fields=["points_claimed", "claims_count"])
