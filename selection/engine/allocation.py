"""Who goes where: deferred acceptance in one pass, the students proposing.

Everybody proposes to the destinations of their own list, from the top. A destination keeps the best it has seats for,
and for each newcomer refuses at most one person, who then proposes further down their own list. A seat is only ever
lost to somebody with a better claim to it, and nothing is final before the last proposal. So nobody gains by hiding
their true wishes, and the order in which people are taken up makes no difference.

How a destination chooses, in three steps. Each keeps the best it has room for and hands its lowest on to the next:

    first   open seats that go before the quotas                              (precedence "open_first")
    own     the seats of each faculty's quota
    last    open seats that go after the quotas                               (precedence "reserve_first")
            and, as long as they stay unfilled, the seats of the quotas       (release "open")

Whom the last step cannot keep is refused.

In a protected run those who already hold a seat come first in its ranking. Where even so the steps would leave one of
them out, the protected student stays; if that is one person too many for the seats, the lowest unprotected student
yields. So nobody protected is ever refused their seat, and their list ends with it.
"""

from collections.abc import Mapping
from heapq import heappop, heappush, heappushpop
from itertools import chain

from .values import CLOSED, OPEN, Applicant, Cutoff, Destination, Market, Result


def allocate(market: Market) -> Result:
    """Place everybody. The market must have passed `checks.check`."""
    applicants = market.applicants
    guests = guests_of(market)
    seats = {code: Seats(place, applicants, guests[code]) for code, place in market.destinations.items()}
    proposed = dict.fromkeys(applicants, 0)  # how far down their list everybody is

    proposer: str | None
    for proposer in applicants:
        while proposer is not None:
            choices = applicants[proposer].choices
            number = proposed[proposer]
            if number == len(choices):
                break  # nothing is left on the list
            proposed[proposer] = number + 1
            proposer = seats[choices[number]].admit(proposer)  # noqa: PLW2901 -- who is refused proposes next

    placements: dict[str, str | None] = dict.fromkeys(applicants)
    for code, place in seats.items():
        placements.update(dict.fromkeys(place.members(), code))
    faculties = sorted({applicant.faculty for applicant in applicants.values()})
    return Result(placements, {code: place.cutoffs(faculties) for code, place in seats.items()})


class Seats:
    """The seats of one destination while the proposals come in.

    Inside, a student is their standing: 2 for the last of the ranking, 4 for the one above, higher is better. So the
    top of a heap is the lowest student in it. The odd numbers are left to someone who tries another place in the
    ranking (`counterfactual`).
    """

    __slots__ = (
        "applicants", "faculties_refused", "first", "first_size", "last", "last_size", "lowest_guest", "own",
        "quotas", "ranking", "releases", "size", "standing",
    )  # fmt: skip

    def __init__(self, destination: Destination, applicants: Mapping[str, Applicant], guests: set[str]) -> None:
        self.applicants = applicants
        self.ranking = protected_first(destination.ranking, guests)
        self.standing = dict(zip(self.ranking, range(2 * len(self.ranking), 0, -2), strict=True))
        self.lowest_guest = 2 * (len(self.ranking) - len(guests) + 1)

        self.size = destination.seats
        self.quotas = {faculty: quota for faculty, quota in destination.quotas.items() if quota}
        self.releases = destination.release == "open"
        open_first = destination.precedence == "open_first"
        self.first_size = destination.open_seats if open_first else 0
        self.last_size = 0 if open_first else destination.open_seats
        if self.releases:
            self.last_size += destination.reserved

        self.first: list[int] = []
        self.own: dict[str, list[int]] = {faculty: [] for faculty in self.quotas}
        self.last: list[int] = []
        self.faculties_refused: set[str] = set()

    def standing_of(self, student: str) -> int | None:
        return self.standing.get(student)

    def who(self, standing: int) -> str:
        return self.ranking[-(standing // 2)]

    def admit(self, newcomer: str) -> str | None:
        """Take the newcomer in, and say who is without a seat for it: somebody else, the newcomer, or nobody."""
        standing = self.standing_of(newcomer)
        if standing is None:
            return newcomer  # not eligible: passed over, not refused

        if self.first_size:
            if len(self.first) < self.first_size:
                heappush(self.first, standing)
                return None
            standing = heappushpop(self.first, standing)

        if self.quotas:
            faculty = self.applicants[self.who(standing)].faculty
            if faculty in self.quotas:
                if len(self.own[faculty]) < self.quotas[faculty]:
                    heappush(self.own[faculty], standing)
                    self.last_size -= self.releases  # the faculty takes its seat back
                    return self._make_room()
                standing = heappushpop(self.own[faculty], standing)

        if len(self.last) < self.last_size:
            heappush(self.last, standing)
            return None
        if standing < self.lowest_guest:
            return self._refuse(heappushpop(self.last, standing))
        heappush(self.last, standing)
        return self._make_room()

    def _make_room(self) -> str | None:
        """Refuse the lowest of the last step if it holds too many, but never a protected student."""
        if len(self.last) <= self.last_size:
            return None
        if self.last[0] < self.lowest_guest:
            return self._refuse(heappop(self.last))
        # Everybody here is protected: they stay if a seat is free, else the lowest of those on a quota yields.
        if sum(map(len, self._steps())) <= self.size:
            return None
        return self._refuse(heappop(min(filter(None, self.own.values()))))

    def _refuse(self, standing: int) -> str:
        refused = self.who(standing)
        self.faculties_refused.add(self.applicants[refused].faculty)
        return refused

    def _steps(self) -> list[list[int]]:
        return [self.first, *self.own.values(), self.last]

    def members(self) -> list[str]:
        return [self.who(standing) for step in self._steps() for standing in step]

    def cutoffs(self, faculties: list[str]) -> dict[str, Cutoff]:
        found = dict.fromkeys(faculties, OPEN) | dict.fromkeys(self.faculties_refused, CLOSED)
        sought = set(self.faculties_refused)
        for standing in sorted(chain(*self._steps())):
            if not sought:
                break
            member = self.who(standing)
            faculty = self.applicants[member].faculty
            if faculty in sought:
                sought.remove(faculty)
                found[faculty] = Cutoff("at", member)
        return found


def guests_of(market: Market) -> dict[str, set[str]]:
    """The protected students of each destination."""
    guests: dict[str, set[str]] = {code: set() for code in market.destinations}
    for student, destination in market.protected.items():
        guests[destination].add(student)
    return guests


def protected_first(ranking: tuple[str, ...], guests: set[str]) -> tuple[str, ...]:
    """The ranking of a protected run: those who hold a seat before all others, otherwise as it was."""
    if not guests:
        return ranking
    return (*(code for code in ranking if code in guests), *(code for code in ranking if code not in guests))
