"""Reading what students claim. Each act locks the application, and computes its points again."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.students.models import Application, Claim, Verdict
from selection.actions.scoring import refresh_outlook, store_score
from selection.actions.sheets import Sheet, held, locked
from selection.models import Conflict, Decision, Reading, Reason

PUSHED = ["verdict", "accepted_kind", "accepted_amount", "accepted_level", "reason", "reason_text", "read_at"]
SAID = ["by", "decision", "kind", "amount", "level", "reason", "text"]


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


def read_claims(*, sheet: Sheet, entered: Sequence[Entered], by: User, at: datetime) -> list[Reading]:
    """All of them or none; of what the same person pressed twice, nothing more. After points have been shown they wait
    for a second person, and change nothing yet.
    """
    readings = {row.claim: _reading_of(row, sheet, by, at) for row in entered}
    twice = _pressed_twice(entered, readings, sheet.last_readings)
    entered = [row for row in entered if row.claim not in twice]
    _refuse_read_meanwhile(entered, sheet.last_readings)
    _refuse_pending([row.claim for row in entered if row.claim in sheet.pending])
    saved = [readings[row.claim] for row in entered]
    if saved:
        Reading.objects.bulk_create(saved)
        if not sheet.points_are_shown:
            _put_in_force(sheet, saved, at)
        journal.record(event="claims-read", of=sheet.application, by=by)
    return saved


@transaction.atomic
def agree(*, reading: Reading, by: User, at: datetime) -> Reading:
    """The second person's: the verdict comes into force."""
    reading, sheet = _pending(reading, by, at)
    reading.seconded_by, reading.seconded_at = by, at
    reading.save(update_fields=["seconded_by", "seconded_at"])
    _put_in_force(sheet, [reading], at)
    journal.record(event="reading-agreed", of=sheet.application, by=by)
    return reading


@transaction.atomic
def disagree(*, reading: Reading, by: User, at: datetime) -> Reading:
    """The verdict that was in force stays."""
    reading, sheet = _pending(reading, by, at)
    reading.refused_by, reading.refused_at = by, at
    reading.save(update_fields=["refused_by", "refused_at"])
    journal.record(event="reading-not-agreed", of=sheet.application, by=by)
    return reading


@transaction.atomic
def declare_conflict(*, application: Application, note: str, by: User, at: datetime) -> Conflict:
    """From now on this person reads nothing more of the applicant."""
    application = locked(Application.objects.filter(pk=application.pk))
    conflict, created = Conflict.objects.get_or_create(
        person=by, application=application, defaults={"note": note, "declared_at": at}
    )
    if created:
        journal.record(event="conflict-declared", of=application, by=by, reason=note)
    return conflict


def _reading_of(row: Entered, sheet: Sheet, by: User, at: datetime) -> Reading:
    claim = next(claim for claim in sheet.claims if claim.pk == row.claim)
    reading = Reading(
        claim=claim,
        number=sheet.last_readings[claim.pk] + 1,
        decision=row.decision,
        kind=claim.kind if row.decision == Decision.REFUSED else row.kind,
        amount=row.amount,
        level=row.level,
        reason=row.reason,
        text=row.text,
        by=by,
        at=at,
        needs_second=sheet.points_are_shown,
    )
    _refuse_senseless(reading, claim, {row["code"] for row in sheet.in_force.version.content["catalogue"]})
    return reading


def _pressed_twice(
    entered: Sequence[Entered], readings: Mapping[int, Reading], numbers: Mapping[int, int]
) -> Collection[int]:
    """The claims whose newest verdict is this person's own, and word for word the same."""
    latest = Reading.objects.latest_of(_unseen(entered, numbers)) if _unseen(entered, numbers) else []
    return {
        last.claim_id
        for last in latest
        if all(last.serializable_value(name) == readings[last.claim_id].serializable_value(name) for name in SAID)
    }


def _unseen(entered: Sequence[Entered], numbers: Mapping[int, int]) -> list[int]:
    return [row.claim for row in entered if numbers[row.claim] not in (0, row.seen)]


def _put_in_force(sheet: Sheet, readings: Sequence[Reading], at: datetime) -> None:
    """The claims of the readings are the sheet's."""
    for reading in readings:
        claim = reading.claim
        refused = reading.decision == Decision.REFUSED
        claim.verdict = Verdict(reading.decision)
        claim.accepted_kind = "" if refused else reading.kind
        claim.accepted_amount = reading.amount
        claim.accepted_level = "" if refused else reading.level
        claim.reason, claim.reason_text, claim.read_at = reading.reason, reading.text, at
    application, changed = sheet.application, [reading.claim for reading in readings]
    store_score(application=application, claims=sheet.claims, in_force=sheet.in_force, changed=changed, fields=PUSHED)
    refresh_outlook(call=application.call, faculty=application.faculty, outlook=sheet.outlook, crowded=sheet.is_crowded)


def _pending(reading: Reading, by: User, at: datetime) -> tuple[Reading, Sheet]:
    sheet = held(Application.objects.filter(claims=reading.claim_id), by, at)
    again: Reading = Reading.objects.get(pk=reading.pk)
    again.claim = next(claim for claim in sheet.claims if claim.pk == again.claim_id)
    if not again.is_pending:
        raise ValidationError(_("This verdict was settled meanwhile."), code="settled")
    if again.by_id == by.pk:
        raise ValidationError(_("You gave this verdict. Another person of the dean's office settles it."), code="own")
    return again, sheet


def _refuse_read_meanwhile(entered: Sequence[Entered], numbers: Mapping[int, int]) -> None:
    if newer := _unseen(entered, numbers):
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
