"""The exchange format: canonical JSON, read strictly and written in one way only.

Where the format leaves a choice, it is made so:

* The text is UTF-8 without a byte order mark. At most 64 MiB; more is not read.
* Every key must be known, at every level, and stand once. `applicants` and `destinations`, an applicant's `faculty` and
  `choices`, a destination's `seats` and `ranking` must be there; `quotas`, `precedence`, `release` and `protected`
  have defaults.
* A number is written as an integer of at most 1,000 digits: no fraction, no exponent. Seats and quotas may be 0.
* A code is any text but the empty one. Codes are compared as they stand: nothing is trimmed or normalised.
* `input_sha256` is the hash of the whole canonical input, defaults filled in, its final line feed included;
  `result_sha256` that of the canonical `{"cutoffs": …, "placements": …}`.
"""

import hashlib
import json
from collections.abc import Collection
from typing import Any, NoReturn

from .checks import check, name, place
from .values import Applicant, BadInput, Destination, Market, Result

LARGEST = 64 * 1024 * 1024
DIGITS = 1000

Json = dict[str, Any]


def canonical(value: object) -> bytes:
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))
    return (text + "\n").encode()


def sha256(value: object) -> str:
    return hashlib.sha256(canonical(value)).hexdigest()


def plain(market: Market) -> Json:
    """The market in the exchange format, defaults filled in."""
    return {
        "applicants": {
            code: {"faculty": applicant.faculty, "choices": list(applicant.choices)}
            for code, applicant in market.applicants.items()
        },
        "destinations": {
            code: {
                "seats": destination.seats,
                "quotas": dict(destination.quotas),
                "precedence": destination.precedence,
                "release": destination.release,
                "ranking": list(destination.ranking),
            }
            for code, destination in market.destinations.items()
        },
        "protected": dict(market.protected),
    }


def report(result: Result, input_sha256: str) -> Json:
    """The result in the exchange format."""
    outcome = {
        "placements": result.placements,
        "cutoffs": {
            code: {faculty: cutoff._asdict() for faculty, cutoff in cutoffs.items()}
            for code, cutoffs in result.cutoffs.items()
        },
    }
    return {**outcome, "input_sha256": input_sha256, "result_sha256": sha256(outcome)}


def read_market(data: bytes) -> Market:
    """The market that the bytes describe, checked; else `BadInput`."""
    top = _object(
        _decode(data, "the input"), "the input", required=("applicants", "destinations"), optional=("protected",)
    )
    applicants = {code: _applicant(value, f"applicants.{code}") for code, value in _members(top, "applicants")}
    destinations = {code: _destination(value, f"destinations.{code}") for code, value in _members(top, "destinations")}
    protected = {code: _code(seat, f"protected.{code}") for code, seat in _members(top, "protected")}
    market = Market(applicants, destinations, protected)
    check(market)
    return market


def read_result(data: bytes) -> Json:
    """A result of the right form, whether or not it holds; else `BadInput`."""
    top = _object(
        _decode(data, "the result"), "the result", required=("placements", "cutoffs", "input_sha256", "result_sha256")
    )
    for code, seat in _members(top, "placements"):
        if seat is not None:
            _code(seat, f"placements.{code}")
    for code, cutoffs in _members(top, "cutoffs"):
        for faculty, cutoff in _object(cutoffs, f"cutoffs.{code}").items():
            _cutoff(cutoff, f"cutoffs.{code}.{_declared(faculty, f'cutoffs.{code}')}")
    for field in ("input_sha256", "result_sha256"):
        _code(top[field], field)
    return top


def _applicant(value: object, at: str) -> Applicant:
    fields = _object(value, at, required=("faculty", "choices"))
    return Applicant(_code(fields["faculty"], f"{at}.faculty"), _codes(fields["choices"], f"{at}.choices"))


