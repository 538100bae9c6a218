"""The sample university, into an empty database; later work adds its own rows here."""

from datetime import date, datetime, time

from django.db import connection, transaction
from django.utils import timezone

from mobility.people.models import University, User
from mobility.sample import (
    agreements,
    applications,
    calls,
    events,
    partners,
    people,
    plans,
    records,
    results,
    rows,
    staff,
    university,
    verdicts,
)

MARK = f"admin@{people.DOMAIN}"
OPENING_HOUR = time(9)


class NotEmptyError(Exception):
    """The database holds a university that is not the sample."""


def is_here() -> bool:
    """No true university has an address under .example."""
    return User.objects.filter(email=MARK).exists()


@transaction.atomic
def load(*, seed: int, students: int, day: date, asked: int = applications.THIS_YEAR) -> None:
    """On the same day and seed, the same rows; `asked` are the applications of this year's call. All or nothing."""
    if University.objects.exists() or User.objects.exists():
        raise NotEmptyError
    plan = university.read_university()
    at = timezone.make_aware(datetime.combine(day, OPENING_HOUR))
    university.found()
    partners.found()
    register = people.Register(seed)
    employees = people.staff(
        register,
        officials=plan["officials"],
        faculties=plan["faculties"],
        departments=university.read_table("departments.csv"),
    )
    archive = records.Archive(seed, day)
    rows.write(employees, day=day, at=at, archive=archive)
    agreements.found(day=day, at=at)
    everybody = people.students(register, count=students, today=day, faculties=plan["faculties"])
    rows.write(everybody, day=day, at=at, archive=archive)
    last, this = calls.calls(day=day)
    applications.found(last, count=applications.LAST_YEAR, at=at, seed=seed)
    applications.found(this, count=asked, at=at, seed=seed)
    verdicts.found(last=last, this=this, seed=seed, at=at)
    results.found(last)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")  # plans for empty tables would be kept for what follows
    plans.found(seed=seed, day=day, at=at)
    staff.found(seed=seed, day=day, at=at)
    events.found(seed=seed, day=day, at=at)
