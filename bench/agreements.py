"""Run with the product's settings as `python -m bench.agreements 20000`: each with a partner and an exchange."""

import sys
from datetime import UTC, date, datetime, timedelta

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 -- models need Django first

from mobility.people.models import User  # noqa: E402 -- likewise
from mobility.sample.people import DOMAIN  # noqa: E402 -- likewise
from partners.models import (  # noqa: E402 -- likewise
    Agreement,
    Condition,
    ConfirmedSeats,
    Direction,
    Flow,
    Institution,
    MobilityKind,
    Party,
)

BATCH = 2_000
EVERY = 7  # of the partners one in seven has agreements, about seven each, in every country
FIRST = date(2018, 9, 1)
KINDS = MobilityKind.values
LENGTH = timedelta(days=5 * 365)
AT = datetime(2026, 1, 15, 9, tzinfo=UTC)


def agreement(number: int, owner: User) -> Agreement:
    starts = FIRST + timedelta(days=(number * 37) % 2_900)
    return Agreement(
        number=f"{number}/b",
        subject=f"Cooperation number {number}",
        signed_on=starts - timedelta(days=20),
        starts=starts,
        ends=None if number % 7 == 0 else starts + LENGTH,
        renewal="automatic" if number % 11 == 0 else "none",
        owner=owner,
        sealed_at=None if number % 50 == 0 else AT,
        sealed_by=None if number % 50 == 0 else owner,
    )


def conditions(number: int, row: Agreement, partner: Institution) -> list[Condition]:
    terms = {"kind": KINDS[number % len(KINDS)], "weeks": 4, "starts": row.starts, "ends": row.ends}
    if number % 3 == 0:
        terms["ends"] = row.starts + timedelta(days=700)
    return [
        Condition(agreement=row, partner=partner, direction=way, seats=1 + number % 5, **terms)
        for way in Direction.values
    ]


@transaction.atomic
def write(count: int) -> None:
    owner = User.objects.get(email=f"ir@{DOMAIN}")
    partners = list(Institution.objects.partners().order_by("pk"))[::EVERY]
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        rows = Agreement.objects.bulk_create(agreement(number, owner) for number in numbers)
        both = [(number, row, partners[number % len(partners)]) for row, number in zip(rows, numbers, strict=True)]
        Party.objects.bulk_create(
            Party(agreement=row, institution=partner, signed_as=partner.own_name) for _number, row, partner in both
        )
        added = Condition.objects.bulk_create(condition for three in both for condition in conditions(*three))
        ConfirmedSeats.objects.bulk_create(
            ConfirmedSeats(
                condition=condition, academic_year="2026/2027", seats=2, letter_date=AT.date(), entered_by=owner,
                entered_at=AT,
            )
            for condition in added[::2]
        )  # fmt: skip
        Flow.objects.bulk_create(
            Flow(
                source=f"bench/{number}", institution=partner, academic_year="2026/2027", direction="outgoing",
                kind=KINDS[number % len(KINDS)], planned_people=2, planned_weeks=8,
            )
            for number, _row, partner in both
        )  # fmt: skip
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


write(int(sys.argv[1]))
