"""Rosters of marks, debts and sanctions, as offices send them."""

from datetime import date

import pytest

from mobility.people import actions
from mobility.people.models import Mark, Scale, ScaleMark, StudentProfile, User

from .test_rosters import HANNA, HEAD, PAVEL, Office, csv, rows_of_journal, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def office():
    return Office()


MARKS = ["Зачётка", "ФИО", "Дисциплина", "Оценка", "Шкала", "Задолженности"]


def hannas(**where):
    return StudentProfile.objects.get(person__record_book="0412045", **where)


def test_marks_come_with_their_provenance_and_mean(office):
    office.bring(csv(HEAD, HANNA))
    done = office.bring_marks(
        ["Зачётка", "ФИО", "Дисциплина", "Оценка"],
        ["412045", "Кавалёва Г.И.", "Анатомия", "9"],
        ["412045", "Кавалёва Г.И.", "Гистология", "8,5"],
        ["412045", "Кавалёва Г.И.", "Физкультура", "зачтено"],
        ["412045", "Кавалёва Г.И.", "Химия", "8 (восемь)"],
    )
    assert [(mark.subject, mark.value, mark.row, mark.roster) for mark in Mark.objects.order_by("row")] == [
        ("Анатомия", 900, 2, done),
        ("Гистология", 850, 3, done),
        ("Химия", 800, 5, done),
    ]
    assert {str(mark.session) for mark in Mark.objects.all()} == {"2025/2026, summer"}
    assert (hannas().mean_mark, hannas().marks_counted, hannas().debts) == (850, 3, 0)


def test_a_mark_corrected_and_debts_cleared_by_the_next_file(office):
    office.bring(csv(HEAD, HANNA))
    office.bring_marks(MARKS, ["412045", "", "Анатомия", "4", "", "2"], ["412045", "", "Химия", "7", "", "2"])
    assert (hannas().mean_mark, hannas().debts) == (550, 2)
    second = csv(MARKS, ["412045", "", "Анатомия", "6", "", "0"], ["412045", "", "Химия", "7", "", "0"])
    assert [change.shown for change in office.plan(second, kind="marks", session="2025 2-summer").effective] == [
        (("Оценка", "4.00", "6.00"), ("Задолженности", 2, 0))
    ]
    second.seek(0)
    office.bring(second, kind="marks", session="2025 2-summer")
    assert (hannas().mean_mark, hannas().debts) == (650, 0)
    before = rows_of_journal()
    second.seek(0)
    office.bring(second, kind="marks", session="2025 2-summer")
    assert rows_of_journal() == before


def test_a_mark_without_a_place_on_our_scale_blocks_until_it_has_one(office):
    office.bring(csv(HEAD, HANNA))
    scale = Scale.objects.create(code="5", name="Пятибалльная")
    ScaleMark.objects.create(scale=scale, value=500, here=950)
    office.bring_marks(MARKS, ["412045", "", "Анатомия", "5", "5", ""], ["412045", "", "Химия", "4", "5", ""])
    study = hannas()
    assert (study.mean_mark, study.marks_counted, study.marks_unmapped) == (None, 1, 1)
    assert list(StudentProfile.objects.with_gap("unmapped")) == [study]
    ScaleMark.objects.create(scale=scale, value=400, here=750)
    assert actions.apply_table(scale=scale, by=office.person) == 1
    assert hannas().mean_mark == 850


def test_marks_that_cannot_be_are_told(office):
    office.bring(csv(HEAD, HANNA))
    plan = office.plan(
        csv(
            [*MARKS, "Сессия"],
            ["412045", "Кавалёва Г.", "Анатомия", "87", "", "", "зимняя 2025/2026"],
            ["412045", "Иванов И.", "Химия", "н/я", "", "", "зимняя 2025/2026"],
            ["412045", "", "Физика", "5", "100500", "", ""],
            ["999", "", "Физика", "5", "", "", "летняя 2025/2026"],
            ["412045", "", "", "7,5", "", "", "зимняя 2025/2026"],
        ),
        kind="marks",
    )
    assert [(row, column) for row, column, _text in told(plan)] == [
        (2, "Оценка"),
        (3, "Оценка"),
        (3, "ФИО"),
        (4, "Сессия"),
        (4, "Шкала"),
        (5, "Зачётка"),
        (6, "Оценка"),
    ]


def test_a_sanction_comes_with_its_days(office):
    office.bring(csv(HEAD, HANNA))
    sanction = ["Зачётка", "Взыскание", "Взыскание с", "Взыскание по"]
    office.bring_marks(sanction, ["412045", "выговор", "01.10.2026", ""])
    office.bring_marks(sanction, ["412045", "выговор", "01.10.2026", "01.03.2027"])
    found = User.objects.get(record_book="0412045").sanctions.get()
    assert (found.what, found.starts, found.ends) == ("выговор", date(2026, 10, 1), date(2027, 3, 1))


