"""Points as they stand, kept beside the applications so that no page adds them up."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from mobility.calls.models import Call
from mobility.people.models import Faculty
from mobility.students.models import Application, ApplicationState, Claim, Verdict
from mobility.students.record import claimed_score, record_of
from mobility.web.bulk import rewrite
from selection import gather
from selection.engine.eligibility import failures
from selection.engine.frozen import Run, compute
from selection.engine.ranking import LOTTERY, key, rows
from selection.engine.scoring import Line, Record, Rules, Score, UnmappedMark, score, tie_facts
from selection.models import Outlook, Rank

ELIGIBLE, NOT_ELIGIBLE = 0, 1
AT_ONCE = 500
"""Up to so many applicants a faculty's outlook is computed within the change itself; above it the worker does it."""
SCORED = ["points_claimed", "points", "parts", "standing_key", "claims_count", "claims_read", "unmet"]
COUNTED = ["points_counted", "fate"]
RANKED = ["order", "place", "tie_rule", "destination", "wish"]
BATCH = 1000


@transaction.atomic
def rescore(*, application: Application) -> Application:
    """After a change of what counts: its points and key, how each claim counts, and the faculty's order."""
    application = (
        Application.objects.select_for_update(of=("self",)).select_related("call", "faculty").get(pk=application.pk)
    )
    claims = list(application.claims.order_by("pk"))
    store_score(application=application, claims=claims, in_force=gather.rules_in_force(application.call))
    refresh_outlook(call=application.call, faculty=application.faculty)
    return application


def store_score(
    *,
    application: Application,
    claims: Sequence[Claim],
    in_force: gather.RulesInForce,
    changed: Sequence[Claim] = (),
    fields: Sequence[str] = (),
) -> None:
    """The caller holds the application and its claims; of those `changed` it wants these `fields` stored as well."""
    counted = _score(application, claims, in_force)
    rewrite([application], SCORED)
    rows = {claim.pk: claim for claim in (*changed, *counted)}
    rewrite(rows.values(), [*fields, *COUNTED])


@transaction.atomic
def rescore_call(*, call: Call) -> None:
    """Everybody, after a new version of the rules."""
    rules = gather.rules_in_force(call)
    applications = list(call.applications.submitted().select_for_update(of=("self",)).order_by("pk"))
    claims = gather.claims_of([row.pk for row in applications])
    counted = [claim for row in applications for claim in _score(row, claims.get(row.pk, []), rules)]
    rewrite(applications, SCORED)
    rewrite(counted, COUNTED)
    for faculty in Faculty.objects.filter(pk__in={row.faculty_id for row in applications}):
        compute_outlook(call=call, faculty=faculty)


def score_waiting(*, at: datetime) -> None:
    """A job of settings.SCHEDULE: once applications are closed, score who never was, and take out who left."""
    for call in Call.objects.being_read_at(at):
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


@transaction.atomic(savepoint=False)
def refresh_outlook(
    *, call: Call, faculty: Faculty, outlook: Outlook | None = None, crowded: bool | None = None
) -> None:
    """Now, or by the worker where a faculty has very many applicants. Who holds the outlook already passes it on."""
    from selection.tasks import refresh  # noqa: PLC0415 -- the task calls this module

    outlook = outlook or hold(call=call, faculty=faculty)
    was_current = outlook.is_current
    outlook.changes += 1
    outlook.save(update_fields=["changes"])
    if not (crowd(call=call, faculty=faculty).exists() if crowded is None else crowded):
        compute_outlook(call=call, faculty=faculty, outlook=outlook)
    elif was_current:
        refresh.enqueue(call.pk, faculty.pk)


def hold(*, call: Call, faculty: Faculty) -> Outlook:
    """Whoever changes what counts, or locks it, takes this row: what is locked cannot change between look and lock."""
    rows = Outlook.objects.select_for_update(of=("self",), no_key=True).defer("cutoffs", "sums", "own_standings")
    held = rows.filter(call=call, faculty=faculty)
    found: Outlook | None = held.first()
    if found is None:
        Outlook.objects.get_or_create(call=call, faculty=faculty)
        found = held.get()
    return found


