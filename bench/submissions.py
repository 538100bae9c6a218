"""Run with the product's settings as `python -m bench.submissions 62`: a call that is open, and in it at least so many
applications that an office entered from paper, each to be sent once more because its telephone changed since.
"""

import sys
from copy import copy
from datetime import datetime, timedelta
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 -- models need Django first
from django.utils import timezone  # noqa: E402 -- likewise

from mobility.calls.models import Call, Quota  # noqa: E402 -- likewise
from mobility.people.academic_years import AcademicYear  # noqa: E402 -- likewise
from mobility.people.models import User  # noqa: E402 -- likewise
from mobility.sample.applications import found  # noqa: E402 -- likewise
from mobility.sample.people import DOMAIN  # noqa: E402 -- likewise
from mobility.students.dossier import Dossier  # noqa: E402 -- likewise
from mobility.students.models import Application  # noqa: E402 -- likewise

FACULTY, OFFICE = "general", "office.general"
A_FACULTY_S = 6
"""Of so many applicants one at least is of the faculty and may be sent."""
OPEN_FOR = timedelta(days=20)
DATES = ("deadline", "verified_by", "points_from", "points_until", "protocols_by", "results_at", "answers_by")


def again(row: Any, **changes: Any) -> Any:
    """A row like another."""
    made = copy(row)
    made._state = copy(row._state)  # noqa: SLF001 -- the copy is of no database yet
    made._state.adding, made.pk = True, None  # noqa: SLF001 -- likewise
    for name, value in changes.items():
        setattr(made, name, value)
    made.save(force_insert=True)
    return made


def opened(like: Call, at: datetime) -> Call:
    """Next year's call, as this year's is, but open."""
    year = str(AcademicYear.read(like.academic_year).plus(1))
    dates = {name: getattr(like, name) + (at + OPEN_FOR - like.deadline) for name in DATES}
    call: Call = again(like, code=f"{like.code}-open", academic_year=year, previous=None, **dates)
    places = {row.pk: again(row, call=call) for row in like.destinations.all()}
    for quota in Quota.objects.filter(destination__call=like):
        again(quota, destination=places[quota.destination_id])
    again(like.rules_versions.order_by("-number")[0], call=call)
    return call


@transaction.atomic
def write(count: int, at: datetime) -> None:
    office = User.objects.get(email=f"{OFFICE}@{DOMAIN}")
    call = opened(Call.objects.being_read_at(at).get(), at)
    found(call, count=count * A_FACULTY_S, at=at)
    of_the_faculty = call.applications.submitted().filter(faculty__code=FACULTY).select_related(
        "call", "student", "faculty"
    )  # fmt: skip
    ready = [row.pk for row in of_the_faculty if not Dossier(row, at=at).gaps]
    Application.objects.filter(pk__in=ready).update(entered_by=office, phone="+375 17 000", saved_at=at)
    if len(ready) < count:
        sys.exit(f"{len(ready)} applications can be sent, {count} are wanted.")
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")


write(int(sys.argv[1]), timezone.now())
