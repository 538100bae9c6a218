"""Numbers into the coordinates of a drawing, since the policy allows no style in markup."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Pair:
    label: str
    first: int
    second: int


@dataclass(frozen=True)
class Bars:
    """The two lengths are of 100: the longest bar of the table fills its cell."""

    pair: Pair
    first_length: float
    second_length: float


def bars(pairs: Sequence[Pair]) -> list[Bars]:
    """Two bars a row on one scale, such as out and in by partner."""
    largest = max((max(pair.first, pair.second) for pair in pairs), default=0) or 1
    return [Bars(pair, round(100 * pair.first / largest, 1), round(100 * pair.second / largest, 1)) for pair in pairs]


@dataclass(frozen=True)
class Strip:
    """You against the cut-off, on a scale of 0 to 100 units."""

    you: float
    cutoff: float | None
    from_x: float
    length: float
    is_short: bool


def strip(*, you: float, cutoff: float | None, low: float, high: float) -> Strip:
    def at(value: float) -> float:
        return round(100 * (min(max(value, low), high) - low) / (high - low), 1)

    if cutoff is None:
        return Strip(at(you), None, at(you), 0, is_short=False)
    start, end = sorted((at(you), at(cutoff)))
    return Strip(at(you), at(cutoff), start, round(end - start, 1), is_short=you < cutoff)
