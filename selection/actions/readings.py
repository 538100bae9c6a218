"""Reading what students claim. Each act locks the application, and computes its points again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from mobility.calls.actions.locks import refuse_called_off
from mobility.calls.rubric import engine_rules
from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.students.models import Application, Claim, Verdict
from selection.actions.scoring import crowd, hold, refresh_outlook, store_score
from selection.gather import RulesInForce
from selection.models import Conflict, Decision, Outlook, Reading, Reason, Showing, Standing

PUSHED = ["verdict", "accepted_kind", "accepted_amount", "accepted_level", "reason", "reason_text", "read_at"]


@dataclass(frozen=True)
class Entered:
    """A verdict as somebody entered it. `seen` is the number of the last reading that they had before them, or 0."""

    claim: int
    seen: int
    decision: str
    kind: str = ""
    amount: int = 1
    level: str = ""
    reason: str = ""
    text: str = ""


class ReadMeanwhileError(ValidationError):
    """Nothing is saved: the page has to show `latest` (claim → reading) beside what was entered."""

    def __init__(self, latest: Mapping[int, Reading]) -> None:
        names = ", ".join(sorted({str(reading.by) for reading in latest.values()}))
        told = _("%(person)s has read this meanwhile. Both verdicts are below: look at them, then save yours or skip.")
        super().__init__(told, code="read-meanwhile", params={"person": names})
        self.latest = latest


def as_claimed(claim: Claim, *, seen: int = 0) -> Entered:
    return Entered(claim.pk, seen, Decision.ACCEPTED, claim.kind, claim.amount, claim.level)


@transaction.atomic
def read_claims(
    *, application: Application, entered: Sequence[Entered], by: User, at: datetime
) -> tuple[Application, list[Reading]]:
    """All of them or none. After points have been shown they wait for a second person, and change nothing yet."""
    application = _locked(application)
    ground = ground_of(application, by, at)
    claims = {claim.pk: claim for claim in claims_with_numbers(application)}
    numbers = {key: claim.last_number for key, claim in claims.items()}
    _refuse_read_meanwhile(entered, numbers)
    _refuse_pending([row.claim for row in entered if claims[row.claim].is_pending])
    kinds = {row["code"] for row in ground.in_force.version.content["catalogue"]}
    readings = []
    for row in entered:
        claim = claims[row.claim]
        reading = Reading(
            claim=claim,
            number=numbers[row.claim] + 1,
            decision=row.decision,
            kind=claim.kind if row.decision == Decision.REFUSED else row.kind,
            amount=row.amount,
            level=row.level,
            reason=row.reason,
            text=row.text,
            by=by,
            at=at,
            needs_second=ground.points_are_shown,
        )
        _refuse_senseless(reading, claim, kinds)
        readings.append(reading)
    Reading.objects.bulk_create(readings)
    if not ground.points_are_shown:
        _put_in_force(ground, readings, list(claims.values()), at)
    journal.record(event="claims-read", of=application, by=by)
    return application, readings


@transaction.atomic
def agree(*, reading: Reading, by: User, at: datetime) -> Reading:
    """The second person's: the verdict comes into force."""
    reading, ground = _pending(reading, by, at)
    reading.seconded_by, reading.seconded_at = by, at
    reading.save(update_fields=["seconded_by", "seconded_at"])
    claims = {claim.pk: claim for claim in ground.application.claims.order_by("pk")}
    reading.claim = claims[reading.claim_id]
    _put_in_force(ground, [reading], list(claims.values()), at)
    journal.record(event="reading-agreed", of=ground.application, by=by)
    return reading


@transaction.atomic
def disagree(*, reading: Reading, by: User, at: datetime) -> Reading:
    """The verdict that was in force stays."""
    reading, ground = _pending(reading, by, at)
    reading.refused_by, reading.refused_at = by, at
    reading.save(update_fields=["refused_by", "refused_at"])
    journal.record(event="reading-not-agreed", of=ground.application, by=by)
    return reading


@transaction.atomic
def declare_conflict(*, application: Application, note: str, by: User, at: datetime) -> Conflict:
    """From now on this person reads nothing more of the applicant."""
    application = _locked(application)
    conflict, created = Conflict.objects.get_or_create(
        person=by, application=application, defaults={"note": note, "declared_at": at}
    )
    if created:
        journal.record(event="conflict-declared", of=application, by=by, reason=note)
    return conflict


@dataclass(frozen=True)
class Ground:
    """What a verdict stands on, read after the application and the faculty's outlook are held."""

    application: Application
    outlook: Outlook
    in_force: RulesInForce
    points_are_shown: bool
    is_crowded: bool


