"""The same market solved by others. Each says its placements, the time to build its game and the time to solve it."""

import time
from typing import NamedTuple

from selection.engine.values import Market


class Solved(NamedTuple):
    placements: dict[str, str | None]
    building: float
    solving: float


def by_matching(market: Market) -> Solved:
    """Its players and its algorithm, without its `HospitalResident` game around them.

    The game copies and checks all players first, which takes far longer than solving: minutes at 100,000 applicants.
    """
    from matching import Hospital, Player  # noqa: PLC0415 -- measured only where it is installed
    from matching.algorithms import hospital_resident  # noqa: PLC0415 -- measured only where it is installed

    start = time.process_time()
    residents = {code: Player(code) for code in market.applicants}
    hospitals = {code: Hospital(code, place.seats) for code, place in market.destinations.items()}
    for code, applicant in market.applicants.items():
        residents[code].set_prefs([hospitals[choice] for choice in applicant.choices])
    for code, place in market.destinations.items():
        hospitals[code].set_prefs([residents[person] for person in place.ranking])
    built = time.process_time()
    matching = hospital_resident(list(residents.values()), list(hospitals.values()))
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
