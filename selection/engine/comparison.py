"""What a what-if changes, whole: a bigger quota can hurt the very faculty that it was meant for."""

from collections.abc import Iterable, Iterator
from typing import Literal, NamedTuple

from .allocation import allocate
from .checks import place
from .values import BadInput, Cutoff, Market, Result

Turn = Literal["better", "worse", "other"]


class Change(NamedTuple):
    applicant: str
    faculty: str
    before: str | None
    after: str | None
    turn: Turn  # by the applicant's own list; "other" if a place is on neither or they are not comparable


class CutoffChange(NamedTuple):
    destination: str
    faculty: str
    before: Cutoff | None
    after: Cutoff | None


class Difference(NamedTuple):
    changes: list[Change]
    cutoffs: list[CutoffChange]

    def number_of(self, faculty: str, turn: Turn) -> int:
        return sum(change.faculty == faculty and change.turn == turn for change in self.changes)


def difference(market: Market, before: Result, after: Result) -> Difference:
    """Everybody whose placement differs and every cut-off that does. The market gives the lists and the faculties."""
    changes = [
        _change(market, code, before.placements[code], after.placements[code])
        for code in sorted(market.applicants)
        if before.placements[code] != after.placements[code]
    ]
    return Difference(changes, list(_cutoff_changes(before, after)))


def _change(market: Market, code: str, before: str | None, after: str | None) -> Change:
    applicant = market.applicants[code]
    depth = {choice: number for number, choice in enumerate((*applicant.choices, None))}
    turn: Turn = "other"
    if before in depth and after in depth:
        turn = "better" if depth[after] < depth[before] else "worse"
    return Change(code, applicant.faculty, before, after, turn)


def _cutoff_changes(before: Result, after: Result) -> Iterator[CutoffChange]:
    for destination in sorted(before.cutoffs.keys() | after.cutoffs.keys()):
        old, new = before.cutoffs.get(destination, {}), after.cutoffs.get(destination, {})
        for faculty in sorted(old.keys() | new.keys()):
            if old.get(faculty) != new.get(faculty):
                yield CutoffChange(destination, faculty, old.get(faculty), new.get(faculty))


def with_quota(market: Market, destination: str, faculty: str, quota: int) -> Market:
    """The market with another quota; the seats stay, so what is added comes from the open seats."""
    changed = market.destinations[destination]
    changed = changed._replace(quotas={**changed.quotas, faculty: quota})
    if changed.open_seats < 0:
        raise BadInput(
            f"{place(f'destinations.{destination}.quotas')}: {changed.reserved} reserved, {changed.seats} seats"
        )
    return market._replace(destinations={**market.destinations, destination: changed})


def sweep(market: Market, destination: str, faculty: str, quotas: Iterable[int]) -> dict[int, Result]:
    """A real run for each size of one quota."""
    return {quota: allocate(with_quota(market, destination, faculty, quota)) for quota in quotas}
