"""Points from claims and rules. Everything in 1/100 of a point or a mark; the rules are data of the call."""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

ACADEMIC, LANGUAGE, MOTIVATION = "academic", "language", "motivation"  # criteria that are not made of claims
FULL_WEIGHT = 100

Fate = Literal["counted", "unverified", "outside_window", "same_event"]


class Entry(NamedTuple):
    """One kind of achievement in the catalogue."""

    criterion: str
    points: int = 0
    each: bool = False  # points for each of the amount (a year in office); else once
    steps: tuple[tuple[int, int], ...] = ()  # instead: from this amount on, these points (hours of volunteering)
    group: str = ""  # shares a cap with others of its criterion

    def worth(self, amount: int) -> int:
        if self.steps:
            return max((points for least, points in self.steps if amount >= least), default=0)
        return self.points * amount if self.each else self.points


class Criterion(NamedTuple):
    cap: int
    window: int | None = None  # months before the reference day in which an achievement must lie
    groups: Mapping[str, int] = {}  # caps inside the criterion


class Cohort(NamedTuple):
    mean: int
    spread: int  # standard deviation


class Rules(NamedTuple):
    reference_day: date
    criteria: Mapping[str, Criterion]  # in order: of two equal levels of one event the earlier criterion counts
    catalogue: Mapping[str, Entry]
    mark_factor: int = 10
    mark_origin: int = 500
    mark_floor: int = 700  # a requirement
    scales: Mapping[str, Mapping[int, int]] = {}  # scale → mark there → mark here; our own scale is ""
    cohorts: Mapping[str, Cohort] = {}  # by faculty, frozen at publication; without it marks compare as they are
    common_cohort: Cohort = Cohort(0, 1)
    language_levels: Mapping[str, int] = {}  # level → points, the lowest first
    modifiers: Mapping[str, int] = {}  # fact of the record → points for each
    courses: tuple[int, int] = (1, 6)  # years of study that may apply
    specialties: tuple[str, ...] = ()  # that may apply, in small letters; empty: any, as below
    citizenships: tuple[str, ...] = ()
    fundings: tuple[str, ...] = ()


class Terms(NamedTuple):
    """What a destination with a standing of its own changes. The base ranking has none of it."""

    language: str = ""
    least_level: str = ""  # a requirement, as are the next three
    mark_floor: int | None = None
    courses: tuple[int, int] | None = None
    specialty: str = ""  # in small letters
    counts_language: bool = False
    weights: Mapping[str, int] = {}  # criterion → percent, 100 if absent

    @property
    def has_own_standing(self) -> bool:
        return self.counts_language or any(weight != FULL_WEIGHT for weight in self.weights.values())


BASE = Terms()


class Claim(NamedTuple):
    code: str
    kind: str  # entry of the catalogue, as claimed
    day: date
    event: str = ""  # claims of one event share it
    amount: int = 1
    accepted: str | None = None  # the entry that verification granted; None while unverified, or if refused
    accepted_amount: int = 1


class Record(NamedTuple):
    """One applicant as the rules see them. No age, no sex, no time of submission: nothing of that may count."""

    faculty: str
    mean_mark: int
    course: int
    mark_scale: str = ""
    schooling_language: str = ""
    specialty: str = ""
    citizenship: str = ""
    funding: str = ""
    claimed_levels: Mapping[str, str] = {}  # language → level
    verified_levels: Mapping[str, str] = {}
    claims: tuple[Claim, ...] = ()
    readings: tuple[int, ...] = ()  # of the letter of motivation, by independent readers
    facts: Mapping[
        str, int
    ] = {}  # "earlier_mobility", "left_after_acceptance", "debts", "sanctions", "leave": how many


class Line(NamedTuple):
    claim: str
    criterion: str
    group: str
    claimed: int
    counted: int
    fate: Fate


class Part(NamedTuple):
    criterion: str
    claimed: int
    verified: int
    capped: int
    weight: int  # percent
    points: int


class Score(NamedTuple):
    total: int
    parts: tuple[Part, ...]
    modifiers: tuple[tuple[str, int], ...]
    lines: tuple[Line, ...]

    def points(self, criterion: str) -> int:
        return sum(part.points for part in self.parts if part.criterion == criterion)


class UnmappedMark(ValueError):  # noqa: N818 -- it names what it is
    """A mark on a scale that the call's table does not cover: it blocks, it never counts as nothing."""


def score(record: Record, rules: Rules, terms: Terms = BASE) -> Score:
    lines = _lines(record.claims, rules)
    parts = [_part(criterion, record, rules, terms, lines) for criterion in rules.criteria]
    modifiers = [(fact, points * record.facts.get(fact, 0)) for fact, points in rules.modifiers.items()]
    total = sum(part.points for part in parts) + sum(points for _, points in modifiers)
    return Score(total, tuple(parts), tuple((fact, points) for fact, points in modifiers if points), tuple(lines))


