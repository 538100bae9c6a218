"""Rosters as offices send them: what is read, what would change, what changes, and what stays the office's decision."""

import io
from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from openpyxl import Workbook

from mobility.journal.models import Event
from mobility.people import actions
from mobility.people.models import (
    Role,
    RoleKind,
    Roster,
    StudentLeave,
    StudentProfile,
    User,
)
from mobility.people.rosters.columns import folded
from mobility.web.spreadsheets import read

from .factories import DeputyFactory, FacultyFactory, RoleFactory, StudentFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
HEAD = ["№ п/п", "Фамилия", "Имя", "Отчество", "№ зачётной книжки", "Курс", "Группа", "E-mail", "Гражданство"]
HEAD += ["Форма оплаты"]
HANNA = ["1", "Кавалёва", "Ганна", "Ивановна", "0412045", "4", "1401", "hanna@example.org", "Беларусь", "бюджет"]
PAVEL = ["2", "Ким", "Павел", "", "2412046", "4 курс", "1401", "pavel@example.org", "РФ", "платно"]


def csv(*rows, encoding="cp1251", sign=";"):
    return io.BytesIO("\r\n".join(sign.join(row) for row in rows).encode(encoding))


def xlsx(*rows, merged=()):
    book = Workbook()
    for row in rows:
        book.active.append(row)
    for place in merged:
        book.active.merge_cells(place)
    kept = io.BytesIO()
    book.save(kept)
    kept.seek(0)
    return kept


class Office:
    """One dean's office that sends files."""

    def __init__(self):
        self.faculty = FacultyFactory()
        self.person = RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=self.faculty).person

    def send(self, file, *, kind="students", session=""):
        return actions.keep_roster(
            kind=kind,
            name="roster.csv",
            sha256="",
            sheet=read(file).rows(),
            faculty=self.faculty,
            session=session,
            by=self.person,
            at=AT,
        )

    def plan(self, file, **how):
        return actions.plan_of(self.send(file, **how), faculties=[self.faculty], at=AT)

    def bring(self, file, **how):
        roster = self.send(file, **how)
        seen = actions.plan_of(roster, faculties=[self.faculty], at=AT).fingerprint
        return actions.import_roster(roster=roster, faculties=[self.faculty], seen=seen, by=self.person, at=AT)

    def bring_marks(self, *rows, session="2025 2-summer"):
        return self.bring(csv(*rows), kind="marks", session=session)


@pytest.fixture
def office():
    return Office()


def told(plan):
    return [(problem.row, problem.column, problem.text) for problem in plan.problems]


def rows_of_journal():
    """Of what a roster writes; the roster's own row is no change of anybody."""
    return Event.objects.exclude(model="people.roster").count()


# --- reading


@pytest.mark.parametrize("sign", [";", ","])
@pytest.mark.parametrize("encoding", ["cp1251", "utf-8", "utf-8-sig"])
def test_a_csv_of_an_office_makes_students(office, encoding, sign):
    done = office.bring(csv(HEAD, HANNA, PAVEL, encoding=encoding, sign=sign))
    assert (done.new, done.changed, done.unchanged) == (2, 0, 0)
    hanna = User.objects.get(record_book="0412045")
    assert (str(hanna), hanna.email, hanna.has_usable_password()) == ("Кавалёва Ганна Ивановна", HANNA[7], False)
    study = hanna.student
    assert (study.faculty, study.course_year, study.group) == (office.faculty, 4, "1401")
    assert (study.citizenship.code, study.funding, study.status) == ("BY", "budget", "studying")
    assert Role.objects.get(person=hanna).kind == RoleKind.STUDENT
    assert User.objects.get(record_book="2412046").student.citizenship.code == "RU"


