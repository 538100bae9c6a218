"""The mean mark: integers inside, two decimals, half up."""

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from selection.engine.scoring import half_up

HOME_SCALE = "10"
"""The code of our own ten-mark scale, which needs no table."""


def mean_of(marks: Sequence[int]) -> int | None:
    """Of marks in hundredths on our own scale, in hundredths; of no marks there is no mean, and never a nought."""
    return half_up(sum(marks), len(marks)) if marks else None


def sums_by(tables: Mapping[str, Mapping[str, int]], marks: Iterable[tuple[str, int]]) -> dict[str, int | None]:
    """As a student's profile keeps them, of marks as (code of the scale, hundredths), by a call's copy of the tables.

    A mark without a place takes the mean away.
    """
    here = [value if scale == HOME_SCALE else tables.get(scale, {}).get(str(value)) for scale, value in marks]
    placed = [value for value in here if value is not None]
    unmapped = len(here) - len(placed)
    mean = None if unmapped else mean_of(placed)
    return {"mean_mark": mean, "marks_counted": len(placed), "marks_unmapped": unmapped}


def on_paper(value: int | None) -> Decimal | None:
    """745 → 7.45: as pages and files write it."""
    return None if value is None else Decimal(value).scaleb(-2)
