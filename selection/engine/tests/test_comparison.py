import pytest
from hypothesis import given

from selection.engine.allocation import allocate
from selection.engine.comparison import Change, CutoffChange, difference, sweep, with_quota
from selection.engine.values import BadInput, Cutoff

from .markets import few, markets
from .test_never_promise import market_of


def test_the_whole_difference_is_shown():
    market = market_of("ext_reserve_can_hurt_before.json")
    found = difference(market, allocate(market), allocate(with_quota(market, "X", "F", 1)))
    assert found.changes == [Change("f3", "F", "Y", "X", "worse"), Change("g4", "G", "X", "Y", "worse")]
    assert found.cutoffs == [
        CutoffChange("X", "F", Cutoff("closed"), Cutoff("at", "f3")),
        CutoffChange("X", "G", Cutoff("at", "g4"), Cutoff("closed")),
        CutoffChange("Y", "F", Cutoff("open"), Cutoff("closed")),
    ]
    assert (found.number_of("F", "worse"), found.number_of("G", "worse"), found.number_of("F", "better")) == (1, 1, 0)


@few
@given(markets())
def test_a_market_does_not_differ_from_itself(market):
    assert difference(market, allocate(market), allocate(market)) == ([], [])


def test_a_sweep_is_a_real_run_for_each_quota():
    market = market_of("ext_release_none.json")
    found = sweep(market, "X", "F", range(3))
    assert {quota: sum(map(bool, result.placements.values())) for quota, result in found.items()} == {0: 2, 1: 2, 2: 2}
    assert found[2] == allocate(with_quota(market, "X", "F", 2))


def test_a_quota_beyond_the_seats_is_refused():
    with pytest.raises(BadInput) as refusal:
        with_quota(market_of("ext_release_none.json"), "X", "F", 3)
    assert str(refusal.value) == "destinations.X.quotas: 4 reserved, 3 seats"


def test_a_place_that_was_not_on_the_list_is_neither_better_nor_worse():
    market = market_of("ext_release_none.json")
    result = allocate(market)
    moved = result._replace(placements=result.placements | {"f3": "Z"})
    assert difference(market, result, moved).changes == [Change("f3", "F", None, "Z", "other")]
