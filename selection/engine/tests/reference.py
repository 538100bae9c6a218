"""The specification said as slowly and plainly as possible: what the engine is held against."""

from collections.abc import Iterable, Iterator
from itertools import product

from selection.engine.values import Cutoff, Destination, Market

Placements = dict[str, str | None]


def lists(market: Market) -> dict[str, list[str]]:
    """Everybody's list as it counts: without what they are not eligible for, cut at a protected seat."""
    found = {}
    for code, applicant in market.applicants.items():
        choices = list(applicant.choices)
        if code in market.protected:
            choices = choices[: choices.index(market.protected[code]) + 1]
        found[code] = [choice for choice in choices if code in market.destinations[choice].ranking]
    return found


def order(market: Market, destination: str) -> list[str]:
    ranking = market.destinations[destination].ranking
    return sorted(ranking, key=lambda code: (market.protected.get(code) != destination, ranking.index(code)))


def choice(market: Market, code: str, among: Iterable[str]) -> set[str]:
    """The choice of a destination, word for word."""
    destination = market.destinations[code]
    people = set(among)
    pool = [student for student in order(market, code) if student in people]
    chosen = unprotected_choice(market, destination, pool)
    for student in pool:
        if market.protected.get(student) == code and student not in chosen:
            if len(chosen) == destination.seats:
                chosen.remove([other for other in pool if other in chosen and market.protected.get(other) != code][-1])
            chosen.append(student)
    return set(chosen)


def unprotected_choice(market: Market, destination: Destination, pool: list[str]) -> list[str]:
    open_seats = destination.seats - sum(destination.quotas.values())
    chosen: list[str] = []

    def take(people: list[str], seats: int) -> int:
        taken = [student for student in people if student not in chosen][:seats]
        chosen.extend(taken)
        return len(taken)

    def take_own() -> int:
        return sum(
            take([student for student in pool if market.applicants[student].faculty == faculty], quota)
            for faculty, quota in destination.quotas.items()
        )

    if destination.precedence == "reserve_first":
        taken = take_own()
        take(pool, destination.seats - taken if destination.release == "open" else open_seats)
    else:
        take(pool, open_seats)
        taken = take_own()
        if destination.release == "open":
            take(pool, sum(destination.quotas.values()) - taken)
    return chosen


def deferred_acceptance(market: Market) -> Placements:
    """All who are free propose at once, and each destination chooses anew from all who ever proposed to it."""
    wishes = lists(market)
    proposed: dict[str, set[str]] = {code: set() for code in market.destinations}
    while True:
        held = {code: choice(market, code, proposed[code]) for code in market.destinations}
        seated = set().union(*held.values())
        free = [code for code in market.applicants if code not in seated and wishes[code]]
        if not free:
            placements: Placements = dict.fromkeys(market.applicants)
            placements.update({student: code for code, students in held.items() for student in students})
            return placements
        for code in free:
            proposed[wishes[code].pop(0)].add(code)


def refused(market: Market, placements: Placements, destination: str) -> set[str]:
    """Those who would rather be at the destination than where they are."""
    found = set()
    for code, wishes in lists(market).items():
        held = placements[code]
        above = wishes[: wishes.index(held)] if held is not None else wishes
        if destination in above:
            found.add(code)
    return found


def members(placements: Placements, destination: str) -> set[str]:
    return {code for code, held in placements.items() if held == destination}


def is_stable(market: Market, placements: Placements) -> bool:
    return all(
        choice(market, code, members(placements, code) | refused(market, placements, code)) == members(placements, code)
        for code in market.destinations
    )


def all_placements(market: Market) -> Iterator[Placements]:
    wishes = lists(market)
    for combination in product(*([*wishes[code], None] for code in market.applicants)):
        yield dict(zip(market.applicants, combination, strict=True))


def cutoffs(market: Market, placements: Placements) -> dict[str, dict[str, Cutoff]]:
    found: dict[str, dict[str, Cutoff]] = {}
    for code in market.destinations:
        found[code] = {}
        for faculty in {applicant.faculty for applicant in market.applicants.values()}:
            of_it = [student for student in order(market, code) if market.applicants[student].faculty == faculty]
            inside = [student for student in of_it if student in members(placements, code)]
            if not refused(market, placements, code) & set(of_it):
                found[code][faculty] = Cutoff("open")
            else:
                found[code][faculty] = Cutoff("at", inside[-1]) if inside else Cutoff("closed")
    return found


def place_in_list(market: Market, code: str, held: str | None) -> int:
    """How far down their own list a student landed; smaller is better, nothing comes last."""
    choices = market.applicants[code].choices
    return choices.index(held) if held is not None else len(choices)


def nobody_is_worse(market: Market, before: Placements, after: Placements, besides: str | None = None) -> bool:
    return all(
        place_in_list(market, code, after[code]) <= place_in_list(market, code, before[code])
        for code in market.applicants
        if code != besides
    )
