from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from selection.engine.weights import effective_weights

from .markets import few


def test_the_share_is_exact():
    rows = [{"academic": 10, "science": 0}, {"academic": 20, "science": 0}, {"academic": 30, "science": 6}]
    # totals 10, 20, 36: squares about the mean add up to 344; with academic 260, with science 84
    assert effective_weights(rows) == {"academic": Fraction(260, 344), "science": Fraction(84, 344)}


def test_a_steeper_scale_weighs_more():
    marks, science = [700, 780, 840, 910, 950], [2000, 0, 900, 0, 300]
    gentle = [{"academic": 5 * mark, "science": points} for mark, points in zip(marks, science, strict=True)]
    steep = [{"academic": 10 * (mark - 500), "science": points} for mark, points in zip(marks, science, strict=True)]
    assert effective_weights(gentle)["academic"] < effective_weights(steep)["academic"]


def test_nothing_weighs_where_all_are_equal():
    assert effective_weights([]) == {}
    assert effective_weights([{"academic": 5}, {"academic": 5}]) == {}


@few
@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.integers(-100, 100)), max_size=6))
def test_the_shares_add_up_to_one(rows):
    shares = effective_weights(rows)
    assert sum(shares.values()) == (1 if shares else 0)
