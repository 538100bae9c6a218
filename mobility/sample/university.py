"""The home university's own rows: names, faculties, departments, working-day calendar."""

import csv
import tomllib
from functools import cache
from typing import Any

from mobility.people.models import CalendarDay, Department, Faculty, University
from mobility.sample.names import DATA

FACULTY_FIELDS = [f"{kind}_{language}" for kind in ("name", "short_name") for language in ("en", "ru", "be")]


@cache
def read_university() -> dict[str, Any]:
    with (DATA / "university.toml").open("rb") as file:
        return tomllib.load(file)


def read_table(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def found() -> None:
    """Write the university with everything that is there before its people."""
    plan = read_university()
    University(**plan["university"]).save()
    CalendarDay.objects.bulk_create(CalendarDay(**row) for row in read_table("calendar.csv"))
    faculties = Faculty.objects.bulk_create(
        Faculty(
            code=faculty["code"],
            position=position,
            years=faculty["years"],
            **{field: faculty[field] for field in FACULTY_FIELDS},
        )
        for position, faculty in enumerate(plan["faculties"], start=1)
    )
    by_code = {faculty.code: faculty for faculty in faculties}
    Department.objects.bulk_create(
        Department(**row | {"faculty": by_code[row["faculty"]]}) for row in read_table("departments.csv")
    )
