"""What Excel makes of a roster on its own: errors, dates, formulas, one merged cell for a whole group."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation

from .factories import StudentFactory
from .test_rosters import HANNA, HEAD, csv, office, told, xlsx

__all__ = ["office"]
pytestmark = pytest.mark.django_db
DATE = "Excel has made a date of this. Format the column as text and enter it again."


def error(text):
    return f"“{text}” is an error of a formula. Correct the formula, or enter the value."


def test_a_cell_merged_over_many_rows_speaks_of_each(office):
    file = xlsx(
        ["Зачётка", "ФИО", None, "Курс", "Группа"],
        [None, "Фамилия", "Имя", None, None],
        [2412045, "Кавалёва", "Ганна", 4, "1401"],
        [2412046, "Ким", "Павел", None, None],
        [],
        [2412047, "Ван", "Вера", 5, "1501"],
        [2412048, "Ли", "Анна", None, None],
        merged=["A1:A2", "B1:C1", "D1:D2", "E1:E2", "D3:D4", "E3:E4", "D6:D7", "E6:E7"],
    )
    plan = office.plan(file)
    assert told(plan) == []
    assert [(change.number, change.writes["course_year"], change.writes["group"]) for change in plan.changes] == [
        (3, 4, "1401"),
        (4, 4, "1401"),
        (6, 5, "1501"),
        (7, 5, "1501"),
    ]


@pytest.mark.parametrize("text", ["#N/A", "#REF!", "#DIV/0!", "#Н/Д", "#ССЫЛКА!", "#ДЕЛ/0!", "#####", "Err:502"])
def test_an_error_is_no_group(office, text):
    assert told(office.plan(csv(HEAD, [*HANNA[:6], text, *HANNA[7:]]))) == [(2, "Группа", error(text))]


def test_a_group_may_begin_with_a_hash(office):
    plan = office.plan(csv(HEAD, [*HANNA[:6], "#12", *HANNA[7:]]))
    assert (told(plan), plan.changes[0].writes["group"]) == ([], "#12")


def test_an_error_is_no_mark(office):
    StudentFactory(record_book="0412045", student__faculty=office.faculty)
    rows = csv(["Зачётка", "Дисциплина", "Оценка"], ["0412045", "Анатомия", "#Н/Д"], ["0412045", "Химия", "9"])
    assert told(office.plan(rows, kind="marks", session="2025 2-summer")) == [(2, "Оценка", error("#Н/Д"))]


def test_a_date_is_no_group_and_no_mark(office):
    StudentFactory(record_book="2412045", family_name="Кавалёва", student__faculty=office.faculty)
    group = xlsx(["Зачётка", "Фамилия", "Группа"], [2412045, "Кавалёва", date(2026, 1, 2)])
    assert told(office.plan(group)) == [(2, "Группа", DATE)]
    mark = xlsx(["Зачётка", "Дисциплина", "Оценка"], [2412045, "Анатомия", date(2026, 5, 8)])
    assert told(office.plan(mark, kind="marks", session="2025 2-summer")) == [(2, "Оценка", DATE)]


def test_a_formula_without_its_result_is_not_read_as_an_empty_cell(office):
    file = xlsx(["Зачётка", "Дисциплина", "Оценка"], ["2412045", "Анатомия", "=4+5"])
    with pytest.raises(ValidationError) as refused:
        office.plan(file, kind="marks", session="2025 2-summer")
    assert refused.value.code == "not-calculated"
    assert refused.value.messages == [
        "Cell C2 holds a formula without its result. Open the file in Excel, save it, and send it again."
    ]


def test_a_csv_that_guards_its_zeros_from_excel_is_read_without_the_guard(office):
    plan = office.plan(csv(HEAD, [*HANNA[:4], '"=""0412045"""', *HANNA[5:]]))
    assert (told(plan), plan.changes[0].writes["record_book"]) == ([], "0412045")


def test_a_scale_that_is_not_known_is_one_problem(office):
    StudentFactory(record_book="2412045", student__faculty=office.faculty)
    rows = csv(["Зачётка", "Дисциплина", "Оценка", "Шкала"], ["2412045", "Анатомия", "92", "100"])
    plan = office.plan(rows, kind="marks", session="2025 2-summer")
    assert [(problem.row, problem.column) for problem in plan.problems] == [(2, "Шкала")]


def test_marks_are_shown_as_the_reader_writes_them(office):
    StudentFactory(record_book="2412045", student__faculty=office.faculty)
    with translation.override("ru"):
        plan = office.plan(csv(["Зачётка", "Средний балл"], ["2412045", "8,5"]), kind="marks", session="2025 2-summer")
        assert plan.changes[0].shown == (("Средний балл", None, "8,50"),)


@pytest.mark.parametrize(
    ("below", "left_out"),
    [
        ([["Декан факультета", None, None, None, "И. И. Иванов"]], ["Декан факультета И. И. Иванов"]),
        ([[None, "Секретарь", "Петрова"], [None, "«23» ноября 2026 г."]], ["Секретарь Петрова", "«23» ноября 2026 г."]),
    ],
)
def test_who_signed_below_the_table_is_no_student(office, below, left_out):
    table = [["Зачётка", "Фамилия", "Имя", "Курс", "Группа"], [2412045, "Кавалёва", "Ганна", 4, "1401"]]
    plan = office.plan(xlsx(*table, [], *below))
    assert (told(plan), [change.number for change in plan.changes], plan.left_out) == ([], [2], left_out)


def test_a_student_who_stands_apart_is_a_student(office):
    """With a number of any kind a row says something of somebody; without a gap it belongs to the table."""
    table = [["Зачётка", "Фамилия", "Имя", "Курс", "Группа"], [2412045, "Кавалёва", "Ганна", 4, "1401"]]
    apart = office.plan(xlsx(*table, [], [2412046, "Ким", "Павел", 4, "1401"]))
    assert (len(apart.changes), apart.left_out) == (2, [])
    joined = office.plan(xlsx(*table, ["Декан факультета", None, None, None, "И. И. Иванов"]))
    assert ([problem.row for problem in joined.problems], joined.left_out) == ([3], [])
