import json
from datetime import date

import pytest

from selection.engine.cards import cards
from selection.engine.eligibility import Failure
from selection.engine.exchange import plain as plain_market
from selection.engine.exchange import report, sha256
from selection.engine.frozen import compute, plain, record_from, terms_from
from selection.engine.scoring import Claim, Record, Terms
from selection.engine.tests.test_contents import CONTENT
from selection.engine.values import Cutoff
from selection.engine.verifier import first_fault

RULES = {**CONTENT, "tie_breakers": ["mean_mark", "course"]}
TALK = Claim("1", "talk-national", date(2026, 4, 16), "congress", 1, "talk-national", 1)


def applicant(*choices, faculty="F", **fields):
    return {
        "choices": list(choices),
        "record": plain(Record(faculty=faculty, **{"mean_mark": 800, "course": 5} | fields)),
    }


def destination(seats, terms=None, narrower=None, **quotas):
    narrower = {faculty: plain(asked) for faculty, asked in (narrower or {}).items()}
    return {"seats": seats, "quotas": quotas, "terms": plain(terms or Terms()), "narrower": narrower}


def frozen(applicants, destinations, *, seed=""):
    return {
        "call": "PT27",
        "day": "2027-03-10",
        "engine": "1",
        "rules": RULES,
        "rules_version": 1,
        "protected": {},
        "precedence": "reserve_first",
        "release": "none",
        "lottery": {"seed": seed, "beacon": ""},
        "applicants": applicants,
        "destinations": destinations,
    }


def test_records_and_terms_survive_the_freezing():
    record = Record("F", 892, 5, verified_levels={"en": "B2"}, claims=(TALK, TALK._replace(code="2", accepted=None)))
    terms = Terms("en", "B2", 800, (4, 5), "dentistry", counts_language=True, weights={"science": 50})
    assert record_from(json.loads(json.dumps(plain(record)))) == record
    assert terms_from(json.loads(json.dumps(plain(terms)))) == terms
    assert plain(Terms()) == {}


def test_a_run_follows_from_its_frozen_input_alone():
    applicants = {
        "A": applicant("omsk", "kirov", mean_mark=900),
        "B": applicant("omsk", "kirov", claims=(TALK,)),
        "C": applicant("omsk", mean_mark=690),
    }
    run = compute(frozen(applicants, {"omsk": destination(1, F=1), "kirov": destination(1, F=1)}))
    assert run.result.placements == {"A": "omsk", "B": "kirov", "C": None}
    assert run.result.cutoffs["omsk"] == {"F": Cutoff("at", "A")}
    assert run.grounds.failures["omsk"] == {"C": (Failure("mean_mark", 700, 690),)}
    assert {code: score.total for code, score in run.base.items()} == {"A": 4000, "B": 3150, "C": 1900}
    market = plain_market(run.market)
    assert first_fault(market, report(run.result, sha256(market))) is None


def test_a_destination_that_counts_a_language_has_a_standing_of_its_own():
    english = Terms(language="en", counts_language=True)
    applicants = {
        "A": applicant("nagasaki", mean_mark=850),
        "B": applicant("nagasaki", verified_levels={"en": "C1"}),
    }
    run = compute(frozen(applicants, {"nagasaki": destination(1, english, F=1)}))
    assert run.market.destinations["nagasaki"].ranking == ("B", "A")
    assert (run.base["B"].total, run.grounds.scores["nagasaki"]["B"].total) == (3000, 4200)


def test_a_quota_may_ask_more_of_its_faculty():
    narrower = {"F": Terms(courses=(6, 6))}
    applicants = {"A": applicant("omsk"), "B": applicant("omsk", faculty="G")}
    run = compute(frozen(applicants, {"omsk": destination(2, None, narrower, F=1, G=1)}))
    assert run.grounds.failures["omsk"] == {"A": (Failure("course", "6–6", 5),)}
    assert run.result.placements == {"A": None, "B": "omsk"}


def test_without_a_seed_nobody_has_a_number():
    applicants = {"A": applicant("omsk"), "B": applicant("omsk")}
    destinations = {"omsk": destination(1, F=1)}
    equal = compute(frozen(applicants, destinations))
    assert equal.base_keys["A"] == equal.base_keys["B"]
    drawn = compute(frozen(applicants, destinations, seed="5eed"))
    assert drawn.base_keys["A"].lottery != drawn.base_keys["B"].lottery


def test_a_mark_that_no_table_covers_keeps_from_every_place():
    run = compute(frozen({"A": applicant("omsk", mark_scale="five")}, {"omsk": destination(1, F=1)}))
    assert run.grounds.failures["omsk"] == {"A": (Failure("mark_scale", "five", 800),)}
    assert dict(cards(run))["A"]["score"] is None


def test_who_does_not_meet_the_rules_has_no_rank_and_moves_nobody_s():
    applicants = {
        "A": applicant("omsk", mean_mark=990, facts={"debts": 1}),
        "B": applicant("omsk", mean_mark=900),
        "C": applicant("omsk", mean_mark=690),
    }
    found = dict(cards(compute(frozen(applicants, {"omsk": destination(1, F=1)}))))
    assert {code: card["rank"] for code, card in found.items()} == {"A": None, "B": [1, 1], "C": None}


@pytest.fixture
def card():
    applicants = {
        "A": applicant("omsk", mean_mark=900),
        "B": applicant("omsk", "kirov", "samara", mean_mark=900, course=4, claims=(TALK._replace(accepted=None),)),
    }
    destinations = {code: destination(1, F=1) for code in ("omsk", "kirov", "samara")}
    return dict(cards(compute(frozen(applicants, destinations))))["B"]


def test_a_card_says_what_happened_at_each_choice(card):
    assert (card["placed"], card["rank"]) == ("kirov", [2, 2])
    assert card["ties"] == {"mean_mark": 900, "course": 4}
    omsk, kirov, samara = card["wishes"]
    assert [wish["verdict"] for wish in (omsk, kirov, samara)] == ["below_cutoff", "won", "not_needed"]
    assert omsk["cutoff"] == {
        "state": "at",
        "applicant": "A",
        "points": 4000,
        "ties": {"mean_mark": 900, "course": 5},
    }
    assert (omsk["distance"], omsk["reserve"], omsk["seats"]) == ([0, "course"], [1, 1], [1, 0, 0])


def test_a_card_says_what_counted(card):
    assert card["score"]["total"] == 4000
    assert card["score"]["lines"] == [
        {"claim": "1", "criterion": "science", "group": "talks", "claimed": 150, "counted": 0, "fate": "unverified"}
    ]
    assert "score" not in card["wishes"][0]


def test_cards_are_plain_json(card):
    assert json.loads(json.dumps(card)) == card