def crowd(*, call: Call, faculty: Faculty) -> QuerySet[Application]:
    """Of the faculty's applicants the one after AT_ONCE, if they are so many."""
    submitted = Application.objects.submitted().filter(call=call, faculty=faculty)
    return submitted.order_by("number")[AT_ONCE : AT_ONCE + 1]


def compute_outlook(*, call: Call, faculty: Faculty, outlook: Outlook | None = None) -> None:
    """The order of a faculty's applicants, and what its own quotas would give them."""
    seen = (outlook or Outlook.objects.get_or_create(call=call, faculty=faculty)[0]).changes
    terms = gather.terms_of_call(call)
    run = compute(alone(gather.freeze(terms, faculty=faculty), faculty.code))
    with transaction.atomic(savepoint=False):
        outlook = outlook or hold(call=call, faculty=faculty)
        if outlook.computed > seen:
            return
        ranks = _ranks_of(run, terms, faculty)
        outlook.cutoffs, outlook.sums = _cutoffs(run, faculty.code), _sums(ranks, terms)
        outlook.own_standings = own_standings(run)
        outlook.computed, outlook.computed_at = seen, timezone.now()
        outlook.save(update_fields=["cutoffs", "sums", "own_standings", "computed", "computed_at"])
        _store_ranks(ranks, terms.call, faculty)


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


def _ranks_of(run: Run, terms: gather.Terms, faculty: Faculty) -> list[Rank]:
    """Those who are eligible by the rules of the call, in order."""
    applications = Application.objects.submitted().filter(call=terms.call, faculty=faculty, unmet=[])
    numbers = dict(applications.order_by().values_list("number", "pk"))
    destinations = {row.code: pk for pk, row in terms.destinations.items()}
    keys = {code: found for code, found in run.base_keys.items() if code in numbers}
    ranks = []
    for row in rows(keys, run.grounds.tie_breakers):
        held = run.result.placements[row.code]
        ranks.append(
            Rank(
                application_id=numbers[row.code],
                call=terms.call,
                faculty=faculty,
                order=row.order,
                place=row.place,
                tie_rule=row.decided_by or "",
                destination_id=destinations[held] if held else None,
                wish=run.market.applicants[row.code].choices.index(held) + 1 if held else None,
            )
        )
    return ranks


def _sums(ranks: Sequence[Rank], terms: gather.Terms) -> dict[str, Any]:
    """What the page of the ranking says above it, so that it counts nothing."""
    placed = [rank for rank in ranks if rank.destination_id]
    codes = [terms.destinations[rank.destination_id].code for rank in ranks if rank.destination_id]
    return {
        "ranked": len(ranks),
        "filled": dict(Counter(codes)),
        "last_placed": placed[-1].order if placed else None,
        "ties": sum(rank.tie_rule not in ("", LOTTERY) for rank in ranks),
        "equal": sum(rank.tie_rule == LOTTERY for rank in ranks),
    }


def _store_ranks(ranks: Sequence[Rank], call: Call, faculty: Faculty) -> None:
    """Only rows that changed are written."""
    before = {rank.application_id: rank for rank in Rank.objects.filter(call=call, faculty=faculty).order_by()}
    new, changed = [], []
    for rank in ranks:
        old = before.pop(rank.application_id, None)
        if old is None:
            new.append(rank)
        elif _differ(old, rank):
            rank.pk = old.pk
            changed.append(rank)
    if before:
        Rank.objects.filter(pk__in=[rank.pk for rank in before.values()]).delete()
    rewrite(changed, RANKED)
    Rank.objects.bulk_create(new, batch_size=BATCH)


def _differ(one: Rank, other: Rank) -> bool:
    return any(one.serializable_value(name) != other.serializable_value(name) for name in RANKED)
