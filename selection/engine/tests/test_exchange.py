import hashlib

import pytest
from hypothesis import given

from selection.engine.allocation import allocate
from selection.engine.exchange import LARGEST, canonical, plain, read_market, read_result, report, sha256
from selection.engine.values import BadInput

from .markets import many, markets

GOOD = {
    "applicants": {"a": {"faculty": "F", "choices": ["X"]}, "b": {"faculty": "G", "choices": ["X"]}},
    "destinations": {"X": {"seats": 2, "quotas": {"F": 1}, "ranking": ["a", "b"]}},
    "protected": {"a": "X"},
}


def changed(path, value):
    """GOOD with one value replaced; a path is the keys that lead to it."""
    return _changed(GOOD, path, value)


def _changed(whole, path, value):
    first, *rest = path
    return {**whole, first: _changed(whole.get(first, {}), rest, value) if rest else value}


@many
@given(markets(protection=True))
def test_a_market_survives_the_exchange(market):
    assert read_market(canonical(plain(market))) == market
    result = report(allocate(market), "0")
    assert read_result(canonical(result)) == result


def test_defaults_are_filled_in():
    bare = {"applicants": {}, "destinations": {"X": {"seats": 1, "ranking": []}}}
    assert plain(read_market(canonical(bare))) == {
        "applicants": {},
        "destinations": {
            "X": {"seats": 1, "quotas": {}, "precedence": "reserve_first", "release": "open", "ranking": []}
        },
        "protected": {},
    }


def test_canonical_is_sorted_tight_unescaped_and_ends_with_one_line_feed():
    text = '{"а":"ў","б":[1,null]}\n'
    assert canonical({"б": [1, None], "а": "ў"}) == text.encode()
    assert sha256({"б": [1, None], "а": "ў"}) == hashlib.sha256(text.encode()).hexdigest()


