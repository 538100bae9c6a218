"""Run with the product's settings as `python -m bench.events 20000`: students' events of eight years, with teams."""

import sys
from datetime import UTC, date, datetime, timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402 -- models need Django first

from mobility.events.models import Event, Kind, MemberState, State, TeamMember  # noqa: E402 -- likewise
from mobility.people.models import User  # noqa: E402 -- likewise
from mobility.sample.people import DOMAIN  # noqa: E402 -- likewise
from partners.models import Institution  # noqa: E402 -- likewise

BATCH = 2_000
FIRST, DAYS = date(2019, 1, 1), 8 * 365 + 60
KINDS = Kind.values
STATES = [*(state for state in State.values if state != State.COMPETED), *[State.CLOSED] * 20]  # most are over
AT = datetime(2026, 1, 15, 9, tzinfo=UTC)
TEAM = 3


def event(number: int, owner: User, partners: list[Institution]) -> Event:
    partner, starts = partners[number % len(partners)], FIRST + timedelta(days=(number * 37) % DAYS)
    return Event(
        kind=KINDS[number % len(KINDS)],
        state=STATES[number % len(STATES)],
        since=AT,
        title=f"Olympiad in anatomy number {number}",
        partner=partner,
        host_reason="It takes place there.",
        country=partner.country,
        city=partner.city,
        starts=starts,
        ends=starts + timedelta(days=number % 7),
        places=TEAM,
        invited_on=starts - timedelta(days=14),
        university_pays="Travel.",
        owner=owner,
    )


def members(number: int, row: Event, people: list[User], owner: User) -> list[TeamMember]:
    named = {"named_by": owner, "named_at": AT, "answered_by": owner, "answered_at": AT}
    team = [people[(number * TEAM + place) % len(people)] for place in range(TEAM)]
    return [
        TeamMember(
            event=row, person=person, faculty=person.student.faculty, state=MemberState.CONFIRMED, since=AT, **named
        )
        for person in team
    ]


@transaction.atomic
def write(count: int) -> None:
    owner = User.objects.get(email=f"ir@{DOMAIN}")
    people = list(User.objects.filter(student__isnull=False).select_related("student__faculty").order_by("pk"))
    partners = list(Institution.objects.partners().order_by("pk"))[:400]
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        rows = Event.objects.bulk_create(event(number, owner, partners) for number in numbers)
        teams = [members(number, row, people, owner) for number, row in zip(numbers, rows, strict=True)]
        TeamMember.objects.bulk_create(member for team in teams for member in team)


write(int(sys.argv[1]))
