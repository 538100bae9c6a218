"""The mean mark: integers inside, two decimals, half up."""

from collections.abc import Sequence
from decimal import Decimal

from selection.engine.scoring import half_up


def mean_of(marks: Sequence[int]) -> int | None:
    """Of marks in hundredths on our own scale, in hundredths; of no marks there is no mean, and never a nought."""
    return half_up(sum(marks), len(marks)) if marks else None


def on_paper(value: int | None) -> Decimal | None:
    """745 → 7.45: as pages and files write it."""
    return None if value is None else Decimal(value).scaleb(-2)
