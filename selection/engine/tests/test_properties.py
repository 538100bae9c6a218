"""What the engine promises, each promise against brute force or the literal choice function."""

from itertools import chain, combinations, permutations

from hypothesis import assume, given
from hypothesis import strategies as st

from selection.engine.allocation import Seats, allocate
from selection.engine.exchange import plain, report, sha256
from selection.engine.responses import Response, rewritten
from selection.engine.values import Destination, Market, Result
from selection.engine.verifier import first_fault

from . import reference
from .markets import FACULTIES, few, many, markets


def with_choices(market: Market, code: str, choices: tuple[str, ...]) -> Market:
    applicant = market.applicants[code]._replace(choices=choices)
    return market._replace(applicants={**market.applicants, code: applicant})


def with_destination(market: Market, code: str, **changes: object) -> Market:
    destination = market.destinations[code]._replace(**changes)
    return market._replace(destinations={**market.destinations, code: destination})


def anybody(data: st.DataObject, market: Market) -> str:
    return data.draw(st.sampled_from(sorted(market.applicants)))


def any_destination(data: st.DataObject, market: Market) -> str:
    return data.draw(st.sampled_from(sorted(market.destinations)))


def subsets(people: list[str]) -> chain[tuple[str, ...]]:
    return chain.from_iterable(combinations(people, size) for size in range(len(people) + 1))


@many
@given(markets(protection=True), st.randoms(use_true_random=False))
def test_the_order_of_the_input_does_not_matter(market, random):
    def shuffled(rows):
        items = list(rows.items())
        random.shuffle(items)
        return dict(items)

    again = Market(*map(shuffled, market))
    for code, destination in again.destinations.items():
        again.destinations[code] = destination._replace(quotas=shuffled(destination.quotas))
    assert allocate(again) == allocate(market)


@many
@given(markets(protection=True, most_applicants=8, most_destinations=4))
def test_the_fast_engine_is_the_literal_choice_function(market):
    result = allocate(market)
    placements = reference.deferred_acceptance(market)
    assert result == Result(placements, reference.cutoffs(market, placements))


@many
@given(markets(protection=True, most_applicants=7, most_destinations=1), st.data())
def test_seats_filled_one_by_one_hold_what_the_destination_would_choose(market, data):
    guests = {code for code, seat in market.protected.items() if seat == "d0"}
    seats = Seats(market.destinations["d0"], market.applicants, guests)
    eligible = market.destinations["d0"].ranking
    came, refused = set(), set()
    for newcomer in data.draw(st.permutations(eligible)):
        came.add(newcomer)
        out = seats.admit(newcomer)
        refused |= {out} - {None}
        assert set(seats.members()) == reference.choice(market, "d0", came) == came - refused


@few
@given(markets(protection=True))
def test_the_outcome_is_the_best_stable_one_for_every_student(market):
    placements = allocate(market).placements
    stable = [found for found in reference.all_placements(market) if reference.is_stable(market, found)]
    assert placements in stable
    for other in stable:
        assert reference.nobody_is_worse(market, other, placements)


@many
@given(markets(), st.data())
def test_no_false_list_helps(market, data):
    liar = anybody(data, market)
    honest = reference.place_in_list(market, liar, allocate(market).placements[liar])
    for length in range(len(market.destinations) + 1):
        for lie in permutations(market.destinations, length):
            held = allocate(with_choices(market, liar, lie)).placements[liar]
            if held in {None, *market.applicants[liar].choices}:
                assert reference.place_in_list(market, liar, held) >= honest


@many
@given(markets(), st.data())
def test_more_points_never_hurt(market, data):
    student = anybody(data, market)
    better = market
    for code, destination in market.destinations.items():
        if student in destination.ranking:
            others = [other for other in destination.ranking if other != student]
            others.insert(data.draw(st.integers(0, destination.ranking.index(student))), student)
            better = with_destination(better, code, ranking=tuple(others))
    before, after = allocate(market).placements[student], allocate(better).placements[student]
    assert reference.place_in_list(market, student, after) <= reference.place_in_list(market, student, before)


