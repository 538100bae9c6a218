"""Which rule keeps an applicant from a destination: each with what it requires and what the applicant has."""

from typing import NamedTuple

from .scoring import Record, Rules, Terms, UnmappedMark, mark_here

MUST_BE_NONE = ("debts", "sanctions")


class Failure(NamedTuple):
    rule: str
    required: int | str
    actual: int | str


def failures(record: Record, rules: Rules, terms: Terms) -> list[Failure]:
    """Empty if the applicant is eligible."""
    found = [Failure(fact, 0, record.facts[fact]) for fact in MUST_BE_NONE if record.facts.get(fact, 0)]
    lowest, highest = rules.courses
    if not lowest <= record.course <= highest:
        found.append(Failure("course", f"{lowest}–{highest}", record.course))
    try:
        mark = mark_here(record, rules)
    except UnmappedMark:
        found.append(Failure("mark_scale", record.mark_scale, record.mean_mark))
    else:
        if mark < rules.mark_floor:
            found.append(Failure("mean_mark", rules.mark_floor, mark))
    if terms.least_level and terms.language != record.schooling_language:
        level = record.verified_levels.get(terms.language, "")
        if not _reaches(level, terms.least_level, list(rules.language_levels)):
            found.append(Failure("language", terms.least_level, level))
    return found


def _reaches(level: str, least: str, levels: list[str]) -> bool:
    return level in levels and levels.index(level) >= levels.index(least)
