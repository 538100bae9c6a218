"""Run with the product's settings as `python -m bench.activities 20000`: staff's trips and guests of eight years."""

import sys
from datetime import UTC, date, datetime, timedelta

import django

django.setup()

from django.db import transaction  # noqa: E402 -- models need Django first

from mobility.people.models import User  # noqa: E402 -- likewise
from mobility.staff.models import Activity, Form, State  # noqa: E402 -- likewise
from partners.models import Institution  # noqa: E402 -- likewise

BATCH = 2_000
FIRST, DAYS = date(2019, 1, 1), 8 * 365
FORMS = Form.values
STATES = [*State.values, *[State.ACCEPTED] * 20]  # most are over
AT = datetime(2026, 1, 15, 9, tzinfo=UTC)


def activity(number: int, people: list[User], partners: list[Institution]) -> Activity:
    person, partner = people[(number * 7) % len(people)], partners[number % len(partners)]
    starts = FIRST + timedelta(days=(number * 37) % DAYS)
    return Activity(
        form=FORMS[number % len(FORMS)],
        state=STATES[number % len(STATES)],
        since=AT,
        person=person,
        author=person,
        department=person.staff.department,
        subject=f"Days of Medicine number {number}",
        partner=partner,
        host_reason="It takes place there.",
        country=partner.country,
        city=partner.city,
        starts=starts,
        ends=starts + timedelta(days=number % 14),
        purpose="A talk.",
        expected_result="A paper.",
        report_due=starts + timedelta(days=30),
    )


@transaction.atomic
def write(count: int) -> None:
    teachers = User.objects.filter(staff__department__isnull=False).select_related("staff__department")
    people, partners = list(teachers.order_by("pk")), list(Institution.objects.partners().order_by("pk"))[:400]
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        Activity.objects.bulk_create(activity(number, people, partners) for number in numbers)


write(int(sys.argv[1]))
