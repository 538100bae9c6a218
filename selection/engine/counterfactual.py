"""How many points more would have changed a student's outcome: found by real runs, not guessed from a cut-off.

A cut-off moves when somebody rises above it, so the distance to it is not the answer. More points never hurt (a
property test holds it), so the least number that brings a better place can be found by halving.

A run for each guess would take hours for thousands of students. But the order in which people are taken up makes no
difference (`allocation`): so everybody else is placed once, and only what the student's own proposals set in motion is
played again for each guess. Who was refused at once by every destination on their list left no trace in that: for
all of them it is the same everybody else.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping

from .allocation import Seats, allocate, guests_of
from .ranking import Key
from .values import Market

Keys = Mapping[str, Mapping[str, Key]]


def points_needed(market: Market, keys: Keys, student: str) -> int | None:
    """The least number of points, in 1/100, with which the student would have had a place higher on their list.

    The points are added at every destination of the list. None if no number of points would have done it: the student
    has the first place they are eligible for, or what they want has no seat for them. The rankings of the market are
    those of the keys.
    """
    found = dict(points_needed_by_choice(market, keys, [student]))[student]
    return min(found.values(), default=None)


def points_needed_by_choice(
    market: Market, keys: Keys, students: Iterable[str]
) -> Iterator[tuple[str, dict[str, int]]]:
    """(student, destination → the least number of points with which they would have had it, or one above it).

    Of the choices above the place held; without those that no number of points would have brought.
    """
    placements = allocate(market).placements
    ladders = {code: sorted((key, student) for student, key in of_one.items()) for code, of_one in keys.items()}
    everybody = Others(market, keys)
    for student in students:
        held = placements[student]
        choices = market.applicants[student].choices
        above = choices[: choices.index(held)] if held is not None else choices
        above = tuple(code for code in above if student in keys[code])
        if not above:
            yield student, {}
            continue
        left_no_trace = student not in everybody.once_taken
        others = everybody if left_no_trace else Others(market, keys, without=student)
        yield student, _needed(Trial(others, keys, ladders, student, above))


def _needed(trial: "Trial") -> dict[str, int]:
    above = trial.above
    best = max(-trial.ladders[code][0][0].minus_score - trial.keys[code][trial.student].score for code in above)
    found = {}
    for number, code in enumerate(above, start=1):
        needed = _least(trial, above[:number], enough=best + 1)
        if needed is not None:
            found[code] = needed
    return found


def _least(trial: "Trial", wanted: tuple[str, ...], *, enough: int) -> int | None:
    if trial.held(enough) not in wanted:
        return None
    too_few = 0
    while enough - too_few > 1:
        middle = (too_few + enough) // 2
        if trial.held(middle) in wanted:
            enough = middle
        else:
            too_few = middle
    return enough


class Others:
    """Everybody but one placed: who holds which seats, and how far down their list each is.

    Without a name it is everybody; then it stands for everybody but anyone who is not `once_taken`.
    """

    def __init__(self, market: Market, keys: Keys, *, without: str | None = None) -> None:
        self.market, self.guests = market, guests_of(market)
        self.seats = {
            code: Seats(place, market.applicants, self.guests[code]) for code, place in market.destinations.items()
        }
        self.proposed = dict.fromkeys(market.applicants, 0)
        self.once_taken: set[str] = set()
        for first in self._best_first(keys):
            proposer: str | None = first if first != without else None
            while proposer is not None:
                choices = market.applicants[proposer].choices
                number = self.proposed[proposer]
                if number == len(choices):
                    break
                self.proposed[proposer] = number + 1
                refused = self.seats[choices[number]].admit(proposer)
                if refused != proposer:
                    self.once_taken.add(proposer)
                proposer = refused

    def _best_first(self, keys: Keys) -> list[str]:
        """So that few are taken who are refused later."""

        def best(student: str) -> int:
            choices = self.market.applicants[student].choices
            return min((keys[code][student].minus_score for code in choices if student in keys[code]), default=0)

        return sorted(self.market.applicants, key=best)


class Trial:
    """One student with more points, who proposes after everybody else has been placed."""

    def __init__(
        self,
        others: Others,
        keys: Keys,
        ladders: Mapping[str, list[tuple[Key, str]]],
        student: str,
        above: tuple[str, ...],
    ) -> None:
        self.others, self.keys, self.ladders = others, keys, ladders
        self.student, self.above = student, above
        self.found: dict[int, str | None] = {}

    def held(self, points: int) -> str | None:
        """Where the student is with so many points more."""
        if points not in self.found:
            self.found[points] = self._play(points)
        return self.found[points]

    def _play(self, points: int) -> str | None:
        applicants = self.others.market.applicants
        seats: dict[str, _Retried] = {}
        proposed = {self.student: 0}
        proposer: str | None = self.student
        while proposer is not None:
            choices = applicants[proposer].choices
            number = proposed.get(proposer, self.others.proposed[proposer])
            if number == len(choices):
                break
            proposed[proposer] = number + 1
            code = choices[number]
            if code not in seats:
                seats[code] = _Retried(self.others.seats[code], self.student, self._standing(code, points))
            proposer = seats[code].admit(proposer)
        return None if proposer == self.student else applicants[self.student].choices[proposed[self.student] - 1]

    def _standing(self, code: str, points: int) -> int | None:
        """Among the others, between two of them."""
        own = self.keys[code].get(self.student)
        if own is None:
            return None
        if code in self.above:
            own = own.with_more(points)
        ladder, guests = self.ladders[code], self.others.guests[code]
        place = bisect_left(ladder, (own, self.student))
        if guests:  # they come before all others, whatever their keys
            better = sum(other in guests for _key, other in ladder[:place])
            place = better if self.student in guests else len(guests) + place - better
        return 2 * (len(ladder) - place) + 1


class _Retried(Seats):
    """Seats as everybody else left them, with one student at another place of the ranking."""

    __slots__ = ("own_standing", "student")

    def __init__(self, found: Seats, student: str, own_standing: int | None) -> None:  # it copies, it does not begin
        for name in Seats.__slots__:
            setattr(self, name, getattr(found, name))
        self.first, self.last = found.first[:], found.last[:]
        self.own = {faculty: heap[:] for faculty, heap in found.own.items()}
        self.faculties_refused = set()
        self.student, self.own_standing = student, own_standing

    def standing_of(self, student: str) -> int | None:
        return self.own_standing if student == self.student else self.standing.get(student)

    def who(self, standing: int) -> str:
        return self.student if standing % 2 else self.ranking[-(standing // 2)]
