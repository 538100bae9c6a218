"""Numbers into the coordinates of a drawing: the policy allows no style in markup, but it does allow SVG's attributes."""

from collections.abc import Sequence
from dataclasses import dataclass

LABELS, WIDTH, LINE = 180, 640, 44  # pixels: room for the names, the whole, and one pair of bars
NUMBERS = 40


@dataclass(frozen=True)
class Pair:
    label: str
    first: int
    second: int


@dataclass(frozen=True)
class Bars:
    """One row of the drawing: `y` is its top, the lengths are those of its two bars."""

    pair: Pair
    y: int
    first_length: float
    second_length: float


@dataclass(frozen=True)
class Drawing:
    rows: list[Bars]
    height: int
    width: int = WIDTH
    start: int = LABELS


def bars(pairs: Sequence[Pair]) -> Drawing:
    """Two bars a row on one scale, such as out and in by partner."""
    largest = max((max(pair.first, pair.second) for pair in pairs), default=0) or 1
    scale = (WIDTH - LABELS - NUMBERS) / largest
    rows = [
        Bars(pair, index * LINE, round(pair.first * scale, 1), round(pair.second * scale, 1))
        for index, pair in enumerate(pairs)
    ]
    return Drawing(rows, len(pairs) * LINE)


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
