"""A run from its frozen input: records, scores, keys, market, placements, reasons. All of it can be computed again.

The input is plain JSON of integers and strings:

    {"call": "PT27", "day": "2027-03-10", "rules": CONTENT, "rules_version": 2, "engine": "1",
     "precedence": "reserve_first", "release": "none", "lottery": {"seed": "…hex…", "beacon": ""},
     "destinations": {"omsk": {"seats": 4, "quotas": {"1": 2}, "terms": TERMS, "narrower": {"1": TERMS}}},
     "applicants": {"PT27-0001": {"choices": ["omsk"], "record": RECORD}},
     "protected": {}}

CONTENT as in contents.py; TERMS and RECORD are the fields of `Terms` and `Record` by name, those at their default left
out. Without a seed nobody has a number of the lottery: whom only it can tell apart stay equal.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, NamedTuple

from . import lottery
from .allocation import allocate
from .checks import check
from .contents import rules_of
from .eligibility import Failure, failures
from .explanation import Grounds
from .ranking import Key, key, ranking
from .scoring import Claim, Record, Rules, Score, Terms, UnmappedMark, score, tie_facts
from .values import Applicant, Destination, Market, Result

Json = Mapping[str, Any]


class Run(NamedTuple):
    market: Market
    result: Result
    grounds: Grounds
    base: Mapping[str, Score]  # by the base weights; without those whose marks block
    base_keys: Mapping[str, Key]
    own_standings: tuple[str, ...] = ()  # destinations that rank by weights of their own
    barred: frozenset[str] = frozenset()  # who does not meet the rules of the call, and is ranked nowhere


def compute(frozen: Json) -> Run:
    """Raises `BadInput` where the input contradicts itself."""
    rules = rules_of(frozen["rules"], date.fromisoformat(frozen["day"]))
    tie_breakers = tuple(frozen["rules"]["tie_breakers"])
    records = {code: record_from(applicant["record"]) for code, applicant in frozen["applicants"].items()}
    numbers = drawn(frozen)
    base = dict(_scores(records, rules, Terms()))
    base_keys = {
        code: key(found.total, tie_facts(records[code], rules, found), numbers[code], tie_breakers)
        for code, found in base.items()
    }
    keys, scores, failed = {}, {}, {}
    apart: list[str] = []
    wished = _wished(frozen)
    for destination, terms in frozen["destinations"].items():
        listed = {code: records[code] for code in wished.get(destination, ())}
        failed[destination] = dict(_failures(listed, rules, terms))
        eligible = {code: record for code, record in listed.items() if code not in failed[destination]}
        own = terms_from(terms["terms"])
        if own.has_own_standing:
            apart.append(destination)
            scores[destination] = dict(_scores(eligible, rules, own))
            keys[destination] = {
                code: key(found.total, tie_facts(records[code], rules, found), numbers[code], tie_breakers)
                for code, found in scores[destination].items()
            }
        else:
            scores[destination] = {code: base[code] for code in eligible}
            keys[destination] = {code: base_keys[code] for code in eligible}
    market = _market(frozen, {code: ranking(of_one) for code, of_one in keys.items()})
    check(market)
    barred = frozenset(code for code, record in records.items() if failures(record, rules))
    grounds = Grounds(keys, scores, failed, tie_breakers)
    return Run(market, allocate(market), grounds, base, base_keys, tuple(apart), barred)


def drawn(frozen: Json) -> dict[str, str]:
    """Everybody's number of the lottery; empty where no seed is given. A part of a market brings its numbers along."""
    codes = frozen["applicants"]
    if "numbers" in frozen["lottery"]:
        return {code: frozen["lottery"]["numbers"][code] for code in codes}
    if not frozen["lottery"]["seed"]:
        return dict.fromkeys(codes, "")
    return lottery.draw(bytes.fromhex(frozen["lottery"]["seed"]), frozen["lottery"]["beacon"], frozen["call"], codes)


def _wished(frozen: Json) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for code, applicant in frozen["applicants"].items():
        for choice in applicant["choices"]:
            found.setdefault(choice, []).append(code)
    return found


def _scores(records: Mapping[str, Record], rules: Rules, terms: Terms) -> Iterable[tuple[str, Score]]:
    for code, record in records.items():
        try:
            yield code, score(record, rules, terms)
        except UnmappedMark:
            continue  # it blocks: `failures` names it


def _failures(
    listed: Mapping[str, Record], rules: Rules, destination: Json
) -> Iterable[tuple[str, tuple[Failure, ...]]]:
    narrower = {faculty: terms_from(terms) for faculty, terms in destination["narrower"].items()}
    own = terms_from(destination["terms"])
    for code, record in listed.items():
        if found := failures(record, rules, narrower.get(record.faculty, own)):
            yield code, tuple(found)


def _market(frozen: Json, rankings: Mapping[str, tuple[str, ...]]) -> Market:
    return Market(
        applicants={
            code: Applicant(applicant["record"]["faculty"], tuple(applicant["choices"]))
            for code, applicant in frozen["applicants"].items()
        },
        destinations={
            code: Destination(
                seats=destination["seats"],
                ranking=rankings[code],
                quotas=destination["quotas"],
                precedence=frozen["precedence"],
                release=frozen["release"],
            )
            for code, destination in frozen["destinations"].items()
        },
        protected=frozen["protected"],
    )


def plain(row: Record | Terms) -> dict[str, Any]:
    """As it is frozen: what stands at its default is left out; the days of claims are text, yes and no are 1 and 0."""
    found = {name: value for name, value in row._asdict().items() if value != row._field_defaults.get(name, ...)}
    if "claims" in found:
        found["claims"] = [
            [claim.code, claim.kind, claim.day.isoformat(), claim.event, claim.amount]
            + ([] if claim.accepted is None else [claim.accepted, claim.accepted_amount])
            for claim in found["claims"]
        ]
    if "counts_language" in found:
        found["counts_language"] = int(found["counts_language"])
    return {name: list(value) if isinstance(value, tuple) else value for name, value in found.items()}


def record_from(frozen: Json) -> Record:
    claims = tuple(_claim(claim) for claim in frozen.get("claims", ()))
    return Record(**{**frozen, "claims": claims, "readings": tuple(frozen.get("readings", ()))})


def _claim(fields: Sequence[Any]) -> Claim:
    code, kind, day, event, amount, *accepted = fields
    return Claim(code, kind, date.fromisoformat(day), event, amount, *accepted)


def terms_from(frozen: Json) -> Terms:
    courses = frozen.get("courses")
    terms = Terms(**{**frozen, "counts_language": bool(frozen.get("counts_language"))})
    return terms._replace(courses=(courses[0], courses[1])) if courses else terms
