"""What goes into an allocation and what comes out of it."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, NamedTuple

VERSION = "1"  # of the engine; recorded with every run

Precedence = Literal["reserve_first", "open_first"]
Release = Literal["open", "none"]
State = Literal["open", "closed", "at"]

NOTHING: Mapping[str, int] = MappingProxyType({})
NOBODY: Mapping[str, str] = MappingProxyType({})


class Applicant(NamedTuple):
    faculty: str
    choices: tuple[str, ...]  # destinations, the dearest first


class Destination(NamedTuple):
    seats: int
    ranking: tuple[str, ...]  # applicants, the best first; who is absent is not eligible here
    quotas: Mapping[str, int] = NOTHING  # seats of the faculties; the rest of the seats are open
    precedence: Precedence = "reserve_first"  # are the quotas filled before or after the open seats
    release: Release = "open"  # may others take the quota seats that a faculty does not fill

    @property
    def reserved(self) -> int:
        return sum(self.quotas.values())

    @property
    def open_seats(self) -> int:
        return self.seats - self.reserved

    def is_open_to(self, faculty: str) -> bool:
        return bool(self.open_seats or self.quotas.get(faculty) or (self.release == "open" and self.reserved))


class Market(NamedTuple):
    applicants: Mapping[str, Applicant]
    destinations: Mapping[str, Destination]
    protected: Mapping[str, str] = NOBODY  # applicant → the destination whose seat nobody may take from them


class Cutoff(NamedTuple):
    """Where a faculty's admissions to a destination end.

    "open": nobody of the faculty was refused. "closed": somebody was, and nobody of it is in. "at": the last one in.
    """

    state: State
    applicant: str | None = None


OPEN, CLOSED = Cutoff("open"), Cutoff("closed")


class Result(NamedTuple):
    placements: dict[str, str | None]
    cutoffs: dict[str, dict[str, Cutoff]]  # destination → faculty


class BadInput(ValueError):  # noqa: N818 -- it names what it is, not that it is an error
    """An input that the engine refuses. The message is one line that names the place."""