def test_a_title_and_a_merged_head_stand_above_the_rows(office):
    file = xlsx(
        ["Список студентов 4 курса"],
        [],
        ["№ п/п", "ФИО", None, None, "Зачётка", "Курс"],
        [None, "Фамилия", "Имя", "Отчество", None, None],
        [1, "Кавалёва", "Ганна", "Ивановна", 2412045, 4],
        merged=["A1:F1", "B3:D3", "E3:E4", "F3:F4"],
    )
    plan = office.plan(file)
    assert (told(plan), plan.ignored) == ([], [])
    assert [(change.number, change.label, change.writes["course_year"]) for change in plan.changes] == [
        (5, "Кавалёва Ганна Ивановна", 4)
    ]


def test_one_column_may_hold_the_whole_name(office):
    office.bring(csv(["Ф.И.О. студента", "Зачётка", "Курс"], ["Кавалёва Ганна Ивановна", "2412045", "IV"]))
    hanna = User.objects.get(record_book="2412045")
    assert (hanna.family_name, hanna.given_name, hanna.patronymic) == ("Кавалёва", "Ганна", "Ивановна")
    assert hanna.student.course_year == 4


def test_zeros_that_excel_lost_come_back(office):
    office.bring(csv(HEAD, HANNA))
    plan = office.plan(xlsx(["ФИО", "Зачётка", "Курс"], ["Кавалёва Ганна Ивановна", 412045, 4], ["Новая Яна", 99, 1]))
    assert (told(plan), plan.restored) == ([], 2)
    assert [(change.state, change.writes.get("record_book")) for change in plan.changes] == [
        ("unchanged", None),
        ("new", "0000099"),
    ]
    assert plan.changes[1].shown == (("Зачётка", "", "0000099"),)


def test_a_number_that_has_its_first_zero_lost_none(office):
    office.bring(csv(HEAD, HANNA))
    plan = office.plan(csv(["ФИО", "Зачётка", "Курс"], ["Новая Яна", "099", "1"]))
    assert (plan.restored, plan.changes[0].writes["record_book"]) == (0, "099")


@pytest.mark.parametrize("written", ["01.09.2026", "1/9/2026", "46266", "2026-09-01", "01.09.26"])
def test_a_day_may_be_a_serial_number(office, written):
    office.bring(csv([*HEAD, "Отпуск с", "Отпуск по"], [*HANNA, written, "31.08.2027"]))
    leave = StudentLeave.objects.get()
    assert (leave.kind, leave.starts, leave.ends) == ("academic", date(2026, 9, 1), date(2027, 8, 31))


def test_the_preview_writes_days_as_the_reader_does(office):
    office.bring(csv(HEAD, HANNA))
    with translation.override("ru"):
        plan = office.plan(csv([*HEAD, "Отпуск с"], [*HANNA, "2026-09-01"]))
    assert plan.effective[0].shown == (("Отпуск с", "", "академический отпуск, 01.09.2026 – …"),)


def test_what_is_wrong_is_told_by_row_and_column(office):
    StudentFactory(student__faculty=office.faculty, email="taken@example.org", record_book="1111111")
    plan = office.plan(
        csv(
            HEAD,
            HANNA,
            [*PAVEL[:7], HANNA[7], "Атлантида", "платно"],
            ["3", "Третий", "Т", "", "1.712E+06", "9", "1", "no", "РБ", "да"],
            ["4", "Четвёртый", "Ч", "", "", "4", "1", "", "РБ", ""],
            ["5", "Пятый", "П", "", "1111112", "4", "1", "taken@example.org", "РБ", ""],
            ["6", "Шестая", "Ш", "", "0412045", "4", "1", "", "РБ", ""],
        )
    )
    assert [(row, column) for row, column, _text in told(plan)] == [
        (3, "Гражданство"),
        (3, "E-mail"),
        (4, "№ зачётной книжки"),
        (4, "Курс"),
        (4, "E-mail"),
        (4, "Форма оплаты"),
        (4, "№ зачётной книжки"),
        (5, "№ зачётной книжки"),
        (7, "№ зачётной книжки"),
    ]
    assert plan.problems[1].text == "Row 2 has the same. Each person has their own."


