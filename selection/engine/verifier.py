"""Does a published result follow from its input? Checked from the two files alone, without the engine.

This module imports nothing of the engine and does not allocate. It looks at each claim of a result:

1. The hash of the input is the one that the result names.
2. Everybody holds nothing, or a destination of their own list where they are eligible.
3. Each cut-off is where the placements put it: "at" the last one in of a faculty of which somebody was refused.
   Refused is who was eligible, listed the destination, and holds something lower or nothing.
4. Everybody holds the first destination of their list whose cut-off they meet.
5. From its members and all it refused (of these, the best of each faculty are enough, once 4 holds) each destination
   would choose exactly its members.
6. There is no ring of students in which each could have the seat of the next and like it better. 1 to 5 say that the
   placements are stable, 6 that of all stable placements they are the best for every student.
7. The hash of placements and cut-offs is the one that the result names.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from typing import Any

Json = Mapping[str, Any]
Step = tuple[str, str]  # how a member was chosen; a faculty stands only beside "own"
FIRST, LAST, KEPT = ("first", ""), ("last", ""), ("kept", "")
Seat = tuple[str, Step, bool]  # destination, step, protected


def first_fault(instance: Json, result: Json) -> str | None:
    """The first thing in the result that does not hold and why, or None.

    Both in the exchange format, well formed; the instance with its defaults filled in.
    """
    return next(_faults(instance, result), None)


def _faults(instance: Json, result: Json) -> Iterator[str]:
    if (found := _sha256(instance)) != result["input_sha256"]:
        yield f"input_sha256: the input given has {found}; the result names another"
    houses = _houses(instance)
    yield from _placement_faults(instance, result["placements"], houses)
    last_in = {code: house.last_in() for code, house in houses.items()}
    for code, house in houses.items():
        yield from _envy_faults(house, last_in[code])
        yield from _choice_faults(house)
    faculties = {applicant["faculty"] for applicant in instance["applicants"].values()}
    yield from _cutoff_faults(result["cutoffs"], houses, last_in, faculties)
    yield from _ring_faults(result["placements"], houses)
    if (found := _sha256({part: result[part] for part in ("placements", "cutoffs")})) != result["result_sha256"]:
        yield f"result_sha256: placements and cutoffs have {found}"


def _sha256(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"
    return hashlib.sha256(text.encode()).hexdigest()


class _House:
    """A destination with its members and those it refused. Students are their rank here: 0 is the best."""

    def __init__(self, code: str, terms: Json, protected: set[str]) -> None:
        self.code = code
        self.seats: int = terms["seats"]
        self.quotas: dict[str, int] = terms["quotas"]
        self.open_first: bool = terms["precedence"] == "open_first"
        self.releases: bool = terms["release"] == "open"
        self.ranking: list[str] = terms["ranking"]
        if protected:
            self.ranking = sorted(self.ranking, key=lambda student: student not in protected)  # stable: else as it was
        self.protected = len(protected)  # the ranks below this number
        self.rank = dict(zip(self.ranking, range(len(self.ranking)), strict=True))
        self.members: dict[int, str] = {}  # rank → faculty
        self.best_refused: dict[str, int] = {}  # faculty → rank
        self.steps: dict[int, Step] = {}  # of the members

    def last_in(self) -> dict[str, int]:
        """The lowest member of each faculty."""
        return {self.members[rank]: rank for rank in sorted(self.members)}

    def pool(self) -> dict[int, str]:
        return self.members | {rank: faculty for faculty, rank in self.best_refused.items()}

    def choice(self, faculties: Mapping[int, str]) -> dict[int, Step]:
        """Whom the destination would choose, and the step at which: the words of the published rule, one by one."""
        pool = sorted(faculties)
        open_seats = self.seats - sum(self.quotas.values())
        chosen = dict.fromkeys(pool[:open_seats] if self.open_first else (), FIRST)
        left = dict(self.quotas)
        for rank in pool if left else ():
            faculty = faculties[rank]
            if left.get(faculty) and rank not in chosen:
                left[faculty] -= 1
                chosen[rank] = ("own", faculty)
        after = 0 if self.open_first else open_seats
        if self.releases:
            after += sum(left.values())
        chosen.update(dict.fromkeys([rank for rank in pool if rank not in chosen][:after], LAST))
        return self._keep_protected(chosen, [rank for rank in pool if rank < self.protected])

    def seat(self, member: int) -> Seat:
        return self.code, self.steps[member], member < self.protected

    def taker(self, member: int) -> str | None:
        """Who of the refused would be chosen if the member left."""
        if not self.best_refused:
            return None
        others = self.pool()
        del others[member]
        others_chosen = self.choice(others)
        return next((self.ranking[rank] for rank in others_chosen if rank not in self.steps), None)

    def _keep_protected(self, chosen: dict[int, Step], protected: list[int]) -> dict[int, Step]:
        for rank in protected:
            if rank not in chosen:
                if len(chosen) >= self.seats:
                    del chosen[max(chosen)]
                chosen[rank] = KEPT
        return chosen


def _houses(instance: Json) -> dict[str, _House]:
    protected: dict[str, set[str]] = {code: set() for code in instance["destinations"]}
    for student, code in instance["protected"].items():
        protected[code].add(student)
    return {code: _House(code, terms, protected[code]) for code, terms in instance["destinations"].items()}


def _placement_faults(instance: Json, placements: Json, houses: dict[str, _House]) -> Iterator[str]:
    applicants, protected = instance["applicants"], instance["protected"]
    for student in placements:
        if student not in applicants:
            yield f"placements.{student}: not an applicant"
    for student, applicant in applicants.items():
        wishes = applicant["choices"]
        if student in protected:
            wishes = wishes[: wishes.index(protected[student]) + 1]
        if student not in placements:
            yield f"placements.{student}: missing"
        elif fault := _walk_to_the_seat(student, applicant["faculty"], wishes, placements[student], houses):
            yield f"placements.{student}: {fault}"


def _walk_to_the_seat(
    student: str, faculty: str, wishes: list[str], held: str | None, houses: dict[str, _House]
) -> str | None:
    """Tell the houses on the way whom they refused, and the last one whom it has."""
    if held is not None and held not in wishes:
        return f"{held} is not on their list" if held in houses else f"{held} is not a destination"
    for code in wishes:
        house = houses[code]
        rank = house.rank.get(student)
        if code == held:
            if rank is None:
                return f"not eligible at {held}"
            house.members[rank] = faculty
            break
        if rank is not None and rank < house.best_refused.get(faculty, rank + 1):
            house.best_refused[faculty] = rank
    return None


def _envy_faults(house: _House, last_in: dict[str, int]) -> Iterator[str]:
    for faculty, refused in house.best_refused.items():
        if refused < last_in.get(faculty, -1):
            better, worse = house.ranking[refused], house.ranking[last_in[faculty]]
            yield f"placements.{better}: meets the cut-off of {house.code}, held by {worse}, and would rather be there"


def _choice_faults(house: _House) -> Iterator[str]:
    house.steps = house.choice(house.pool())
    for rank in house.members:
        if rank not in house.steps:
            yield f"placements.{house.ranking[rank]}: {house.code} would not choose them"
    for rank in house.best_refused.values():
        if rank in house.steps:
            yield f"placements.{house.ranking[rank]}: {house.code} would choose them, and they would rather be there"


def _cutoff_faults(
    cutoffs: Json, houses: dict[str, _House], last_in: dict[str, dict[str, int]], faculties: set[str]
) -> Iterator[str]:
    for code in cutoffs:
        if code not in houses:
            yield f"cutoffs.{code}: not a destination"
    for code, house in houses.items():
        if set(cutoffs.get(code, ())) != faculties:
            yield f"cutoffs.{code}: must name each faculty of the applicants, and no other"
        for faculty in sorted(faculties):
            state, student = "open", None
            if faculty in house.best_refused:
                lowest = last_in[code].get(faculty)
                state, student = ("closed", None) if lowest is None else ("at", house.ranking[lowest])
            if cutoffs[code][faculty] != {"state": state, "applicant": student}:
                yield f"cutoffs.{code}.{faculty}: by the placements it is {state} {student or ''}".rstrip()


def _ring_faults(placements: Json, houses: dict[str, _House]) -> Iterator[str]:
    """Follow each seat to who would take it if its holder left, then to the seat which that student would leave.

    Who would take it depends only on the step at which the holder sits, and on protection; so one holder is asked for
    all such. Where these steps lead round in a ring, everybody on it can move up. Only the best refused can be takers.
    """
    takers: dict[Seat, str | None] = {}
    for house in houses.values():
        for rank in house.best_refused.values():
            if seat := _seat_of(house.ranking[rank], placements, houses):
                home = houses[seat[0]]
                if seat not in takers:
                    takers[seat] = home.taker(home.rank[house.ranking[rank]])
    leads_to = {
        seat: onward for seat, taker in takers.items() if taker and (onward := _seat_of(taker, placements, houses))
    }
    walked: dict[Seat, Seat] = {}
    for start in leads_to:
        seat = start
        while seat in leads_to and seat not in walked:
            walked[seat] = start
            seat = leads_to[seat]
        if walked.get(seat) == start:
            better = f"could be at {seat[0]} and like it better, in an exchange that harms nobody"
            yield f"placements.{takers[seat]}: {better}"


def _seat_of(student: str, placements: Json, houses: dict[str, _House]) -> Seat | None:
    held = placements[student]
    return houses[held].seat(houses[held].rank[student]) if held is not None else None
