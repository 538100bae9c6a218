"""What a roster says of somebody's place here and did not change: which of it the office has still to decide."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from mobility.people.models import Roster
from mobility.people.models.students import StudentStatus

from .plan import Question
from .students import NAMES, full_name

LEFT = "left"  # the fourth word of a question that the office answered by leaving the student as they are


@dataclass(frozen=True)
class Asked:
    """`still` in the order of the names; `settled` of those whom the same reader sees."""

    still: list[Question]
    settled: int

    @property
    def vanished(self) -> list[Question]:
        return [question for question in self.still if question.kind == "vanished"]


def questions_of(roster: Roster, *, students: Any, today: date) -> Asked:
    """Of those `students` (a queryset) whom the reader sees."""
    found = students.filter(person__in=[entry[1] for entry in roster.open_questions]).with_leave_on(today)
    columns = ("person", "faculty", "status", "course_year", "group", "is_on_leave", *(f"person__{n}" for n in NAMES))
    rows = {row["person"]: row for row in found.order_by("person__sort_name", "pk").values(*columns)}
    entries: dict[int, list[Any]] = {person: [] for person in rows}
    for entry in roster.open_questions:
        if entry[1] in entries:
            entries[entry[1]].append(entry)
    asked = [entry for of_person in entries.values() for entry in of_person]
    still = [entry for entry in asked if _is_open(entry, rows[entry[1]])]
    questions = [Question(kind, person, told(rows[person]), value) for kind, person, value in still]
    return Asked(questions, len(asked) - len(still))


def _is_open(entry: Collection[Any], row: dict[str, Any]) -> bool:
    kind, _person, value, *answer = entry
    if answer:
        return False
    if kind == "faculty":
        return str(row["faculty"]) != value
    if kind == "status":
        return row["status"] != value
    return row["status"] == StudentStatus.STUDYING and not row["is_on_leave"]


def told(row: dict[str, Any]) -> str:
    name = full_name({name: row[f"person__{name}"] for name in NAMES})
    return f"{name} · {row['course_year']}" + (f", {row['group']}" if row["group"] else "")
