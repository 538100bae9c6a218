"""Rosters as LibreOffice wrote them: XLSX, and CSV in windows-1251 with decimal commas. Found as previewed, exactly."""

from datetime import date
from pathlib import Path

import pytest

from .factories import StudentFactory
from .test_rosters import Office, told

pytestmark = pytest.mark.django_db
FILES = Path(__file__).parent / "rosters"


@pytest.fixture
def office():
    found = Office()
    names = (("Кавалёва", "Ганна", "0412045"), ("Ким", "Павел", "0412046"), ("Ван", "Сяомин", "0412047"))
    for family_name, given_name, book in names:
        StudentFactory(
            family_name=family_name, given_name=given_name, record_book=book, email=None, student__faculty=found.faculty
        )
    return found


def plan(office, name, **how):
    with (FILES / name).open("rb") as file:
        return office.plan(file, **how)


@pytest.mark.parametrize("name", ["students.xlsx", "students.csv"])
def test_students_under_a_title_and_merged_heads(office, name):
    found = plan(office, name)
    assert told(found) == [(7, "E-mail", "Row 6 has the same. Each person has their own.")]
    assert (found.ignored, found.restored) == ([], 4)
    assert [(change.number, change.label, change.state) for change in found.changes] == [
        (5, "Кавалёва Ганна", "changed"),
        (6, "Ким Павел", "changed"),
        (7, "Ван Сяомин", "changed"),
        (9, "О'Коннор Шон", "new"),
    ]
    leave = {"leave_kind": "academic", "leave_starts": date(2026, 9, 1), "leave_ends": date(2027, 8, 31)}
    assert [dict(change.writes) for change in found.changes[:3]] == [
        {"email": "hanna@example.org", "patronymic": "Ивановна", "funding": "budget"},
        {"email": "pavel@example.org", "citizenship": "RU", "funding": "paid", **leave},
        {"email": "pavel@example.org", "group": "1402а", "citizenship": "CN", "funding": "paid"},
    ]
    assert dict(found.changes[3].writes) == {
        "record_book": "0412048",
        "family_name": "О'Коннор",
        "given_name": "Шон",
        "course_year": 4,
        "group": "1402",
        "citizenship": "IE",
        "funding": "paid",
        "faculty": office.faculty.pk,
    }


@pytest.mark.parametrize("name", ["marks.xlsx", "marks.csv"])
def test_marks_by_subject_under_a_merged_title_with_a_mean_by_formula(office, name):
    found = plan(office, name, kind="marks", session="2025 1-winter")
    assert (told(found), found.ignored, found.restored) == ([], ["Средний балл"], 8)
    assert [(change.number, change.writes.get("subject"), change.writes.get("mark")) for change in found.changes] == [
        (5, "Анатомия человека", 900),
        (5, "Гистология", 850),
        (5, None, None),
        (6, "Анатомия человека", 700),
        (6, "Гистология", 625),
        (6, None, None),
        (7, "Анатомия человека", 1000),
        (7, None, None),
    ]
