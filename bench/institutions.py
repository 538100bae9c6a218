"""Run with the product's settings as `python -m bench.institutions 20000`: partners by the thousand."""

import sys

import django

django.setup()

from django.db import transaction  # noqa: E402 -- models need Django first
from django_countries import countries  # noqa: E402 -- likewise

from partners.models import Institution, Name  # noqa: E402

BATCH = 2_000
CODES = [code for code, _name in countries][:80]  # the widest networks of universities reach about so many


def institution(number: int) -> Institution:
    return Institution(
        code=f"bench-{number}",
        country=CODES[number % len(CODES)],
        city=f"City {number % 900}",
        latitude=(number * 7) % 130 - 60,
        longitude=(number * 13) % 360 - 180,
        website=f"https://university-{number}.example/",
    )


@transaction.atomic
def write(count: int) -> None:
    for start in range(0, count, BATCH):
        numbers = range(start, min(start + BATCH, count))
        institutions = Institution.objects.bulk_create(map(institution, numbers))
        Name.objects.bulk_create(
            Name(institution=row, text=f"{number:05} State Medical University", language="en", is_primary=True)
            for row, number in zip(institutions, numbers, strict=True)
        )


write(int(sys.argv[1]))
