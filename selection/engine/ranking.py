"""The order of the applicants, and for each tie the rule that decided it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

LOTTERY = "lottery"

# The default rules for equal scores, the first that differs decides; the more wins. A call may name others.
# "no_earlier_mobility" is 1 or 0, "course" the year of study, the rest are points or marks in 1/100.
TIE_BREAKERS = ("mean_mark", "science", "language", "no_earlier_mobility", "course")


class Key(NamedTuple):
    """What decides an applicant's place at one destination. Compares as a tuple: the smaller is better."""

    minus_score: int
    minus_ties: tuple[int, ...]  # by the call's tie-breakers
    lottery: str

    @property
    def score(self) -> int:
        return -self.minus_score

    def with_more(self, points: int) -> "Key":
        return self._replace(minus_score=self.minus_score - points)


class Row(NamedTuple):
    code: str
    order: int  # 1 is the best; no two are alike
    place: int  # alike for those whom only the lottery tells apart: so they stand in a signed ranking
    decided_by: str | None  # what put them after the one above, if the scores are equal; None if the scores decide


def key(score: int, facts: Mapping[str, int], lottery: str, tie_breakers: Sequence[str] = TIE_BREAKERS) -> Key:
    return Key(-score, tuple(-facts[rule] for rule in tie_breakers), lottery)


def ranking(keys: Mapping[str, Key]) -> tuple[str, ...]:
    """The codes, best first. Two numbers of the lottery never meet; if they did, the code would decide."""
    return tuple(sorted(keys, key=lambda code: (keys[code], code)))


def rows(keys: Mapping[str, Key], tie_breakers: Sequence[str] = TIE_BREAKERS) -> list[Row]:
    """The ranking as it is signed, with what decided each tie."""
    found: list[Row] = []
    above: Row | None = None
    for order, code in enumerate(ranking(keys), start=1):
        tie_rule = decided_by(keys[above.code], keys[code], tie_breakers) if above else None
        place = above.place if above and tie_rule == LOTTERY else order
        above = Row(code, order, place, tie_rule)
        found.append(above)
    return found


def decided_by(better: Key, worse: Key, tie_breakers: Sequence[str] = TIE_BREAKERS) -> str | None:
    """The first tie-breaker that tells two equal scores apart; None if the scores do."""
    if better.minus_score != worse.minus_score:
        return None
    for rule, one, other in zip(tie_breakers, better.minus_ties, worse.minus_ties, strict=True):
        if one != other:
            return rule
    return LOTTERY