def test_with_one_problem_nothing_is_imported(office):
    roster = office.send(csv(HEAD, HANNA, [*PAVEL[:5], "сорок", *PAVEL[6:]]))
    with pytest.raises(ValidationError) as refusal:
        actions.import_roster(roster=roster, faculties=[office.faculty], seen="", by=office.person, at=AT)
    assert (refusal.value.code, StudentProfile.objects.count()) == ("problems", 0)


def test_columns_that_must_be_there_are_named(office):
    assert told(office.plan(csv(["Группа", "Курс"], ["1401", "4"]))) == [
        (1, "Record-book number", "This column is missing."),
        (1, "Family name", "This column is missing."),
    ]


# --- again and again


def test_the_same_roster_twice_changes_nothing(office):
    office.bring(csv(HEAD, HANNA, PAVEL))
    before = rows_of_journal()
    done = office.bring(csv(HEAD, HANNA, PAVEL))
    assert (done.new, done.changed, done.unchanged) == (0, 0, 2)
    assert rows_of_journal() == before


def test_a_new_name_is_a_difference_of_the_same_person(office):
    office.bring(csv(HEAD, HANNA, PAVEL))
    pk = User.objects.get(record_book="0412045").pk
    married = ["1", "Иванова", *HANNA[2:6], "1402", *HANNA[7:]]
    plan = office.plan(csv(HEAD, married, PAVEL))
    assert [change.shown for change in plan.effective] == [
        (("Фамилия", "Кавалёва", "Иванова"), ("Группа", "1401", "1402"))
    ]
    office.bring(csv(HEAD, married, PAVEL))
    hanna = User.objects.get(record_book="0412045")
    assert (hanna.pk, hanna.family_name, hanna.student.group) == (pk, "Иванова", "1402")
    assert User.objects.get(record_book="2412046").student.group == "1401"


def test_a_part_of_a_whole_name_is_told_by_its_own_name(office):
    office.bring(csv(HEAD, HANNA))
    plan = office.plan(csv(["Зачётка", "ФИО"], ["0412045", "Кавалёва Ганна Петровна"]))
    assert [change.shown for change in plan.effective] == [(("patronymic", "Ивановна", "Петровна"),)]


def test_capital_letters_and_empty_cells_change_nobody(office):
    office.bring(csv(HEAD, HANNA))
    plan = office.plan(csv(HEAD, ["1", "КАВАЛЁВА", "ГАННА", "", "0412045", "4", "", "", "", ""]))
    assert plan.effective == []


def test_a_new_number_finds_the_person_by_e_mail(office):
    office.bring(csv(HEAD, HANNA))
    office.bring(csv(HEAD, [*HANNA[:4], "7700001", *HANNA[5:]]))
    assert [person.record_book for person in User.objects.filter(student__isnull=False)] == ["7700001"]


def test_who_vanished_is_asked_about_and_not_touched(office):
    office.bring(csv(HEAD, HANNA, PAVEL))
    done = office.bring(csv(HEAD, HANNA))
    pavel = StudentProfile.objects.get(person__record_book="2412046")
    assert done.open_questions == [["vanished", pavel.person_id, ""]]
    assert pavel.status == "studying"


def test_a_status_in_the_file_is_a_question(office):
    office.bring(csv(HEAD, HANNA))
    done = office.bring(csv([*HEAD, "Статус"], [*HANNA, "отчислена"]))
    hanna = StudentProfile.objects.get()
    assert done.open_questions == [["status", hanna.person_id, "expelled"]]
    assert hanna.status == "studying"


def test_another_faculty_in_the_file_is_a_question(office):
    office.bring(csv(HEAD, HANNA))
    other = FacultyFactory(name_ru="Фармацевтический факультет")
    roster = office.send(csv([*HEAD, "Факультет"], [*HANNA, "фармацевтический факультет"]))
    plan = actions.plan_of(roster, faculties=[office.faculty, other], at=AT)
    assert [(one.kind, one.value) for one in plan.questions] == [("faculty", str(other.pk))]
    assert plan.effective == []