def tie_facts(record: Record, rules: Rules, found: Score) -> dict[str, int]:
    """What the tie-breakers may ask: marks, the points of each criterion, earlier mobility, course."""
    return {
        **{criterion: found.points(criterion) for criterion in (LANGUAGE, *rules.criteria)},
        "mean_mark": mark_here(record, rules),
        "no_earlier_mobility": int(not record.facts.get("earlier_mobility", 0)),
        "course": record.course,
    }


def mark_here(record: Record, rules: Rules) -> int:
    """The mean mark on our own scale."""
    if not record.mark_scale:
        return record.mean_mark
    try:
        return rules.scales[record.mark_scale][record.mean_mark]
    except KeyError:
        raise UnmappedMark(f"{record.mean_mark} on scale {record.mark_scale}") from None


def mean_mark(marks: Sequence[int]) -> int:
    """The mean of whole marks, in 1/100, half up."""
    return half_up(100 * sum(marks), len(marks))


def half_up(numerator: int, denominator: int) -> int:
    return (2 * numerator + denominator) // (2 * denominator)


def _part(criterion: str, record: Record, rules: Rules, terms: Terms, lines: list[Line]) -> Part:
    claimed, verified, grouped = _sums(criterion, record, rules, terms, lines)
    capped = max(0, min(grouped, rules.criteria[criterion].cap))
    weight = terms.weights.get(criterion, FULL_WEIGHT)
    return Part(criterion, claimed, verified, capped, weight, half_up(capped * weight, FULL_WEIGHT))


def _sums(criterion: str, record: Record, rules: Rules, terms: Terms, lines: list[Line]) -> tuple[int, int, int]:
    """Points claimed, verified, and verified within the caps of groups."""
    if criterion == ACADEMIC:
        claimed = verified = rules.mark_factor * (_comparable_mark(record, rules) - rules.mark_origin)
    elif criterion == LANGUAGE:
        claimed = _language(record.claimed_levels, record, rules, terms)
        verified = _language(record.verified_levels, record, rules, terms)
    elif criterion == MOTIVATION:
        read_by_two = len(record.readings) > 1
        claimed = verified = half_up(sum(record.readings), len(record.readings)) if read_by_two else 0
    else:
        mine = [line for line in lines if line.criterion == criterion]
        within_groups = _grouped(mine, rules.criteria[criterion].groups)
        return sum(line.claimed for line in mine), sum(line.counted for line in mine), within_groups
    return claimed, verified, verified


def _comparable_mark(record: Record, rules: Rules) -> int:
    mark = mark_here(record, rules)
    if record.faculty not in rules.cohorts:
        return mark
    own, common = rules.cohorts[record.faculty], rules.common_cohort
    return common.mean + half_up((mark - own.mean) * common.spread, own.spread)


def _language(levels: Mapping[str, str], record: Record, rules: Rules, terms: Terms) -> int:
    if not terms.counts_language or terms.language == record.schooling_language:
        return 0
    return rules.language_levels.get(levels.get(terms.language, ""), 0)


def _grouped(lines: list[Line], caps: Mapping[str, int]) -> int:
    by_group: dict[str, int] = {}
    for line in lines:
        by_group[line.group] = by_group.get(line.group, 0) + line.counted
    return sum(min(points, caps.get(group, points)) for group, points in by_group.items())


def _lines(claims: tuple[Claim, ...], rules: Rules) -> list[Line]:
    fates = {claim.code: _fate(claim, rules) for claim in claims}
    best = _best_of_each_event([claim for claim in claims if fates[claim.code] == "counted"], rules)
    lines = []
    for claim in claims:
        entry = rules.catalogue[claim.accepted or claim.kind]
        fate = fates[claim.code]
        if fate == "counted" and claim.event and best[claim.event] != claim.code:
            fate = "same_event"
        counted = entry.worth(claim.accepted_amount) if fate == "counted" else 0
        claimed = rules.catalogue[claim.kind].worth(claim.amount)
        lines.append(Line(claim.code, entry.criterion, entry.group, claimed, counted, fate))
    return lines


def _fate(claim: Claim, rules: Rules) -> Fate:
    if claim.accepted is None:
        return "unverified"
    window = rules.criteria[rules.catalogue[claim.accepted].criterion].window
    if claim.day > rules.reference_day:
        return "outside_window"
    if window is not None and claim.day < months_before(rules.reference_day, window):
        return "outside_window"
    return "counted"


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month if it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _best_of_each_event(claims: list[Claim], rules: Rules) -> dict[str, str]:
    """The claim of each event that counts: the one worth most, whatever its criterion; one achievement serves one."""
    criteria = list(rules.criteria)

    def rank(claim: Claim) -> tuple[int, int, str]:
        entry = rules.catalogue[claim.accepted or claim.kind]
        return -entry.worth(claim.accepted_amount), criteria.index(entry.criterion), claim.code

    return {claim.event: claim.code for claim in sorted(claims, key=rank, reverse=True)}
