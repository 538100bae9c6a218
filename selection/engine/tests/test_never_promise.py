"""What sounds fair and is not. Each claim falls by a small example, so that nobody simplifies the engine into it."""

from selection.engine.allocation import allocate
from selection.engine.exchange import canonical, read_market
from selection.engine.responses import Response, rewritten
from selection.engine.values import Applicant, Destination, Market

from . import reference
from .test_allocation import vector


def market_of(name):
    return read_market(canonical(vector(name)["instance"]))


def with_lists(market, **lists):
    changed = {code: market.applicants[code]._replace(choices=choices) for code, choices in lists.items()}
    return market._replace(applicants={**market.applicants, **changed})


def two_rounds(market):
    """Faculty seats first, everybody placed frozen; then what is left over, open to all."""
    held_back = {code: destination._replace(release="none") for code, destination in market.destinations.items()}
    first = allocate(market._replace(destinations=held_back)).placements
    left = {
        code: destination._replace(seats=destination.seats - len(reference.members(first, code)), quotas={})
        for code, destination in market.destinations.items()
    }
    second = allocate(Market({c: a for c, a in market.applicants.items() if not first[c]}, _among(left, first)))
    return first | second.placements


def _among(destinations, placed):
    return {
        code: destination._replace(ranking=tuple(person for person in destination.ranking if not placed[person]))
        for code, destination in destinations.items()
    }


def test_two_rounds_are_not_fair():
    market = market_of("ext_sequential_release_trap.json")
    rounds = two_rounds(market)
    assert rounds == {"a": "Y", "b": "Y", "c": "X"}
    assert not reference.is_stable(market, rounds)  # a would rather have X, and stands above c there
    assert two_rounds(with_lists(market, a=("X",)))["a"] == "X"  # and gains by hiding a wish
    assert allocate(market).placements == {"a": "X", "b": "Y", "c": None}


def test_promoting_the_top_of_the_reserve_with_holders_frozen_is_not_fair():
    market = market_of("ext_vacancy_chain_before.json")
    before = allocate(market).placements
    assert before == {"a": "X", "b": "Y", "c": None, "d": None}
    without_a = with_lists(market, a=())
    promoted = allocate(with_lists(without_a, b=("Y",))).placements
    assert promoted == {"a": None, "b": "Y", "c": "X", "d": None}
    assert not reference.is_stable(without_a, promoted)  # b stands above c at X and waited for it
    waiting = rewritten(market.applicants["b"].choices, before["b"], Response.WAITING)
    assert allocate(with_lists(without_a, b=waiting)).placements == {"a": None, "b": "X", "c": "Y", "d": None}


def test_a_plain_run_after_an_appeal_harms_a_holder():
    market = market_of("ext_appeal_protected.json")
    corrected = market._replace(protected={})
    first = market.destinations["X"]._replace(ranking=("a", "b", "c"))
    before = allocate(corrected._replace(destinations={**market.destinations, "X": first})).placements
    assert before == {"a": "X", "b": "Y", "c": None}
    assert allocate(corrected).placements == {"a": None, "b": "Y", "c": "X"}
    assert allocate(market).placements == before


def test_a_limit_on_the_number_of_choices_harms_the_truthful():
    market = Market(
        {"a": Applicant("F", ("X", "Y")), "b": Applicant("F", ("X",))},
        {"X": Destination(1, ("b", "a")), "Y": Destination(1, ("a",))},
    )
    assert allocate(market).placements == {"a": "Y", "b": "X"}
    assert allocate(with_lists(market, a=("X",))).placements["a"] is None  # the one true wish
    assert allocate(with_lists(market, a=("Y",))).placements["a"] == "Y"  # a guess is rewarded


def test_a_bigger_quota_can_hurt_its_own_faculty():
    market = market_of("ext_reserve_can_hurt_before.json")
    before = allocate(market).placements
    assert before == {"f1": None, "f3": "Y", "g2": None, "g4": "X"}
    bigger = market.destinations["X"]._replace(quotas={"F": 1})
    after = allocate(market._replace(destinations={**market.destinations, "X": bigger})).placements
    assert after == {"f1": None, "f3": "X", "g2": None, "g4": "Y"}  # f3 falls to a second choice, f1 gains nothing


def test_the_same_seats_and_scores_have_other_winners_under_another_precedence():
    reserve, open_ = market_of("ext_precedence_reserve_first.json"), market_of("ext_precedence_open_first.json")
    assert reserve.destinations["X"]._replace(precedence="open_first") == open_.destinations["X"]
    assert allocate(reserve).placements["g1"] == "X"
    assert allocate(open_).placements["g1"] is None
