"""Which rule keeps an applicant from a destination: each with what it requires and what the applicant has."""

from collections.abc import Iterator
from typing import NamedTuple

from .scoring import BASE, Record, Rules, Terms, UnmappedMark, mark_here

MUST_BE_NONE = ("debts", "sanctions", "leave")
ONE_OF = (("citizenship", "citizenships"), ("funding", "fundings"))


class Failure(NamedTuple):
    rule: str
    required: int | str
    actual: int | str


def failures(record: Record, rules: Rules, terms: Terms = BASE) -> list[Failure]:
    """Empty if the applicant is eligible."""
    return [
        *_of_the_record(record, rules, terms),
        *_of_the_mark(record, rules, terms),
        *_language(record, rules, terms),
    ]


def _of_the_record(record: Record, rules: Rules, terms: Terms) -> Iterator[Failure]:
    for fact in MUST_BE_NONE:
        if record.facts.get(fact, 0):
            yield Failure(fact, 0, record.facts[fact])
    for lowest, highest in (rules.courses, terms.courses or rules.courses):
        if not lowest <= record.course <= highest:
            yield Failure("course", f"{lowest}–{highest}", record.course)
            break
    for allowed in (rules.specialties, (terms.specialty,) if terms.specialty else ()):
        if allowed and record.specialty.lower() not in allowed:
            yield Failure("specialty", ", ".join(allowed), record.specialty)
            break
    for fact, named in ONE_OF:
        allowed, own = getattr(rules, named), getattr(record, fact)
        if allowed and own not in allowed:
            yield Failure(fact, ", ".join(allowed), own)


def _of_the_mark(record: Record, rules: Rules, terms: Terms) -> Iterator[Failure]:
    floor = rules.mark_floor if terms.mark_floor is None else max(rules.mark_floor, terms.mark_floor)
    try:
        mark = mark_here(record, rules)
    except UnmappedMark:
        yield Failure("mark_scale", record.mark_scale, record.mean_mark)
        return
    if mark < floor:
        yield Failure("mean_mark", floor, mark)


def _language(record: Record, rules: Rules, terms: Terms) -> Iterator[Failure]:
    if not terms.least_level or terms.language == record.schooling_language:
        return
    level = record.verified_levels.get(terms.language, "")
    if not _reaches(level, terms.least_level, list(rules.language_levels)):
        yield Failure("language", terms.least_level, level)


def _reaches(level: str, least: str, levels: list[str]) -> bool:
    return level in levels and levels.index(level) >= levels.index(least)