def test_an_office_is_asked_about_its_own_student_whom_the_file_places_elsewhere(office):
    """And about nobody else of that other faculty, where the file speaks of this one student only."""
    office.bring(csv(HEAD, HANNA))
    there = StudentFactory(student__course_year=int(HANNA[5]))
    done = office.bring(csv([*HEAD, "Факультет"], [*HANNA, there.student.faculty.code]))
    hanna = StudentProfile.objects.get(person__record_book="0412045")
    assert done.open_questions == [["faculty", hanna.person_id, str(there.student.faculty_id)]]
    assert hanna.faculty == office.faculty


@pytest.mark.parametrize("name", ["?wi?tek", "Świ\N{REPLACEMENT CHARACTER}tek"])
def test_a_name_that_lost_letters_when_the_file_was_saved_is_refused(office, name):
    assert told(office.plan(csv(HEAD, ["1", name, *HANNA[2:]], encoding="utf-8"))) == [
        (2, "Фамилия", f"“{name}”: a letter was lost when the file was saved. Save it as XLSX, or as CSV in UTF-8.")
    ]


def test_an_office_writes_nobody_of_another_faculty(office):
    foreign = StudentFactory(record_book="0412045", email="x@example.org")
    sentence = (
        "This is a student of another faculty. Take the row out of the file; the dean's office they leave enters the "
        "transfer."
    )
    assert told(office.plan(csv(HEAD, HANNA))) == [(2, "№ зачётной книжки", sentence)]
    assert told(office.plan(csv([*HEAD, "Факультет"], [*PAVEL, foreign.student.faculty.code]))) == [
        (2, "Факультет", "The rosters of this faculty are not yours to import.")
    ]


@pytest.mark.parametrize("in_office", [RoleFactory, DeputyFactory])
def test_a_roster_is_no_way_into_an_office(office, in_office):
    UserFactory(email="hanna@example.org")
    assert [row for row, _column, _text in told(office.plan(csv(HEAD, [*HANNA[:4], "", *HANNA[5:]])))] == [2]
    teacher = StudentFactory(student__faculty=office.faculty, record_book="2412046", email="old@example.org")
    in_office(person=teacher)
    assert told(office.plan(csv(["Зачётка", "ФИО", "E-mail"], ["2412046", str(teacher), "new@example.org"]))) == [
        (2, "E-mail", "They work here as well: an administrator changes their name, number and e-mail.")
    ]


def test_only_what_was_seen_is_imported(office):
    office.bring(csv(HEAD, HANNA))
    roster = office.send(csv(HEAD, [*HANNA[:6], "1402", *HANNA[7:]]))
    seen = actions.plan_of(roster, faculties=[office.faculty], at=AT).fingerprint
    StudentProfile.objects.update(group="1403")
    with pytest.raises(ValidationError) as refusal:
        actions.import_roster(roster=roster, faculties=[office.faculty], seen=seen, by=office.person, at=AT)
    assert (refusal.value.code, StudentProfile.objects.get().group) == ("roster-changed", "1403")


def test_a_file_is_imported_once_and_its_rows_are_not_kept(office):
    done = office.bring(csv(HEAD, HANNA))
    assert done.sheet is None
    with pytest.raises(ValidationError) as refusal:
        actions.import_roster(roster=done, faculties=[office.faculty], seen="", by=office.person, at=AT)
    assert refusal.value.code == "imported-already"


def test_a_second_file_replaces_the_one_that_waits(office):
    office.send(csv(HEAD, HANNA))
    second = office.send(csv(HEAD, PAVEL))
    assert list(Roster.objects.all()) == [second]


def test_heads_are_known_however_they_are_written():
    assert folded("№ зачётной  книжки:") == folded("зачетной книжки")
