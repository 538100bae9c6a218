"""Points as they stand, kept beside the applications so that no page adds them up."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from mobility.calls.models import Call
from mobility.people.models import Faculty
from mobility.students.models import Application, ApplicationState, Claim, Verdict
from mobility.students.record import claimed_score, record_of
from selection import gather
from selection.engine.eligibility import failures
from selection.engine.frozen import Run, compute
from selection.engine.ranking import key, rows
from selection.engine.scoring import Line, Record, Rules, Score, UnmappedMark, score, tie_facts
from selection.models import Outlook, Rank

ELIGIBLE, NOT_ELIGIBLE = 0, 1
AT_ONCE = 500
"""Up to so many applicants a faculty's outlook is computed within the change itself; above it the worker does it."""
SCORED = ["points_claimed", "points", "parts", "standing_key", "claims_count", "claims_read", "unmet"]
RANKED = ["order", "place", "tie_rule", "destination_id", "wish"]
BATCH = 1000


@transaction.atomic
def rescore(*, application: Application) -> Application:
    """After a change of what counts: its points and key, how each claim counts, and the faculty's order."""
    application = Application.objects.select_for_update(of=("self",)).select_related("call").get(pk=application.pk)
    claims = list(application.claims.order_by("pk"))
    counted = _score(application, claims, gather.rules_in_force(application.call))
    application.save(update_fields=SCORED)
    Claim.objects.bulk_update(counted, ["points_counted", "fate"])
    refresh_outlook(call=application.call, faculty=application.faculty)
    return application


@transaction.atomic
def rescore_call(*, call: Call) -> None:
    """Everybody, after a new version of the rules."""
    rules = gather.rules_in_force(call)
    applications = list(call.applications.submitted().select_for_update(of=("self",)).order_by("pk"))
    claims = gather.claims_of([row.pk for row in applications])
    counted = [claim for row in applications for claim in _score(row, claims.get(row.pk, []), rules)]
    Application.objects.bulk_update(applications, SCORED, batch_size=BATCH)
    Claim.objects.bulk_update(counted, ["points_counted", "fate"], batch_size=BATCH)
    for faculty in Faculty.objects.filter(pk__in={row.faculty_id for row in applications}):
        compute_outlook(call=call, faculty=faculty)


def score_waiting(*, at: datetime) -> None:
    """A job of settings.SCHEDULE: once applications are closed, score who never was, and take out who left."""
    closed = Call.objects.filter(deadline__lte=at, published_at=None, opened_at__isnull=False)
    for call in closed:
        if call.applications.submitted().filter(standing_key=[]).exists():
            rescore_call(call=call)
        gone = Rank.objects.filter(call=call).exclude(application__state=ApplicationState.SUBMITTED)
        for faculty in Faculty.objects.filter(pk__in=gone.values("faculty")):
            refresh_outlook(call=call, faculty=faculty)


def _score(application: Application, claims: Sequence[Claim], in_force: gather.RulesInForce) -> list[Claim]:
    """Sets the stored points; returns the claims whose own points changed."""
    record, rules = record_of(application, claims), in_force.rules
    unmet = failures(record, rules)
    application.points_claimed = claimed_score(application, claims, rules).total
    application.claims_count = len(claims)
    application.claims_read = sum(claim.verdict != Verdict.UNREAD for claim in claims)
    application.unmet = [list(failure) for failure in unmet]
    try:
        found = score(record, rules)
    except UnmappedMark:
        found = _without_marks(record, rules)
    application.points = found.total
    application.parts = {part.criterion: part.points for part in found.parts}
    facts = tie_facts(record._replace(mark_scale=""), rules, found)
    own = key(found.total, facts, "", in_force.tie_breakers)
    application.standing_key = [NOT_ELIGIBLE if unmet else ELIGIBLE, own.minus_score, *own.minus_ties]
    return _count(claims, found.lines)


def _without_marks(record: Record, rules: Rules) -> Score:
    """What the claims alone give: shown while the marks block, and never ranked."""
    return score(record._replace(mark_scale="", mean_mark=rules.mark_origin), rules)


def _count(claims: Sequence[Claim], lines: Sequence[Line]) -> list[Claim]:
    by_claim = {line.claim: line for line in lines}
    changed = []
    for claim in claims:
        line = by_claim.get(str(claim.pk))
        points, fate = (line.counted, line.fate) if line else (0, "")
        if (claim.points_counted, claim.fate) != (points, fate):
            claim.points_counted, claim.fate = points, fate
            changed.append(claim)
    return changed


