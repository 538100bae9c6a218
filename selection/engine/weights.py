"""What a criterion really weighs: its share in the differences between the applicants, not in the maximum of points."""

from collections.abc import Mapping, Sequence
from fractions import Fraction


def effective_weights(points: Sequence[Mapping[str, int]]) -> dict[str, Fraction]:
    """cov(criterion, total) / var(total) of each criterion, over one mapping of criterion → points an applicant.

    The shares add up to 1; they may be negative. Empty if all totals are equal: then nothing tells applicants apart.
    """
    criteria = sorted({criterion for row in points for criterion in row})
    totals = [sum(row.values()) for row in points]
    variance = _covariance(totals, totals)
    if not variance:
        return {}
    return {
        criterion: Fraction(_covariance([row.get(criterion, 0) for row in points], totals), variance)
        for criterion in criteria
    }


def _covariance(left: Sequence[int], right: Sequence[int]) -> int:
    """The covariance times the square of the number of rows, which cancels in a share."""
    return len(left) * sum(one * other for one, other in zip(left, right, strict=True)) - sum(left) * sum(right)
