from hypothesis import given

from selection.engine.allocation import allocate
from selection.engine.eligibility import Failure
from selection.engine.explanation import Distance, Explainer, Grounds, Position, SeatsHere
from selection.engine.ranking import TIE_BREAKERS, key
from selection.engine.values import Applicant, Cutoff, Destination, Market

from .markets import many, markets


def outcome(card):
    """What the card alone says: the first choice whose cut-off the student meets."""
    for wish in card.wishes:
        if wish.rank and meets(wish):
            return wish.destination
    return None


def meets(wish):
    return wish.cutoff.state == "open" or (wish.cutoff.state == "at" and wish.rank.overall <= wish.cutoff_rank)


@many
@given(markets(protection=True))
def test_the_outcome_can_be_computed_from_the_cards_alone(market):
    result = allocate(market)
    explainer = Explainer(market, result)
    cards = {code: explainer.card(code) for code in market.applicants}
    assert {code: outcome(card) for code, card in cards.items()} == result.placements
    assert {code: card.placed for code, card in cards.items()} == result.placements


@many
@given(markets(protection=True))
def test_verdicts_reserve_and_seats_agree_over_all_cards(market):
    explainer = Explainer(market, allocate(market))
    cards = [explainer.card(code) for code in market.applicants]
    for card in cards:
        verdicts = [wish.verdict for wish in card.wishes if wish.verdict != "not_eligible"]
        lost = len([verdict for verdict in verdicts if verdict == "below_cutoff"])
        won = ["won"] if card.placed else []
        assert verdicts == ["below_cutoff"] * lost + won + ["not_needed"] * (len(verdicts) - lost - len(won))
    for code, destination in market.destinations.items():
        wishes = {card.applicant: wish for card in cards for wish in card.wishes if wish.destination == code}
        ranked = sorted((w for w in wishes if wishes[w].rank), key=lambda w: wishes[w].rank.overall)
        reserve = [w for w in ranked if wishes[w].verdict == "below_cutoff"]
        assert [wishes[w].reserve.overall for w in reserve] == list(range(1, len(reserve) + 1))
        for wish in wishes.values():
            quota = sum(destination.quotas.values())
            assert wish.seats.open == destination.seats - quota
            assert 0 <= wish.seats.released <= (quota if destination.release == "open" else 0)


def example():
    applicants = {code: Applicant(code[0].upper(), ("X", "Y")) for code in ("f1", "f2", "f3", "g1")}
    applicants["h1"] = Applicant("H", ("X", "Y"))
    destinations = {
        "X": Destination(3, ("f1", "f2", "f3", "g1"), {"F": 1, "H": 1}),
        "Y": Destination(1, ("g1", "f3", "h1")),
    }
    market = Market(applicants, destinations)
    facts = dict.fromkeys(TIE_BREAKERS, 0)
    keys = {
        "X": {
            "f1": key(700, facts, "0"),
            "f2": key(600, facts, "0"),
            "f3": key(600, facts | {"science": -1}, "0"),
            "g1": key(500, facts, "0"),
        },
        "Y": {},
    }
    failures = {"X": {"h1": (Failure("language", "B2", "B1"),)}}
    return Explainer(market, allocate(market), Grounds(keys=keys, failures=failures))


def test_a_card_says_why_choice_by_choice():
    card = example().card("g1")
    assert (card.applicant, card.faculty, card.placed, card.protected) == ("g1", "G", "Y", None)
    first, second = card.wishes
    assert (first.verdict, first.rank, first.reserve) == ("below_cutoff", Position(1, 4), Position(1, 1))
    assert first.seats == SeatsHere(own=0, open=1, released=1)  # nobody of H is eligible
    assert (first.cutoff, first.cutoff_rank, first.distance) == (Cutoff("closed"), None, None)
    assert (second.verdict, second.cutoff, second.reserve) == ("won", Cutoff("open"), None)


def test_a_card_names_the_rule_that_failed():
    wish = example().card("h1").wishes[0]
    assert (wish.verdict, wish.failures, wish.rank) == ("not_eligible", (Failure("language", "B2", "B1"),), None)


def test_the_distance_names_the_tie_breaker():
    market = Market(
        {"a": Applicant("F", ("X",)), "b": Applicant("F", ("X",)), "c": Applicant("F", ("X",))},
        {"X": Destination(1, ("a", "b", "c"))},
    )
    facts = dict.fromkeys(TIE_BREAKERS, 0)
    keys = {"X": {"a": key(600, facts, "0"), "b": key(600, facts | {"course": -1}, "0"), "c": key(450, facts, "0")}}
    explainer = Explainer(market, allocate(market), Grounds(keys=keys))
    distances = [explainer.card(code).wishes[0].distance for code in ("a", "b", "c")]
    assert distances == [Distance(0, None), Distance(0, "course"), Distance(150, None)]