def _destination(value: object, at: str) -> Destination:
    fields = _object(value, at, required=("seats", "ranking"), optional=("quotas", "precedence", "release"))
    quotas = _object(fields.get("quotas", {}), f"{at}.quotas")
    return Destination(
        seats=_number(fields["seats"], f"{at}.seats"),
        ranking=_codes(fields["ranking"], f"{at}.ranking"),
        quotas={
            _declared(faculty, f"{at}.quotas"): _number(quota, f"{at}.quotas.{faculty}")
            for faculty, quota in quotas.items()
        },
        precedence=_code(fields.get("precedence", "reserve_first"), f"{at}.precedence"),  # type: ignore[arg-type]  # check() looks at it
        release=_code(fields.get("release", "open"), f"{at}.release"),  # type: ignore[arg-type]  # check() looks at it
    )


def _cutoff(value: object, at: str) -> None:
    fields = _object(value, at, required=("state", "applicant"))
    if fields["state"] not in ("open", "closed", "at"):
        _refuse(f"{at}.state", "must be open, closed or at")
    if fields["applicant"] is not None:
        _code(fields["applicant"], f"{at}.applicant")


def _members(top: Json, field: str) -> list[tuple[str, Any]]:
    return [(_declared(code, field), value) for code, value in _object(top.get(field, {}), field).items()]


def _object(value: object, at: str, required: Collection[str] = (), optional: Collection[str] = ()) -> Json:
    """The value as an object with these keys, or with any keys if none are named."""
    if type(value) is Repeated:
        _refuse(at, f"{name(value.key)} stands twice")
    if type(value) is not dict:
        _refuse(at, f"must be an object, not {_kind(value)}")
    for key in required:
        if key not in value:
            _refuse(at, f"{name(key)} is missing")
    if required:
        for key in value:
            if key not in required and key not in optional:
                _refuse(at, f"{name(key)} is not a key of the format")
    return value


def _codes(value: object, at: str) -> tuple[str, ...]:
    if type(value) is not list:
        _refuse(at, f"must be a list, not {_kind(value)}")
    for number, code in enumerate(value):
        if type(code) is not str:
            _refuse(f"{at}[{number}]", f"must be text, not {_kind(code)}")
    return tuple(value)


def _code(value: object, at: str) -> str:
    if type(value) is not str:
        _refuse(at, f"must be text, not {_kind(value)}")
    return _declared(value, at)


def _declared(code: str, at: str) -> str:
    if not code:
        _refuse(at, "an empty code")
    try:
        code.encode()
    except UnicodeEncodeError:
        _refuse(at, f"{name(code)} holds half of a surrogate pair")
    return code


def _number(value: object, at: str) -> int:
    if type(value) is not int:
        _refuse(at, f"must be an integer, not {_kind(value)}")
    return value


def _kind(value: object) -> str:
    if type(value) is Unfit:
        return place(value.text[:40])
    kinds = {bool: "true or false", str: "text", int: "a number", list: "a list", type(None): "null"}
    return kinds.get(type(value), "an object")


def _refuse(at: str, problem: str) -> NoReturn:
    raise BadInput(f"{place(at)}: {problem}")


class Repeated:
    """An object in which a key stands twice; refused where its place is known."""

    def __init__(self, key: str) -> None:
        self.key = key


class Unfit:
    """A number that is no integer of the format; refused where its place is known."""

    def __init__(self, text: str) -> None:
        self.text = text


def _decode(data: bytes, what: str) -> object:
    if len(data) > LARGEST:
        _refuse(what, "more than 64 MiB")
    if data.startswith(b"\xef\xbb\xbf"):
        _refuse(what, "begins with a byte order mark; the format is UTF-8 without one")
    try:
        return json.loads(
            data.decode(),
            object_pairs_hook=_pairs,
            parse_int=lambda text: int(text) if len(text) <= DIGITS else Unfit(f"a number of {len(text)} digits"),
            parse_float=Unfit,
            parse_constant=Unfit,
        )
    except UnicodeDecodeError as error:
        _refuse(what, f"not UTF-8 at byte {error.start}")
    except RecursionError:
        _refuse(what, "nested deeper than the format")
    except json.JSONDecodeError as error:
        _refuse(f"{what}, line {error.lineno} column {error.colno}", f"not JSON: {error.msg}")


def _pairs(pairs: list[tuple[str, Any]]) -> Json | Repeated:
    values = dict(pairs)
    if len(values) == len(pairs):
        return values
    seen: set[str] = set()
    return Repeated(next(key for key, _ in pairs if key in seen or seen.add(key)))  # type: ignore[func-returns-value]
