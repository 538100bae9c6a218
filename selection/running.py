"""One run as it is stored: from a frozen input to the texts and checksums, and back to see that nothing was changed."""

import gc
import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, NamedTuple

from selection.engine.cards import cards
from selection.engine.exchange import canonical, report, sha256
from selection.engine.exchange import plain as plain_market
from selection.engine.frozen import Run as Computed
from selection.engine.frozen import compute
from selection.engine.verifier import first_fault

Json = dict[str, Any]


@contextmanager
def without_collecting() -> Iterator[None]:
    """Millions of small objects without a cycle among them: walking them again and again took a third of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Computation(NamedTuple):
    """`cards` are (applicant, card), by code."""

    computed: Computed
    frozen: str
    result: str
    input_sha256: str
    result_sha256: str
    cards: list[tuple[str, Json]]


def computation(frozen: Json) -> Computation:
    """Raises `engine.values.BadInput`."""
    with without_collecting():
        computed = compute(frozen)
        made = list(cards(computed))
    outcome = report(computed.result, sha256(market_of(computed)))
    result = canonical({**outcome, "cards_sha256": cards_sha256(iter(made))})
    text = canonical(frozen)
    return Computation(computed, text.decode(), result.decode(), digest(text), digest(result), made)


def market_of_frozen(frozen: Json) -> bytes:
    """The canonical market that follows from a frozen input."""
    return canonical(market_of(compute(frozen)))


def market_of(computed: Computed) -> Json:
    """In the exchange format, applicants by code."""
    return plain_market(computed.market)


def cards_sha256(made: Iterator[tuple[str, Json]]) -> str:
    """Over the canonical cards, by code, one after the other."""
    total = hashlib.sha256()
    for _code, card in made:
        total.update(canonical(card))
    return total.hexdigest()


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def chained(previous: str, input_sha256: str, result_sha256: str) -> str:
    return digest(f"{previous}|{input_sha256}|{result_sha256}".encode())


class Stored(NamedTuple):
    """What a run's row holds."""

    frozen: str
    result: str
    input_sha256: str
    result_sha256: str
    previous_sha256: str
    chain_sha256: str


def faults(stored: Stored, before: str, stored_cards: Iterator[tuple[str, Json]]) -> Iterator[str]:
    """What does not hold of a stored run; `before` is the chain of the run before it, or empty."""
    if digest(stored.frozen.encode()) != stored.input_sha256:
        yield "the frozen input is not the one that the checksum was taken of"
    again = computation(json.loads(stored.frozen))
    if again.frozen != stored.frozen:
        yield "the frozen input is not canonical"
    if again.result != stored.result:
        yield f"computed again, the result differs: {again.result_sha256}"
    if digest(stored.result.encode()) != stored.result_sha256:
        yield "the result is not the one that the checksum was taken of"
    if stored.previous_sha256 != before:
        yield "the run before it has another checksum"
    if chained(before, stored.input_sha256, stored.result_sha256) != stored.chain_sha256:
        yield "its own link in the chain does not follow"
    if cards_sha256(stored_cards) != json.loads(stored.result)["cards_sha256"]:
        yield "the cards are not those that the checksum was taken of"
    if fault := first_fault(market_of(again.computed), json.loads(stored.result)):
        yield f"the verifier: {fault}"
