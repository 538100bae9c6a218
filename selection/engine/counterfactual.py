"""How many points more would have changed a student's outcome: found by real runs, not guessed from a cut-off.

A cut-off moves when somebody rises above it, so the distance to it is not the answer. More points never hurt (a
property test holds it), so the least number that brings a better place can be found by halving.
"""

from bisect import bisect_left
from collections.abc import Mapping

from .allocation import allocate
from .ranking import Key
from .values import Market


def points_needed(market: Market, keys: Mapping[str, Mapping[str, Key]], student: str) -> int | None:
    """The least number of points, in 1/100, with which the student would have had a place higher on their list.

    The points are added at every destination of the list. None if no number of points would have done it: the student
    has the first place they are eligible for, or what they want has no seat for them. The rankings of the market are
    those of the keys.
    """
    found = points_needed_by_choice(market, keys, student)
    return min(found.values(), default=None)


def points_needed_by_choice(market: Market, keys: Mapping[str, Mapping[str, Key]], student: str) -> dict[str, int]:
    """Destination → the least number of points with which the student would have had it, or one above it.

    Of the choices above the place held; without those that no number of points would have brought.
    """
    held = allocate(market).placements[student]
    choices = market.applicants[student].choices
    above = choices[: choices.index(held)] if held is not None else choices
    above = tuple(code for code in above if student in keys[code])
    found = {}
    for number, code in enumerate(above, start=1):
        needed = _least(market, keys, student, above, above[:number])
        if needed is not None:
            found[code] = needed
    return found


def _least(
    market: Market,
    keys: Mapping[str, Mapping[str, Key]],
    student: str,
    above: tuple[str, ...],
    wanted: tuple[str, ...],
) -> int | None:
    def rises(points: int) -> bool:
        return allocate(_with_more(market, keys, student, above, points)).placements[student] in wanted

    enough = max(max(key.score for key in keys[code].values()) - keys[code][student].score + 1 for code in above)
    if not rises(enough):
        return None
    too_few = 0
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if rises(middle):
            enough = middle
        else:
            too_few = middle
    return enough


def _with_more(
    market: Market, keys: Mapping[str, Mapping[str, Key]], student: str, codes: tuple[str, ...], points: int
) -> Market:
    destinations = dict(market.destinations)
    for code in codes:
        mine = keys[code][student].with_more(points)
        others = [other for other in destinations[code].ranking if other != student]
        place = bisect_left([(keys[code][other], other) for other in others], (mine, student))
        destinations[code] = destinations[code]._replace(ranking=(*others[:place], student, *others[place:]))
    return market._replace(destinations=destinations)