def ground_of(application: Application, by: User, at: datetime) -> Ground:
    """Or a refusal: out of the competition, too early, published, locked, or a conflict of interest."""
    call, faculty = application.call, application.faculty
    _refuse_out_of_time(application, at)
    outlook = hold(call=call, faculty=faculty)
    version = call.rules_versions.annotate(
        is_locked=Exists(Standing.objects.in_force(call, faculty)),
        is_excluded=Exists(Conflict.objects.of_person(by).filter(application=application)),
        points_are_shown=Exists(Showing.objects.filter(call=call, faculty=faculty)),
        is_crowded=Exists(crowd(call=call, faculty=faculty)),
    ).order_by("-number")[0]
    if version.is_locked:
        raise ValidationError(_("The ranking is locked. Unlock it before you change a verdict."), code="locked")
    if version.is_excluded or application.student_id == by.pk:
        raise ValidationError(_("You stay out of this application: a conflict of interest."), code="conflict")
    in_force = RulesInForce(version, engine_rules(call, version))
    return Ground(application, outlook, in_force, version.points_are_shown, version.is_crowded)


def claims_with_numbers(application: Application) -> Any:
    """Each with the number of its last reading, or 0, and whether that waits for a second person."""
    readings = Reading.objects.filter(claim=OuterRef("pk"))
    return application.claims.order_by("pk").annotate(
        last_number=Coalesce(Subquery(readings.order_by("-number").values("number")[:1]), 0),
        is_pending=Exists(readings.pending()),
    )


def _put_in_force(ground: Ground, readings: Sequence[Reading], claims: Sequence[Claim], at: datetime) -> None:
    """`claims` are all of the application's, those of the readings among them."""
    for reading in readings:
        claim = reading.claim
        refused = reading.decision == Decision.REFUSED
        claim.verdict = Verdict(reading.decision)
        claim.accepted_kind = "" if refused else reading.kind
        claim.accepted_amount = reading.amount
        claim.accepted_level = "" if refused else reading.level
        claim.reason, claim.reason_text, claim.read_at = reading.reason, reading.text, at
    application, changed = ground.application, [reading.claim for reading in readings]
    store_score(application=application, claims=claims, in_force=ground.in_force, changed=changed, fields=PUSHED)
    refresh_outlook(
        call=application.call, faculty=application.faculty, outlook=ground.outlook, crowded=ground.is_crowded
    )


def _pending(reading: Reading, by: User, at: datetime) -> tuple[Reading, Ground]:
    ground = ground_of(_locked(Application.objects.get(claims=reading.claim_id)), by, at)
    again: Reading = Reading.objects.select_related("claim").get(pk=reading.pk)
    again.claim.application = ground.application
    if not again.is_pending:
        raise ValidationError(_("This verdict was settled meanwhile."), code="settled")
    if again.by_id == by.pk:
        raise ValidationError(_("You gave this verdict. Another person of the dean's office settles it."), code="own")
    return again, ground


def _refuse_out_of_time(application: Application, at: datetime) -> None:
    refuse_called_off(application.call)
    if not application.is_submitted:
        raise ValidationError(_("The application is not in the competition."), code="not-submitted")
    if at < application.call.deadline:
        raise ValidationError(
            _("Students may still change their applications. Reading starts at the deadline."), code="too-early"
        )
    if application.call.published_at:
        raise ValidationError(_("The results are published. Verdicts no longer change."), code="published")


def _refuse_read_meanwhile(entered: Sequence[Entered], numbers: Mapping[int, int]) -> None:
    newer = [row.claim for row in entered if numbers[row.claim] not in (0, row.seen)]
    if newer:
        latest = Reading.objects.latest_of(newer).select_related("by")
        raise ReadMeanwhileError({reading.claim_id: reading for reading in latest})


def _refuse_pending(waiting: Sequence[int]) -> None:
    if waiting:
        raise ValidationError(
            _("A verdict of %(person)s waits for a second person. Settle it first."),
            code="pending",
            params={"person": Reading.objects.latest_of(waiting).select_related("by")[0].by},
        )


def _refuse_senseless(reading: Reading, claim: Claim, kinds: set[str]) -> None:
    if reading.decision == Decision.ACCEPTED:
        reading.kind, reading.amount, reading.level, reading.reason = claim.kind, claim.amount, claim.level, ""
        return
    if not reading.reason or (reading.reason == Reason.OTHER and not reading.text.strip()):
        raise ValidationError(
            _("“%(claim)s” needs a reason that the student can read."), code="no-reason", params={"claim": claim}
        )
    if reading.decision == Decision.REFUSED:
        return
    if claim.is_language:
        reading.kind, reading.amount = claim.kind, claim.amount
    elif reading.kind not in kinds:
        raise ValidationError(_("The rules of the call have no such kind of achievement."), code="unknown-kind")
    if (reading.kind, reading.amount, reading.level) == (claim.kind, claim.amount, claim.level):
        raise ValidationError(
            _("Nothing of “%(claim)s” is corrected. Change the kind or the amount, or accept it."),
            code="same",
            params={"claim": claim},
        )


def _locked(application: Application) -> Application:
    locked = Application.objects.select_for_update(of=("self",)).select_related("call", "faculty")
    found: Application = locked.get(pk=application.pk)
    return found
