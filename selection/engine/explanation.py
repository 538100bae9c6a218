"""Why a student got what they got: a structure from which the outcome can be computed again, not prose.

Other students appear by code only.
"""

from collections import Counter
from collections.abc import Mapping
from typing import Literal, NamedTuple

from .allocation import guests_of, protected_first
from .eligibility import Failure
from .ranking import TIE_BREAKERS, Key, decided_by
from .scoring import Score
from .values import Cutoff, Market, Result

Verdict = Literal["won", "below_cutoff", "not_needed", "not_eligible"]


class Grounds(NamedTuple):
    """What the rankings of a market were made of: destination → applicant → …; empty where it is not known."""

    keys: Mapping[str, Mapping[str, Key]] = {}
    scores: Mapping[str, Mapping[str, Score]] = {}
    failures: Mapping[str, Mapping[str, tuple[Failure, ...]]] = {}
    tie_breakers: tuple[str, ...] = TIE_BREAKERS


class Position(NamedTuple):
    in_faculty: int  # 1 is the best
    overall: int


class SeatsHere(NamedTuple):
    own: int  # of the student's faculty
    open: int
    released: int  # of quotas that their faculties did not fill


class Distance(NamedTuple):
    points: int  # between the student and the last one in: above 0 is missing, below 0 is to spare
    decided_by: str | None  # what told the two apart, if not the points


class Wish(NamedTuple):
    destination: str
    verdict: Verdict
    failures: tuple[Failure, ...]
    score: Score | None
    key: Key | None
    rank: Position | None
    seats: SeatsHere
    cutoff: Cutoff
    cutoff_rank: int | None  # overall, of the last one in of the student's faculty
    distance: Distance | None
    reserve: Position | None  # a position, not a promise


class Card(NamedTuple):
    applicant: str
    faculty: str
    placed: str | None
    protected: str | None
    wishes: tuple[Wish, ...]


class Explainer:
    """Cards for everybody of one run. In a protected run the ranks put the protected first, as its cut-offs do."""

    def __init__(self, market: Market, result: Result, grounds: Grounds | None = None) -> None:
        self.market = market
        self.result = result
        self.grounds = grounds or Grounds()
        guests = guests_of(market)
        self.tables = {code: _Table(market, code, guests[code]) for code in market.destinations}
        for student, held in result.placements.items():
            for choice in market.applicants[student].choices:
                table = self.tables[choice]
                if choice == held:
                    table.members.add(student)
                    break
                if student in table.rank:
                    table.refused.add(student)
        for table in self.tables.values():
            table.count_the_reserve()

    def card(self, student: str) -> Card:
        applicant = self.market.applicants[student]
        placed = self.result.placements[student]
        wishes = tuple(self._wish(student, applicant.faculty, choice) for choice in applicant.choices)
        return Card(student, applicant.faculty, placed, self.market.protected.get(student), wishes)

    def _wish(self, student: str, faculty: str, code: str) -> Wish:
        table = self.tables[code]
        cutoff = self.result.cutoffs[code][faculty]
        return Wish(
            destination=code,
            verdict=self._verdict(student, table),
            failures=tuple(self.grounds.failures.get(code, {}).get(student, ())),
            score=self.grounds.scores.get(code, {}).get(student),
            key=self.grounds.keys.get(code, {}).get(student),
            rank=table.rank.get(student),
            seats=table.seats(faculty),
            cutoff=cutoff,
            cutoff_rank=table.rank[cutoff.applicant].overall if cutoff.applicant else None,
            distance=self._distance(student, code, cutoff),
            reserve=table.reserve.get(student),
        )

    def _verdict(self, student: str, table: "_Table") -> Verdict:
        if student in table.members:
            return "won"
        if student not in table.rank:
            return "not_eligible"
        return "below_cutoff" if student in table.refused else "not_needed"

    def _distance(self, student: str, code: str, cutoff: Cutoff) -> Distance | None:
        keys = self.grounds.keys.get(code, {})
        if cutoff.applicant is None or student not in keys:
            return None
        last_in, own = keys[cutoff.applicant], keys[student]
        if last_in == own:
            return Distance(0, None)
        return Distance(last_in.score - own.score, decided_by(last_in, own, self.grounds.tie_breakers))


class _Table:
    """One destination: who stands where in it, who is in, who was refused."""

    def __init__(self, market: Market, code: str, guests: set[str]) -> None:
        self.market = market
        self.destination = market.destinations[code]
        self.rank = self._positions(protected_first(self.destination.ranking, guests))
        self.members: set[str] = set()
        self.refused: set[str] = set()
        self.reserve: dict[str, Position] = {}
        self.released = 0

    def _positions(self, students: tuple[str, ...]) -> dict[str, Position]:
        positions: dict[str, Position] = {}
        of_faculty: Counter[str] = Counter()
        for overall, student in enumerate(students, start=1):
            faculty = self.market.applicants[student].faculty
            of_faculty[faculty] += 1
            positions[student] = Position(of_faculty[faculty], overall)
        return positions

    def count_the_reserve(self) -> None:
        self.reserve = self._positions(tuple(student for student in self.rank if student in self.refused))
        if self.destination.release == "open":
            self.released = self.destination.reserved - self._quota_seats_filled()

    def _quota_seats_filled(self) -> int:
        members = [student for student in self.rank if student in self.members]
        if self.destination.precedence == "open_first":
            members = members[self.destination.open_seats :]
        in_faculty = Counter(self.market.applicants[student].faculty for student in members)
        return sum(min(quota, in_faculty[faculty]) for faculty, quota in self.destination.quotas.items())

    def seats(self, faculty: str) -> SeatsHere:
        return SeatsHere(self.destination.quotas.get(faculty, 0), self.destination.open_seats, self.released)
