"""The same market solved by others. Each says its placements, the time to build its game and the time to solve it."""

import sys
import threading
import time
from collections.abc import Callable
from typing import NamedTuple

from selection.engine.values import Market


class Solved(NamedTuple):
    placements: dict[str, str | None]
    building: float
    solving: float


def by_matching(market: Market) -> Solved:
    from matching.games import HospitalResident  # noqa: PLC0415 -- measured only where it is installed

    residents = {code: list(applicant.choices) for code, applicant in market.applicants.items()}
    hospitals = {code: list(place.ranking) for code, place in market.destinations.items()}
    capacities = {code: place.seats for code, place in market.destinations.items()}

    start = time.process_time()
    game = HospitalResident.create_from_dictionaries(residents, hospitals, capacities)
    built = time.process_time()
    matching = game.solve()
    solved = time.process_time()

    placements: dict[str, str | None] = dict.fromkeys(market.applicants)
    for hospital, members in matching.items():
        placements.update((member.name, hospital.name) for member in members)
    return Solved(placements, built - start, solved - built)


def by_algmatch(market: Market) -> Solved:
    from algmatch import HospitalResidentsProblem  # noqa: PLC0415 -- measured only where it is installed

    people = {code: number for number, code in enumerate(market.applicants, start=1)}
    places = {code: number for number, code in enumerate(market.destinations, start=1)}
    dictionary = {
        "residents": {people[c]: [places[choice] for choice in a.choices] for c, a in market.applicants.items()},
        "hospitals": {
            places[c]: {"capacity": place.seats, "preferences": [people[person] for person in place.ranking]}
            for c, place in market.destinations.items()
        },
    }

    start = time.process_time()
    problem = HospitalResidentsProblem(dictionary=dictionary)
    built = time.process_time()
    found = problem.get_stable_matching()["resident_sided"]
    solved = time.process_time()

    by_name = {f"h{number}": code for code, number in places.items()}
    placements = {code: by_name.get(found[f"r{number}"]) for code, number in people.items()}
    return Solved(placements, built - start, solved - built)


def with_a_deep_stack(solve: Callable[[Market], Solved], market: Market) -> Solved:
    """`matching` copies its game by recursion, one level and more a player."""
    found: list[Solved] = []
    sys.setrecursionlimit(100_000_000)
    threading.stack_size(1 << 30)
    thread = threading.Thread(target=lambda: found.append(solve(market)))
    thread.start()
    thread.join()
    return found[0]
