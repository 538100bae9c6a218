"""What rooms above tell this one, which must not import them: each registers its answer when it is ready.

above.offers_achievements(lambda application: [Offered("Diploma of first degree", "Days of Surgery", "/events/…")])
above.vouches_for(lambda claims: {17: "By the report of …"})
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from .models import Application, Claim


class Offered(NamedTuple):
    """What the university knows already; the address leads to where it becomes a claim."""

    title: str
    note: str
    url: str


Offers = Callable[[Application], Sequence[Offered]]
Vouches = Callable[[Iterable[Claim]], dict[int, str]]

_offers: list[Offers] = []
_vouches: list[Vouches] = []


def offers_achievements(answer: Offers) -> None:
    """What the student may claim without proving it again."""
    _offers.append(answer)


def vouches_for(answer: Vouches) -> None:
    """Of claims, by key, who verified them before and how."""
    _vouches.append(answer)


def offered(application: Application) -> list[Offered]:
    return [one for answer in _offers for one in answer(application)]


def vouched(claims: Iterable[Claim]) -> dict[int, str]:
    asked = list(claims)
    return {key: told for answer in _vouches for key, told in answer(asked).items()}