def refresh_outlook(*, call: Call, faculty: Faculty) -> None:
    """Now, or by the worker where a faculty has very many applicants."""
    from selection.tasks import refresh  # noqa: PLC0415 -- the task calls this module

    outlooks = Outlook.objects.filter(call=call, faculty=faculty)
    if not outlooks.update(changes=F("changes") + 1):  # the row stays locked until the change is whole
        Outlook.objects.get_or_create(call=call, faculty=faculty, defaults={"changes": 1})
    if call.applications.submitted().filter(faculty=faculty).order_by()[: AT_ONCE + 1].count() <= AT_ONCE:
        compute_outlook(call=call, faculty=faculty)
    elif outlooks.filter(computed=F("changes") - 1).exists():
        refresh.enqueue(call.pk, faculty.pk)


def compute_outlook(*, call: Call, faculty: Faculty) -> None:
    """The order of a faculty's applicants, and what its own quotas would give them."""
    seen = Outlook.objects.get_or_create(call=call, faculty=faculty)[0].changes
    terms = gather.terms_of_call(call)
    run = compute(alone(gather.freeze(terms, faculty=faculty), faculty.code))
    with transaction.atomic():
        outlook = Outlook.objects.select_for_update(of=("self",), no_key=True).get(call=call, faculty=faculty)
        if outlook.computed > seen:
            return
        outlook.cutoffs, outlook.computed, outlook.computed_at = _cutoffs(run, faculty.code), seen, timezone.now()
        outlook.own_standings = own_standings(run)
        outlook.save(update_fields=["cutoffs", "own_standings", "computed", "computed_at"])
        _store_ranks(run, terms, faculty)


def alone(frozen: dict[str, Any], faculty: str) -> dict[str, Any]:
    """The market of one faculty: its quotas, and of the open seats none."""
    for destination in frozen["destinations"].values():
        own = destination["quotas"].get(faculty, 0)
        destination["quotas"] = {faculty: own} if own else {}
        destination["seats"] = own
    return frozen


def own_standings(run: Run) -> dict[str, list[dict[str, Any]]]:
    """Of each destination whose weights are its own: everybody who chose it and is eligible, in its order."""
    return {
        destination: [
            {
                "code": row.code,
                "order": row.order,
                "place": row.place,
                "tie_rule": row.decided_by or "",
                "points": run.grounds.scores[destination][row.code].total,
                "parts": {part.criterion: part.points for part in run.grounds.scores[destination][row.code].parts},
            }
            for row in rows(run.grounds.keys[destination], run.grounds.tie_breakers)
        ]
        for destination in run.own_standings
    }


def _cutoffs(run: Run, faculty: str) -> dict[str, int | None]:
    """Destination → points of the last one in; None where nobody was refused or nobody is in."""
    found: dict[str, int | None] = {}
    for code, cutoffs in run.result.cutoffs.items():
        last_in = cutoffs[faculty].applicant if faculty in cutoffs else None
        found[code] = run.grounds.keys[code][last_in].score if last_in else None
    return found


def _store_ranks(run: Run, terms: gather.Terms, faculty: Faculty) -> None:
    """Those who are eligible by the rules of the call, in order; only rows that changed are written."""
    applications = terms.call.applications.submitted().filter(faculty=faculty, unmet=[])
    numbers = dict(applications.values_list("number", "pk"))
    destinations = {row.code: pk for pk, row in terms.destinations.items()}
    keys = {code: found for code, found in run.base_keys.items() if code in numbers}
    before = {rank.application_id: rank for rank in Rank.objects.filter(call=terms.call, faculty=faculty)}
    new, changed = [], []
    for row in rows(keys, run.grounds.tie_breakers):
        held = run.result.placements[row.code]
        rank = Rank(
            application_id=numbers[row.code],
            call=terms.call,
            faculty=faculty,
            order=row.order,
            place=row.place,
            tie_rule=row.decided_by or "",
            destination_id=destinations[held] if held else None,
            wish=run.market.applicants[row.code].choices.index(held) + 1 if held else None,
        )
        old = before.pop(rank.application_id, None)
        if old is None:
            new.append(rank)
        elif _differ(old, rank):
            rank.pk = old.pk
            changed.append(rank)
    Rank.objects.filter(pk__in=[rank.pk for rank in before.values()]).delete()
    Rank.objects.bulk_update(changed, [name.removesuffix("_id") for name in RANKED], batch_size=BATCH)
    Rank.objects.bulk_create(new, batch_size=BATCH)


def _differ(one: Rank, other: Rank) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in RANKED)