@pytest.mark.parametrize(
    "good",
    [
        GOOD,
        changed(["destinations", "X", "quotas", "nobody's"], 1),
        changed(["applicants", "b", "choices"], []),
        changed(["destinations", "Y"], {"seats": 0, "ranking": ["a"]}),
        changed(["destinations", "X", "seats"], 10**900),
        changed(["destinations", "X", "quotas"], {"F": 0, "G": 0}),
        changed(["applicants", "Ёлка\n😀"], {"faculty": " ", "choices": []}),
    ],
)
def test_what_is_allowed(good):
    assert plain(read_market(canonical(good)))["applicants"] == good["applicants"]


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        (changed(["destinations", "X", "quotas"], {"F": 3, "G": 2}), "destinations.X.quotas: 5 reserved, 2 seats"),
        (changed(["destinations", "X", "seats"], True), "destinations.X.seats: must be an integer, not true or false"),
        (changed(["destinations", "X", "seats"], "2"), "destinations.X.seats: must be an integer, not text"),
        (changed(["destinations", "X", "seats"], 2.0), "destinations.X.seats: must be an integer, not 2.0"),
        (changed(["destinations", "X", "seats"], None), "destinations.X.seats: must be an integer, not null"),
        (changed(["destinations", "X", "seats"], -1), "destinations.X.seats: -1 is less than none"),
        (changed(["destinations", "X", "quotas", "F"], -1), "destinations.X.quotas.F: -1 is less than none"),
        (changed(["destinations", "X", "quotas", "F"], "1"), "destinations.X.quotas.F: must be an integer, not text"),
        (changed(["destinations", "X", "quotas", ""], 1), "destinations.X.quotas: an empty code"),
        (changed(["destinations", "X", "quotas"], []), "destinations.X.quotas: must be an object, not a list"),
        (
            changed(["destinations", "X", "precedence"], "first"),
            'destinations.X.precedence: "first" is neither reserve_first nor open_first',
        ),
        (changed(["destinations", "X", "release"], "all"), 'destinations.X.release: "all" is neither open nor none'),
        (changed(["destinations", "X", "release"], None), "destinations.X.release: must be text, not null"),
        (changed(["destinations", "X", "ranking"], ["a", "a"]), 'destinations.X.ranking: "a" stands twice'),
        (changed(["destinations", "X", "ranking"], ["a", "c"]), 'destinations.X.ranking: "c" is not an applicant'),
        (changed(["destinations", "X", "ranking"], ["a", 1]), "destinations.X.ranking[1]: must be text, not a number"),
        (changed(["destinations", "X", "ranking"], "ab"), "destinations.X.ranking: must be a list, not text"),
        (changed(["destinations", "X", "weights"], {}), 'destinations.X: "weights" is not a key of the format'),
        (changed(["destinations", "X"], {"seats": 1}), 'destinations.X: "ranking" is missing'),
        (changed(["destinations", "X"], {"ranking": []}), 'destinations.X: "seats" is missing'),
        (changed(["destinations"], []), "destinations: must be an object, not a list"),
        (changed(["applicants", "a", "choices"], ["X", "X"]), 'applicants.a.choices: "X" stands twice'),
        (changed(["applicants", "a", "choices"], ["Y"]), 'applicants.a.choices: "Y" is not a destination'),
        (changed(["applicants", "a", "choices"], [["X"]]), "applicants.a.choices[0]: must be text, not a list"),
        (changed(["applicants", "a", "faculty"], 1), "applicants.a.faculty: must be text, not a number"),
        (changed(["applicants", "a", "faculty"], ""), "applicants.a.faculty: an empty code"),
        (changed(["applicants", "a", "age"], 1), 'applicants.a: "age" is not a key of the format'),
        (changed(["applicants", ""], {"faculty": "F", "choices": []}), "applicants: an empty code"),
        (changed(["applicants", "a"], {"faculty": "F"}), 'applicants.a: "choices" is missing'),
        (changed(["seed"], "x"), 'the input: "seed" is not a key of the format'),
        ({"applicants": {}}, 'the input: "destinations" is missing'),
        ([], "the input: must be an object, not a list"),
        (changed(["protected"], {"c": "X"}), 'protected.c: "c" is not an applicant'),
        (changed(["protected"], {"a": "Y"}), 'protected.a: "Y" is not a destination'),
        (changed(["protected"], {"a": None}), "protected.a: must be text, not null"),
        (changed(["applicants", "a", "choices"], []), 'protected.a: "X" is not on their list'),
        (changed(["destinations", "X", "ranking"], ["b"]), 'protected.a: not eligible at "X"'),
        (
            {**changed(["destinations", "X", "quotas"], {"G": 2, "F": 0}), "protected": {"a": "X"}}
            | {"destinations": {"X": {"seats": 2, "quotas": {"G": 2}, "release": "none", "ranking": ["a", "b"]}}},
            'protected.a: "X" has no seat for faculty "F"',
        ),
        (
            changed(["destinations", "X"], {"seats": 1, "ranking": ["a", "b"]}) | {"protected": {"a": "X", "b": "X"}},
            "destinations.X.seats: 2 protected, 1 seats",
        ),
        (changed(["applicants", "a\nb"], 1), "applicants.a\\nb: must be an object, not a number"),
    ],
)
def test_bad_input_is_refused_at_its_place(bad, message):
    with pytest.raises(BadInput) as refusal:
        read_market(canonical(bad))
    assert str(refusal.value) == message


