"""What a market must be before it is allocated; every refusal names its place."""

from collections import Counter

from .values import BadInput, Destination, Market

LONGEST = 200  # characters of a place: a line must stay readable
POLICIES = {"precedence": ("reserve_first", "open_first"), "release": ("open", "none")}


def check(market: Market) -> None:
    """Refuse a market that contradicts itself, by a `BadInput`.

    Allowed: no applicants, no destinations, no choices, no seats, a quota for a faculty without applicants, and a
    ranking that names people who did not list the destination.
    """
    for code, applicant in market.applicants.items():
        _no_repeats(applicant.choices, f"applicants.{code}.choices")
        for choice in applicant.choices:
            if choice not in market.destinations:
                raise BadInput(f"{place(f'applicants.{code}.choices')}: {name(choice)} is not a destination")
    for code, destination in market.destinations.items():
        _check_destination(market, destination, f"destinations.{code}")
    _check_protection(market)


def _check_destination(market: Market, destination: Destination, at: str) -> None:
    if destination.seats < 0:
        raise BadInput(f"{place(at + '.seats')}: {destination.seats} is less than none")
    for faculty, quota in destination.quotas.items():
        if quota < 0:
            raise BadInput(f"{place(f'{at}.quotas.{faculty}')}: {quota} is less than none")
    if destination.open_seats < 0:
        raise BadInput(f"{place(at + '.quotas')}: {destination.reserved} reserved, {destination.seats} seats")
    for field, policies in POLICIES.items():
        policy = getattr(destination, field)
        if policy not in policies:
            raise BadInput(f"{place(f'{at}.{field}')}: {name(policy)} is neither {policies[0]} nor {policies[1]}")
    _no_repeats(destination.ranking, f"{at}.ranking")
    for code in destination.ranking:
        if code not in market.applicants:
            raise BadInput(f"{place(at + '.ranking')}: {name(code)} is not an applicant")


def _check_protection(market: Market) -> None:
    for code, seat in market.protected.items():
        at = place(f"protected.{code}")
        if code not in market.applicants:
            raise BadInput(f"{at}: {name(code)} is not an applicant")
        if seat not in market.destinations:
            raise BadInput(f"{at}: {name(seat)} is not a destination")
        applicant, destination = market.applicants[code], market.destinations[seat]
        if seat not in applicant.choices:
            raise BadInput(f"{at}: {name(seat)} is not on their list")
        if not destination.is_open_to(applicant.faculty):
            raise BadInput(f"{at}: {name(seat)} has no seat for faculty {name(applicant.faculty)}")
    rankings = {seat: set(market.destinations[seat].ranking) for seat in set(market.protected.values())}
    for code, seat in market.protected.items():
        if code not in rankings[seat]:
            raise BadInput(f"{place(f'protected.{code}')}: not eligible at {name(seat)}")
    for seat, number in sorted(Counter(market.protected.values()).items()):
        if number > market.destinations[seat].seats:
            seats = market.destinations[seat].seats
            raise BadInput(f"{place(f'destinations.{seat}.seats')}: {number} protected, {seats} seats")


def _no_repeats(codes: tuple[str, ...], at: str) -> None:
    if len(set(codes)) != len(codes):
        repeated = next(code for code, times in Counter(codes).items() if times > 1)
        raise BadInput(f"{place(at)}: {name(repeated)} stands twice")


def place(path: str) -> str:
    """The path as it can stand in one line of text."""
    shown = path if len(path) <= LONGEST else path[:LONGEST] + "…"
    return shown if shown.isprintable() else ascii(shown)[1:-1]


def name(code: object) -> str:
    return f'"{place(str(code))}"'
