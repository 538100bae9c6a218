"""Reading what students claim. Each act locks the application, and computes its points again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.calls.models import RulesVersion
from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.students.models import Application, Claim, Verdict
from selection.actions.scoring import rescore
from selection.actions.standings import hold
from selection.models import Conflict, Decision, Reading, Reason, Showing, Standing

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
    refuse_closed(application, at)
    refuse_excluded(application, by)
    claims = {claim.pk: claim for claim in application.claims.filter(pk__in=[row.claim for row in entered])}
    latest = {reading.claim_id: reading for reading in Reading.objects.latest_of(claims).select_related("by")}
    _refuse_read_meanwhile(entered, latest)
    kinds = {row["code"] for row in _rules(application).content["catalogue"]}
    needs_second = Showing.objects.filter(call=application.call_id, faculty=application.faculty_id).exists()
    readings = []
    for row in entered:
        claim, last = claims[row.claim], latest.get(row.claim)
        _refuse_pending(last)
        reading = Reading(
            claim=claim,
            number=(last.number if last else 0) + 1,
            decision=row.decision,
            kind=claim.kind if row.decision == Decision.REFUSED else row.kind,
            amount=row.amount,
            level=row.level,
            reason=row.reason,
            text=row.text,
            by=by,
            at=at,
            needs_second=needs_second,
        )
        _refuse_senseless(reading, claim, kinds)
        readings.append(reading)
    Reading.objects.bulk_create(readings)
    if not needs_second:
        application = _put_in_force(application, readings, at)
    journal.record(event="claims-read", of=application, by=by)
    return application, readings


@transaction.atomic
def agree(*, reading: Reading, by: User, at: datetime) -> Reading:
    """The second person's: the verdict comes into force."""
    reading = _pending(reading, by, at)
    reading.seconded_by, reading.seconded_at = by, at
    reading.save(update_fields=["seconded_by", "seconded_at"])
    _put_in_force(reading.claim.application, [reading], at)
    journal.record(event="reading-agreed", of=reading.claim.application, by=by)
    return reading


@transaction.atomic
def disagree(*, reading: Reading, by: User, at: datetime) -> Reading:
    """The verdict that was in force stays."""
    reading = _pending(reading, by, at)
    reading.refused_by, reading.refused_at = by, at
    reading.save(update_fields=["refused_by", "refused_at"])
    journal.record(event="reading-not-agreed", of=reading.claim.application, by=by)
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


def _put_in_force(application: Application, readings: Iterable[Reading], at: datetime) -> Application:
    claims = []
    for reading in readings:
        claim = reading.claim
        refused = reading.decision == Decision.REFUSED
        claim.verdict = Verdict(reading.decision)
        claim.accepted_kind = "" if refused else reading.kind
        claim.accepted_amount = reading.amount
        claim.accepted_level = "" if refused else reading.level
        claim.reason, claim.reason_text, claim.read_at = reading.reason, reading.text, at
        claims.append(claim)
    Claim.objects.bulk_update(claims, PUSHED)
    return rescore(application=application)


def _pending(reading: Reading, by: User, at: datetime) -> Reading:
    application = _locked(Application.objects.get(claims=reading.claim_id))
    refuse_closed(application, at)
    refuse_excluded(application, by)
    again: Reading = Reading.objects.select_related("claim").get(pk=reading.pk)
    again.claim.application = application
    if not again.is_pending:
        raise ValidationError(_("This verdict was settled meanwhile."), code="settled")
    if again.by_id == by.pk:
        raise ValidationError(_("You gave this verdict. Another person of the dean's office settles it."), code="own")
    return again


def refuse_closed(application: Application, at: datetime) -> None:
    if not application.is_submitted:
        raise ValidationError(_("The application is not in the competition."), code="not-submitted")
    if at < application.call.deadline:
        raise ValidationError(
            _("Students may still change their applications. Reading starts at the deadline."), code="too-early"
        )
    if application.call.published_at:
        raise ValidationError(_("The results are published. Verdicts no longer change."), code="published")
    hold(call=application.call, faculty=application.faculty)
    if Standing.objects.in_force(application.call_id, application.faculty_id).exists():
        raise ValidationError(_("The ranking is locked. Unlock it before you change a verdict."), code="locked")


def refuse_excluded(application: Application, by: User) -> None:
    if application.student_id == by.pk or Conflict.objects.filter(application=application, person=by).exists():
        raise ValidationError(_("You stay out of this application: a conflict of interest."), code="conflict")


def _refuse_read_meanwhile(entered: Sequence[Entered], latest: Mapping[int, Reading]) -> None:
    newer = {
        row.claim: latest[row.claim] for row in entered if row.claim in latest and latest[row.claim].number != row.seen
    }
    if newer:
        raise ReadMeanwhileError(newer)


def _refuse_pending(last: Reading | None) -> None:
    if last is not None and last.is_pending:
        raise ValidationError(
            _("A verdict of %(person)s waits for a second person. Settle it first."),
            code="pending",
            params={"person": last.by},
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


def _rules(application: Application) -> RulesVersion:
    version: RulesVersion = application.call.rules_versions.order_by("-number")[0]
    return version


def _locked(application: Application) -> Application:
    locked = Application.objects.select_for_update(of=("self",)).select_related("call", "faculty")
    found: Application = locked.get(pk=application.pk)
    return found
