"""Small random markets with everything in them: faculties, quotas, both policies, ineligible pairs, protection."""

from hypothesis import settings
from hypothesis import strategies as st

from selection.engine.checks import check
from selection.engine.values import Applicant, Destination, Market

FACULTIES = ["F", "G", "H"]

few = settings(max_examples=150, deadline=None, derandomize=True)
many = settings(max_examples=500, deadline=None, derandomize=True)


@st.composite
def markets(draw, *, protection=False, most_applicants=5, most_destinations=3):
    codes = [f"d{number}" for number in range(draw(st.integers(1, most_destinations)))]
    people = [f"a{number}" for number in range(draw(st.integers(1, most_applicants)))]
    applicants = {
        person: Applicant(
            draw(st.sampled_from(FACULTIES)),
            tuple(draw(st.permutations(codes))[: draw(st.sampled_from([0, 1, 2, 3, 3, 3]))]),
        )
        for person in people
    }
    destinations = {code: draw(_destinations(people)) for code in codes}
    market = Market(applicants, destinations)
    if protection:
        market = market._replace(protected=draw(_protected(market)))
    check(market)
    return market


@st.composite
def _destinations(draw, people):
    quotas = {}
    for faculty in FACULTIES:
        quota = draw(st.sampled_from([None, None, 0, 1, 1, 2]))
        if quota is not None:
            quotas[faculty] = quota
    absent = draw(st.sets(st.sampled_from(people), max_size=1)) if len(people) > 2 else set()
    return Destination(
        seats=sum(quotas.values()) + draw(st.sampled_from([0, 0, 0, 1, 1, 2])),
        ranking=tuple(person for person in draw(st.permutations(people)) if person not in absent),
        quotas=quotas,
        precedence=draw(st.sampled_from(["reserve_first", "open_first"])),
        release=draw(st.sampled_from(["open", "none"])),
    )


@st.composite
def _protected(draw, market):
    left = {code: destination.seats for code, destination in market.destinations.items()}
    protected = {}
    for code, applicant in market.applicants.items():
        possible = [
            choice
            for choice in applicant.choices
            if left[choice]
            and code in market.destinations[choice].ranking
            and market.destinations[choice].is_open_to(applicant.faculty)
        ]
        seat = draw(st.sampled_from([None, *possible, *possible]))
        if seat:
            protected[code] = seat
            left[seat] -= 1
    return protected