@many
@given(markets(), st.data())
def test_no_response_of_one_student_hurts_another(market, data):
    before = allocate(market).placements
    student = anybody(data, market)
    possible = [Response.WITHDRAWN]
    if before[student] is not None:
        possible += [Response.FINAL, Response.WAITING, Response.DECLINED]
    response = data.draw(st.sampled_from(possible))
    choices = rewritten(market.applicants[student].choices, before[student], response)
    after = allocate(with_choices(market, student, choices)).placements
    assert reference.nobody_is_worse(market, before, after, besides=student)
    if response in {Response.FINAL, Response.WAITING}:
        assert reference.nobody_is_worse(market, before, after)


@many
@given(markets(), st.data())
def test_one_more_seat_hurts_nobody(market, data):
    code = any_destination(data, market)
    destination = market.destinations[code]
    faculty = data.draw(st.sampled_from([None, *FACULTIES]))
    quotas = dict(destination.quotas)
    if faculty:
        quotas[faculty] = quotas.get(faculty, 0) + 1
    more = with_destination(market, code, seats=destination.seats + 1, quotas=quotas)
    assert reference.nobody_is_worse(market, allocate(market).placements, allocate(more).placements)


@many
@given(markets(), st.data())
def test_releasing_unfilled_quotas_hurts_nobody(market, data):
    code = any_destination(data, market)
    kept = with_destination(market, code, release="none")
    released = with_destination(market, code, release="open")
    assert reference.nobody_is_worse(market, allocate(kept).placements, allocate(released).placements)


@many
@given(markets(protection=True))
def test_nothing_is_wasted_when_unfilled_quotas_are_released(market):
    placements = allocate(market).placements
    for code, destination in market.destinations.items():
        if destination.release == "open" and len(reference.members(placements, code)) < destination.seats:
            assert reference.refused(market, placements, code) == set()


@few
@given(markets(protection=True, most_destinations=1))
def test_the_choice_is_substitutable_size_monotone_and_consistent(market):
    # The protected of one destination: whoever has a better place elsewhere simply does not propose here.
    people = sorted(market.destinations["d0"].ranking)
    chosen = {frozenset(some): reference.choice(market, "d0", some) for some in subsets(people)}
    for some, choice in chosen.items():
        for student in set(people) - some:
            more = chosen[some | {student}]
            assert more <= choice | {student}
            assert len(more) >= len(choice)
            if student not in more:
                assert more == choice


@few
@given(markets(protection=True, most_applicants=4))
def test_the_certificate_accepts_the_result_and_nothing_else(market):
    instance = plain(market)
    result = allocate(market)
    assert first_fault(instance, report(result, sha256(instance))) is None
    for placements in reference.all_placements(market):
        if placements != result.placements:
            claimed = Result(placements, reference.cutoffs(market, placements))
            assert str(first_fault(instance, report(claimed, sha256(instance)))).startswith("placements.")


@many
@given(markets(protection=True))
def test_a_protected_run_never_takes_a_seat(market):
    placements = allocate(market).placements
    for code, seat in market.protected.items():
        assert placements[code] is not None
        choices = market.applicants[code].choices
        assert choices.index(placements[code]) <= choices.index(seat)


@many
@given(markets(), st.data())
def test_holders_keep_their_seats_when_the_ranking_is_corrected(market, data):
    held = {code: seat for code, seat in allocate(market).placements.items() if seat}
    assume(held)
    corrected = market._replace(protected=held)
    for code, destination in market.destinations.items():
        corrected = with_destination(corrected, code, ranking=tuple(data.draw(st.permutations(destination.ranking))))
    after = allocate(corrected).placements
    assert reference.nobody_is_worse(market, allocate(market).placements, after)


def test_a_seat_kept_free_for_nobody_goes_to_the_protected_before_anybody_yields():
    destination = Destination(2, ("g1", "f1", "f2"), {"F": 1, "G": 1}, release="none")
    market = Market(
        {code: _one_wish(code[0].upper()) for code in ("f1", "f2")},
        {"d": destination._replace(ranking=("f1", "f2"))},
        {"f1": "d", "f2": "d"},
    )
    assert allocate(market).placements == {"f1": "d", "f2": "d"}
    with_g = market._replace(applicants={**market.applicants, "g1": _one_wish("G")}, destinations={"d": destination})
    assert allocate(with_g).placements == {"f1": "d", "f2": "d", "g1": None}


def _one_wish(faculty):
    from selection.engine.values import Applicant

    return Applicant(faculty, ("d",))