def seats(number):
    return b'{"applicants":{},"destinations":{"X":{"seats":%b,"ranking":[]}}}' % number


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"", "the input, line 1 column 1: not JSON: Expecting value"),
        (b"{} {}", "the input, line 1 column 4: not JSON: Extra data"),
        (b"{'a':1}", "the input, line 1 column 2: not JSON: Expecting property name enclosed in double quotes"),
        (b"\xff", "the input: not UTF-8 at byte 0"),
        (b"\xef\xbb\xbf{}", "the input: begins with a byte order mark; the format is UTF-8 without one"),
        ("{}".encode("utf-16"), "the input: not UTF-8 at byte 0"),
        (b"[" * 1_000_000, "the input: nested deeper than the format"),
        (b'{"a":' * 1_000_000, "the input: nested deeper than the format"),
        (b" " * (LARGEST + 1), "the input: more than 64 MiB"),
        (b"null", "the input: must be an object, not null"),
        (seats(b"NaN"), "destinations.X.seats: must be an integer, not NaN"),
        (seats(b"-Infinity"), "destinations.X.seats: must be an integer, not -Infinity"),
        (seats(b"1e5"), "destinations.X.seats: must be an integer, not 1e5"),
        (seats(b"9" * 5000), "destinations.X.seats: must be an integer, not a number of 5000 digits"),
        (seats(b"1" + b"0" * 999 + b".0"), "destinations.X.seats: must be an integer, not 1" + "0" * 39),
        (b'{"applicants":{},"applicants":{},"destinations":{}}', 'the input: "applicants" stands twice'),
        (
            b'{"applicants":{"a":{"faculty":"F","faculty":"F","choices":[]}},"destinations":{}}',
            'applicants.a: "faculty" stands twice',
        ),
        (
            b'{"applicants":{"a":{"faculty":"F","choices":[]},"a":{"faculty":"F","choices":[]}},"destinations":{}}',
            'applicants: "a" stands twice',
        ),
        (
            b'{"applicants":{"\\ud800":{"faculty":"F","choices":[]}},"destinations":{}}',
            'applicants: "\\ud800" holds half of a surrogate pair',
        ),
        (
            b'{"applicants":{"a":{"faculty":"\\udfff","choices":[]}},"destinations":{}}',
            'applicants.a.faculty: "\\udfff" holds half of a surrogate pair',
        ),
        (
            b'{"applicants":{"a":{"faculty":"F","choices":["\\udfff"]}},"destinations":{}}',
            'applicants.a.choices: "\\udfff" is not a destination',
        ),
    ],
)
def test_bytes_that_are_no_input_are_refused(data, message):
    with pytest.raises(BadInput) as refusal:
        read_market(data)
    assert str(refusal.value) == message


def test_a_surrogate_pair_is_one_character():
    escaped = b'{"applicants":{"\\ud83d\\ude00":{"faculty":"F","choices":[]}},"destinations":{}}'
    assert list(read_market(escaped).applicants) == ["😀"]


RESULT = {
    "placements": {"a": "X", "b": None},
    "cutoffs": {"X": {"F": {"state": "at", "applicant": "a"}}},
    "input_sha256": "0",
    "result_sha256": "0",
}


@pytest.mark.parametrize(
    ("bad", "message"),
    [
        ({}, 'the result: "placements" is missing'),
        ({**RESULT, "run": 1}, 'the result: "run" is not a key of the format'),
        ({**RESULT, "placements": []}, "placements: must be an object, not a list"),
        ({**RESULT, "placements": {"a": 1}}, "placements.a: must be text, not a number"),
        ({**RESULT, "cutoffs": {"X": None}}, "cutoffs.X: must be an object, not null"),
        ({**RESULT, "cutoffs": {"X": {"F": {"state": "at"}}}}, 'cutoffs.X.F: "applicant" is missing'),
        (
            {**RESULT, "cutoffs": {"X": {"F": {"state": "shut", "applicant": None}}}},
            "cutoffs.X.F.state: must be open, closed or at",
        ),
        (
            {**RESULT, "cutoffs": {"X": {"F": {"state": "at", "applicant": 1}}}},
            "cutoffs.X.F.applicant: must be text, not a number",
        ),
        ({**RESULT, "input_sha256": None}, "input_sha256: must be text, not null"),
    ],
)
def test_a_malformed_result_is_refused_at_its_place(bad, message):
    assert read_result(canonical(RESULT)) == RESULT
    with pytest.raises(BadInput) as refusal:
        read_result(canonical(bad))
    assert str(refusal.value) == message