# --- one column a subject

PAVELS = [*PAVEL[:6], "1401", *PAVEL[7:]]
BY_SUBJECT = ["№ п/п", "Зачётка", "ФИО", "Группа", "Анатомия", "Гистология", "Физкультура", "Средний балл"]


def marks_of_files():
    found = Mark.objects.order_by("row", "subject").values_list("person__record_book", "subject", "value", "row")
    return list(found)


def test_subjects_may_stand_in_columns(office):
    office.bring(csv(HEAD, HANNA, PAVELS))
    done = office.bring_marks(
        BY_SUBJECT,
        ["1", "412045", "Кавалёва Г.И.", "1401", "9", "8,5", "зачтено", "8,75"],
        ["2", "2412046", "Ким П.", "1401", "7", "-", "зачтено", "7"],
    )
    assert marks_of_files() == [
        ("0412045", "Анатомия", 900, 2),
        ("0412045", "Гистология", 850, 2),
        ("2412046", "Анатомия", 700, 3),
    ]
    assert (done.new, done.changed, hannas().mean_mark, hannas().marks_counted) == (3, 0, 875, 2)
    again = office.bring_marks(
        BY_SUBJECT,
        ["1", "412045", "Кавалёва Г.И.", "1401", "9", "8,5", "зачтено", ""],
        ["2", "2412046", "Ким П.", "1401", "8", "", "", ""],
    )
    assert (again.new, again.changed) == (0, 1)


def test_subjects_may_stand_under_one_title_over_numbers_of_columns(office):
    office.bring(csv(HEAD, HANNA))
    file = csv(
        ["Зачётно-экзаменационная ведомость", "", "", ""],
        ["Зачётка", "ФИО", "Дисциплины", ""],
        ["", "", "Анатомия", "Химия"],
        ["1", "2", "3", "4"],
        ["412045", "Кавалёва Г.И.", "9", "4"],
    )
    plan = office.plan(file, kind="marks", session="2025 2-summer")
    assert told(plan) == []
    assert [(change.number, change.label, change.shown) for change in plan.changes] == [
        (5, "Кавалёва Ганна Ивановна · 2025/2026, summer · Анатомия", (("Анатомия", None, "9.00"),)),
        (5, "Кавалёва Ганна Ивановна · 2025/2026, summer · Химия", (("Химия", None, "4.00"),)),
    ]


def test_what_is_wrong_in_a_subjects_column_is_told_under_its_name(office):
    office.bring(csv(HEAD, HANNA, PAVELS))
    plan = office.plan(
        csv(
            ["Зачётка", "ФИО", "Анатомия", "Химия", "Телефон"],
            ["412045", "Кавалёва Г.И.", "н/я", "15", "+375 29"],
            ["2412046", "Иванов", "9", "7", "+375 29"],
            ["5", "Никто", "6", "5", ""],
        ),
        kind="marks",
        session="2025 2-summer",
    )
    assert [(row, column) for row, column, _text in told(plan)] == [
        (2, "Анатомия"),
        (2, "Химия"),
        (3, "ФИО"),
        (4, "Зачётка"),
    ]
    assert plan.ignored == ["Телефон"]


def test_a_subject_that_stands_in_two_columns_is_refused(office):
    office.bring(csv(HEAD, HANNA))
    file = csv(["Зачётка", "Химия", "Химия"], ["412045", "9", "8"])
    plan = office.plan(file, kind="marks", session="2025 2-summer")
    assert told(plan) == [(1, "Химия", "This column stands here twice. Take one away.")]


def test_marks_without_a_place_are_told_before_they_are_imported(office):
    office.bring(csv(HEAD, HANNA))
    five = Scale.objects.create(code="5", name="Пятибалльная")
    ScaleMark.objects.create(scale=five, value=500, here=950)
    rows = (["412045", "", "Анатомия", "4,5", "5", ""], ["412045", "", "Химия", "5", "5", ""])
    mapped = ["412045", "", "Философия", "9", "", ""]
    plan = office.plan(csv(MARKS, *rows, mapped), kind="marks", session="2025 2-summer")
    assert (told(plan), plan.without_a_place) == ([], 1)
    assert office.plan(csv(MARKS, mapped), kind="marks", session="2025 2-summer").without_a_place == 0


def test_a_session_that_nobody_names_is_one_problem(office):
    office.bring(csv(HEAD, HANNA))
    rows = csv(["Зачётка", "Дисциплина", "Оценка"], *[["0412045", subject, "9"] for subject in ("Анатомия", "Химия")])
    told_of = [(problem.row, problem.text) for problem in office.plan(rows, kind="marks", session="").problems]
    assert told_of == [(1, "Of which session? Name it in the file, or on the page where you send it.")]
