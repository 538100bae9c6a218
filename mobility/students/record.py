"""An application as the rules see it: what counts of the student, and which rule keeps them from a destination."""

from collections.abc import Iterable, Mapping

from mobility.calls.models import Destination, Quota
from mobility.calls.rubric import terms_of
from mobility.students.models import Application, Claim, Verdict
from selection.engine import scoring
from selection.engine.eligibility import Failure, failures
from selection.engine.scoring import Record, Rules, Score

COUNTED = {Verdict.ACCEPTED, Verdict.CORRECTED}
NO_TABLE = "no table"  # a scale that no call covers: the mark blocks, it never counts as 0
NOT_OPEN = Failure("open", 1, 0)


def record_of(application: Application, claims: Iterable[Claim], *, as_claimed: bool = False) -> Record:
    """`as_claimed` counts every claim as the student made it; else only what was verified counts."""
    claims = list(claims)
    achievements = tuple(_claim(claim, as_claimed=as_claimed) for claim in claims if not claim.is_language)
    levels = [claim for claim in claims if claim.is_language]
    claimed = {claim.language: claim.level for claim in sorted(levels, key=lambda claim: claim.level)}
    verified = {
        claim.language: claim.accepted_level
        for claim in sorted(levels, key=lambda claim: claim.accepted_level)
        if claim.verdict in COUNTED
    }
    is_mapped = application.mean_mark is not None
    return Record(
        faculty=str(application.faculty_id),
        mean_mark=application.mean_mark if is_mapped else 0,
        course=application.course_year,
        mark_scale="" if is_mapped else NO_TABLE,
        schooling_language=application.study_language,
        specialty=application.specialty,
        citizenship=str(application.citizenship),
        funding=application.funding,
        claimed_levels=claimed,
        verified_levels=claimed if as_claimed else verified,
        claims=achievements,
        facts=facts_of(application),
    )


def facts_of(application: Application) -> dict[str, int]:
    return {
        "debts": application.debts,
        "sanctions": application.sanctions,
        "leave": int(application.is_on_leave),
        "earlier_mobility": application.earlier_mobility,
    }


def _claim(claim: Claim, *, as_claimed: bool) -> scoring.Claim:
    if as_claimed:
        accepted, amount = claim.kind, claim.amount
    elif claim.verdict in COUNTED:
        accepted, amount = claim.accepted_kind, claim.accepted_amount
    else:
        accepted, amount = None, 1
    event = " ".join(claim.event.lower().split())
    return scoring.Claim(str(claim.pk), claim.kind, claim.day, event, claim.amount, accepted, amount)


def claimed_score(application: Application, claims: Iterable[Claim], rules: Rules) -> Score:
    """What the application would have if every claim counted: windows, events and caps applied."""
    record = record_of(application, claims, as_claimed=True)
    if record.mark_scale:
        record = record._replace(mark_scale="", mean_mark=rules.mark_origin)  # the marks block; the claims are shown
    return scoring.score(record, rules)


def failures_at(
    record: Record, rules: Rules, destination: Destination, quotas: Mapping[int, Quota], *, faculty: int
) -> list[Failure]:
    """Why not there; empty if eligible. `quotas` are the destination's, by faculty."""
    if not is_open_to(destination, quotas, faculty=faculty):
        return [NOT_OPEN]
    return failures(record, rules, terms_of(destination, quotas.get(faculty)))


def is_open_to(destination: Destination, quotas: Mapping[int, Quota], *, faculty: int) -> bool:
    """A quota of the faculty, an open seat, or a quota that others may leave unfilled."""
    own, reserved = quotas.get(faculty), sum(quota.seats for quota in quotas.values())
    released = destination.call.release == "open" and reserved > 0
    return bool(own and own.seats) or destination.seats > reserved or released
