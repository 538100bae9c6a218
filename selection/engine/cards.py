"""Cards of reasons as plain JSON: what a student's page, its PDF and whoever recomputes them read."""

from collections.abc import Iterator
from typing import Any

from .explanation import Card, Explainer, Wish
from .frozen import Run
from .ranking import Key
from .scoring import Score

Json = dict[str, Any]


def cards(run: Run) -> Iterator[tuple[str, Json]]:
    """(applicant, card) of everybody, by code."""
    explainer = Explainer(run.market, run.result, run.grounds)
    in_faculty = _ranks(run)
    for code in sorted(run.market.applicants):
        yield code, _card(explainer.card(code), run, in_faculty.get(code))


def _ranks(run: Run) -> dict[str, tuple[int, int]]:
    """Of each applicant who meets the rules the rank in the faculty by the base weights, and of how many of them."""
    order: dict[str, list[str]] = {}
    for code in sorted(run.base_keys.keys() - run.barred, key=lambda code: (run.base_keys[code], code)):
        order.setdefault(run.market.applicants[code].faculty, []).append(code)
    return {code: (number, len(codes)) for codes in order.values() for number, code in enumerate(codes, start=1)}


def _card(card: Card, run: Run, rank: tuple[int, int] | None) -> Json:
    base = run.base.get(card.applicant)
    return {
        "applicant": card.applicant,
        "faculty": card.faculty,
        "placed": card.placed,
        "protected": card.protected,
        "rank": list(rank) if rank else None,
        "score": _score(base) if base else None,
        "ties": _ties(run.base_keys.get(card.applicant), run.grounds.tie_breakers),
        "wishes": [_wish(wish, base, run) for wish in card.wishes],
    }


def _wish(wish: Wish, base: Score | None, run: Run) -> Json:
    last_in = run.grounds.keys.get(wish.destination, {}).get(wish.cutoff.applicant or "")
    found: Json = {
        "destination": wish.destination,
        "verdict": wish.verdict,
        "failures": [list(failure) for failure in wish.failures],
        "rank": list(wish.rank) if wish.rank else None,
        "seats": list(wish.seats),
        "cutoff": {
            "state": wish.cutoff.state,
            "applicant": wish.cutoff.applicant,
            "points": last_in.score if last_in else None,
            "ties": _ties(last_in, run.grounds.tie_breakers),
        },
        "distance": list(wish.distance) if wish.distance else None,
        "reserve": list(wish.reserve) if wish.reserve else None,
    }
    if wish.score is not None and wish.score is not base:
        found["score"] = _score(wish.score)
    return found


def _ties(key: Key | None, tie_breakers: tuple[str, ...]) -> dict[str, int]:
    return {rule: -value for rule, value in zip(tie_breakers, key.minus_ties, strict=True)} if key else {}


def _score(score: Score) -> Json:
    return {
        "total": score.total,
        "parts": [part._asdict() for part in score.parts],
        "modifiers": [list(modifier) for modifier in score.modifiers],
        "lines": [line._asdict() for line in score.lines],
    }
