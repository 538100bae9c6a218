from hypothesis import given
from hypothesis import strategies as st

from selection.engine.allocation import allocate
from selection.engine.counterfactual import points_needed
from selection.engine.ranking import TIE_BREAKERS, Key, key, ranking
from selection.engine.values import Applicant, Destination, Market

from . import reference
from .markets import many, markets

FACTS = dict.fromkeys(TIE_BREAKERS, 0)


@st.composite
def contests(draw):
    """A market with the keys behind its rankings: few different scores, so that ties and the lottery matter."""
    market = draw(markets(protection=True))
    keys: dict[str, dict[str, Key]] = {}
    destinations = {}
    for code, destination in market.destinations.items():
        keys[code] = {
            student: key(draw(st.integers(0, 4)) * 10, FACTS | {"course": draw(st.integers(1, 2))}, student)
            for student in destination.ranking
        }
        destinations[code] = destination._replace(ranking=ranking(keys[code]))
    return market._replace(destinations=destinations), keys


def with_more(market, keys, student, points):
    destinations = {}
    for code, destination in market.destinations.items():
        raised = {**keys[code]}
        if student in raised:
            raised[student] = raised[student].with_more(points)
        destinations[code] = destination._replace(ranking=ranking(raised))
    return market._replace(destinations=destinations)


@many
@given(contests(), st.data())
def test_the_points_really_change_the_outcome_and_one_hundredth_less_does_not(contest, data):
    market, keys = contest
    student = data.draw(st.sampled_from(sorted(market.applicants)))

    def place(points):
        held = allocate(with_more(market, keys, student, points)).placements[student]
        return reference.place_in_list(market, student, held)

    needed = points_needed(market, keys, student)
    if needed is None:
        assert place(10**6) == place(0)
    else:
        assert place(needed) < place(0)
        assert place(needed - 1) == place(0)


def test_an_equal_score_is_not_enough_where_the_lottery_is_against_the_student():
    applicants = {"a": Applicant("F", ("X",)), "b": Applicant("F", ("X",)), "c": Applicant("F", ("X",))}
    keys = {"X": {"a": key(300, FACTS, "0"), "b": key(200, FACTS, "1"), "c": key(100, FACTS, "2")}}
    market = Market(applicants, {"X": Destination(2, ("a", "b", "c"))})
    assert points_needed(market, keys, "c") == 101
    assert points_needed(market, keys, "a") is None  # has the first place already
    assert points_needed(market._replace(destinations={"X": Destination(0, ("a", "b", "c"))}), keys, "c") is None


def test_the_distance_to_the_cut_off_is_not_the_answer():
    # c passes b at X; b then takes Y from e; and e, who wants X next, stands above c there.
    applicants = {"b": Applicant("F", ("X", "Y")), "c": Applicant("F", ("X",)), "e": Applicant("F", ("Y", "X"))}
    keys = {
        "X": {"e": key(400, FACTS, "0"), "b": key(200, FACTS, "1"), "c": key(100, FACTS, "2")},
        "Y": {"b": key(300, FACTS, "1"), "e": key(200, FACTS, "0")},
    }
    market = Market(applicants, {code: Destination(1, ranking(keys[code])) for code in ("X", "Y")})
    assert allocate(market).placements == {"b": "X", "c": None, "e": "Y"}
    assert allocate(with_more(market, keys, "c", 101)).placements == {"b": "Y", "c": None, "e": "X"}
    assert points_needed(market, keys, "c") == 301
