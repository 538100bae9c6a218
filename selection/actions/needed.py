"""What would have changed an outcome: the exact number of points, found by real runs after publication."""

import json
from collections.abc import Mapping
from itertools import islice
from typing import Any

from mobility.calls.models import Call
from mobility.students.models import Card
from mobility.web.bulk import rewrite
from selection.actions.scoring import alone
from selection.engine.counterfactual import points_needed_by_choice
from selection.engine.frozen import compute, drawn
from selection.models import Run

BATCH = 500


def find_needed(*, call: Call) -> None:
    """By the worker. Where nothing is open to other faculties, one faculty's market is enough, and much quicker."""
    run = Run.objects.get(call=call, publication__published_at__isnull=False)
    frozen = json.loads(run.frozen)
    cards = {card.application.number: card for card in _waiting(run)}
    for market in markets(frozen):
        computed = compute(market)
        waiting = [code for code in market["applicants"] if code in cards]
        found = points_needed_by_choice(computed.market, computed.grounds.keys, waiting)
        while batch := list(islice(found, BATCH)):
            for code, needed in batch:
                cards[code].needed = needed
            rewrite([cards[code] for code, _needed in batch], ["needed"])


def _waiting(run: Run) -> list[Card]:
    cards = Card.objects.filter(application__call=run.call, run=run.number, needed__isnull=True)
    return list(cards.select_related("application").defer("content"))


def markets(frozen: Mapping[str, Any]) -> list[dict[str, Any]]:
    """One for each faculty where each is by itself, else the whole."""
    whole = dict(frozen)
    reserved_whole = all(
        sum(destination["quotas"].values()) == destination["seats"] for destination in frozen["destinations"].values()
    )
    if frozen["release"] != "none" or not reserved_whole or frozen["protected"]:
        return [whole]
    faculties = sorted({applicant["record"]["faculty"] for applicant in frozen["applicants"].values()})
    numbered = {**frozen, "lottery": {"numbers": drawn(frozen)}}
    return [of_faculty(numbered, faculty) for faculty in faculties]


def of_faculty(frozen: Mapping[str, Any], faculty: str) -> dict[str, Any]:
    applicants = {
        code: applicant for code, applicant in frozen["applicants"].items() if applicant["record"]["faculty"] == faculty
    }
    destinations = {code: dict(destination) for code, destination in frozen["destinations"].items()}
    return alone({**frozen, "applicants": applicants, "destinations": destinations}, faculty)
