"""Random markets of a given size, always the same for the same numbers."""

import random
from itertools import accumulate

from selection.engine.values import Applicant, Destination, Market

FACULTIES = ("LEC", "PED", "STOM", "MPF", "PHARM", "MFIU")


def market(applicants: int, destinations: int, *, quotas: bool = False, seed: int = 1) -> Market:
    """One to five choices each, some destinations wished ten times as often as others; seats for nine in ten."""
    rng = random.Random(seed)
    codes = [f"d{number:04}" for number in range(destinations)]
    wished = list(accumulate(1 + number % 10 for number in range(destinations)))
    people = {}
    listed: dict[str, list[str]] = {code: [] for code in codes}
    for number in range(applicants):
        person = f"a{number:06}"
        choices = tuple(dict.fromkeys(rng.choices(codes, cum_weights=wished, k=rng.randint(1, 5))))
        people[person] = Applicant(rng.choice(FACULTIES), choices)
        for code in choices:
            listed[code].append(person)
    seats = max(1, applicants * 9 // destinations // 10)
    places = {}
    for code, ranking in listed.items():
        rng.shuffle(ranking)
        places[code] = Destination(seats, tuple(ranking), dict.fromkeys(FACULTIES, seats // 8) if quotas else {})
    return Market(people, places)
