"""The dean's office's pages of students and rosters."""

import io
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from mobility.journal.models import Event
from mobility.people.actions.marks import keep_sums_true
from mobility.people.marks import mean_of
from mobility.people.models import Debt, MoveUp, Role, RoleKind, Roster, Scale, StudentProfile, User
from mobility.people.querysets import GAPS, gaps_of
from mobility.people.views.students import gap_row
from mobility.tests.conftest import show_everything
from mobility.web.tests.queries import assert_same_at_1_and_3

from .factories import (
    ExamSessionFactory,
    FacultyFactory,
    MarkFactory,
    RoleFactory,
    RosterFactory,
    SanctionFactory,
    StudentFactory,
    StudentLeaveFactory,
)

pytestmark = pytest.mark.django_db
ROSTER = "Зачётка;ФИО;Курс;Гражданство\r\n0412045;Кавалёва Ганна;4;{}\r\n".format


@pytest.fixture
def faculty():
    return FacultyFactory(years=6)


@pytest.fixture
def office(faculty):
    client = Client()
    person = RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=faculty).person
    client.force_login(person)
    show_everything(client, person)
    client.person = person
    return client


def names(response):
    return [str(row["name"]) for row in response.context["list"].rows]


def student(faculty, **fields):
    return StudentFactory(student__faculty=faculty, **fields)


def send(client, text, *, kind="students", **data):
    file = SimpleUploadedFile("roster.csv", text.encode("cp1251"))
    return client.post(reverse("roster-new", args=[kind]), {"file": file, **data}, follow=True)


# --- the list


def test_an_office_finds_its_own_students(office, faculty):
    anna = student(faculty, family_name="Агеева", student__course_year=2)
    student(faculty, family_name="Белова", student__course_year=3, student__citizenship="")
    student(FacultyFactory(), family_name="Чужая")
    path = reverse("student-list")
    assert names(office.get(path)) == ["Агеева Иван", "Белова Иван"]
    assert names(office.get(path, {"course_year": 2})) == [str(anna)]
    assert names(office.get(path, {"search": "бел"})) == ["Белова Иван"]
    assert names(office.get(path, {"gap": "no-citizenship"})) == ["Белова Иван"]


def test_who_has_left_is_found_by_asking(office, faculty):
    left = student(faculty)
    StudentProfile.objects.filter(person=left).update(
        status="expelled", status_since=date(2026, 9, 1), status_by=office.person
    )
    path = reverse("student-list")
    assert (names(office.get(path)), names(office.get(path, {"status": "expelled"}))) == ([], [str(left)])


def test_who_is_on_leave_is_found(office, faculty):
    away = StudentLeaveFactory(person__student__faculty=faculty).person
    student(faculty)
    assert names(office.get(reverse("student-list"), {"status": "on-leave"})) == [str(away)]


def test_the_list_asks_the_same_for_every_size(office, faculty):
    path = reverse("student-list")
    assert_same_at_1_and_3(lambda: office.get(path), add=lambda: student(faculty), at_most=8)


def test_the_gaps_of_a_row_are_those_of_the_list(office, faculty):
    student(faculty, latin_family_name="", student__citizenship="", student__specialty="")
    found = StudentProfile.objects.select_related("person").get()
    by_query = [gap for gap in GAPS if StudentProfile.objects.with_gap(gap).exists()]
    assert gaps_of(gap_row(found)) == by_query
    assert by_query == ["no-marks", "no-citizenship", "no-latin-name", "no-specialty", "no-funding"]
    rows = office.get(reverse("student-gaps")).context["rows"]
    assert [row["count"] for row in rows] == [1, 0, 1, 1, 1, 1]


# --- one student


def test_a_students_page_tells_marks_with_their_origin(office, faculty):
    roster = RosterFactory(imported=True, kind="marks", name="summer.xlsx", faculty=faculty)
    mark = MarkFactory(person__student__faculty=faculty, value=745, roster=roster, row=12)
    Debt.objects.create(person=mark.person, session=ExamSessionFactory(), count=2)
    page = office.get(reverse("student-detail", args=[mark.person_id])).content.decode()
    for text in ("7.45", "summer.xlsx", "row 12, 1", "2025/2026, summer: 2"):
        assert text in page, text


def test_a_students_page_asks_no_more_for_more_marks(office, faculty):
    person = student(faculty)
    path = reverse("student-detail", args=[person.pk])
    assert_same_at_1_and_3(lambda: office.get(path), add=lambda: MarkFactory(person=person), at_most=16)


def test_a_status_is_decided_with_a_reason_and_ends_the_role(office, faculty):
    person = student(faculty)
    data = {"status": "expelled", "since": "2026-11-01", "reason": "Order 12"}
    assert office.post(reverse("student-status", args=[person.pk]), data).status_code == 302
    found = StudentProfile.objects.get(person=person)
    assert (found.status, found.status_since, found.status_by) == ("expelled", date(2026, 11, 1), office.person)
    assert Role.objects.get(person=person).ends == date(2026, 10, 31)
    back = {"status": "studying", "since": "2026-11-10", "reason": "Order 13"}
    office.post(reverse("student-status", args=[person.pk]), back)
    assert [role.ends for role in Role.objects.filter(person=person)] == [None, date(2026, 10, 31)]


def test_a_transfer_gives_the_student_to_the_other_office(office, faculty):
    person, other = student(faculty), FacultyFactory()
    data = {"faculty": other.pk, "specialty": "Pharmacy", "course_year": 2, "group": "2", "reason": "Order 14"}
    answer = office.post(reverse("student-transfer", args=[person.pk]), data)
    assert answer["Location"] == reverse("student-list")
    assert StudentProfile.objects.get(person=person).faculty == other
    assert office.get(reverse("student-detail", args=[person.pk])).status_code == 404


def test_a_transfer_asks_for_the_specialty_of_the_new_faculty(office, faculty):
    person = student(faculty, student__specialty="General medicine", student__course_year=2, student__group="17")
    student(FacultyFactory(), student__specialty="Pharmacy")
    path = reverse("student-transfer", args=[person.pk])
    form = office.get(path).context["form"]
    assert (form["specialty"].value(), form["course_year"].value(), form["group"].value()) == ("", 2, "")
    assert form.specialties == ["Pharmacy"]
    answer = office.post(path, {"faculty": FacultyFactory().pk, "course_year": 2, "reason": "Order 14"})
    assert list(answer.context["form"].errors) == ["specialty"]
    assert StudentProfile.objects.get(person=person).faculty == faculty


def test_a_gap_is_closed_by_hand(office, faculty):
    person = student(faculty, student__citizenship="")
    path = reverse("student-correct", args=[person.pk])
    form = office.get(path).context["form"]
    data = {name: value or "" for name, value in form.initial.items()} | {"citizenship": "CN", "funding": "paid"}
    assert office.post(path, data).status_code == 302
    assert StudentProfile.objects.get(person=person).citizenship.code == "CN"


def test_a_leave_over_another_is_refused_at_the_form(office, faculty):
    leave = StudentLeaveFactory(person__student__faculty=faculty)
    path = reverse("student-leave", args=[leave.person_id])
    answer = office.post(path, {"kind": "medical", "starts": "2026-09-01", "reason": "Order 15"})
    assert answer.context["form"].non_field_errors() == ["The student is on leave on some of these days already."]


def test_a_leave_is_ended_with_a_reason(office, faculty):
    leave = StudentLeaveFactory(person__student__faculty=faculty, ends=None)
    path = reverse("leave-end", args=[leave.pk])
    assert office.post(path, {"last_day": "2026-10-01", "reason": "Order 16"}).status_code == 302
    leave.refresh_from_db()
    assert leave.ends == date(2026, 10, 1)
    assert Event.objects.get(event="leave-ended").reason == "Order 16"


def test_a_leave_cannot_end_before_it_starts_nor_within_another(office, faculty):
    leave = StudentLeaveFactory(person__student__faculty=faculty, starts=date(2026, 9, 1), ends=date(2026, 9, 30))
    StudentLeaveFactory(person=leave.person, starts=date(2026, 11, 1), ends=None)
    path = reverse("leave-end", args=[leave.pk])
    refusals = [
        office.post(path, {"last_day": day}).context["form"].non_field_errors() for day in ("2026-08-31", "2026-11-02")
    ]
    assert refusals == [
        ["The last day is before the first."],
        ["The student is on leave on some of these days already."],
    ]


def test_a_sanction_is_ended_with_a_reason(office, faculty):
    sanction = SanctionFactory(person__student__faculty=faculty)
    page = office.get(reverse("student-detail", args=[sanction.person_id])).content.decode()
    path = reverse("sanction-end", args=[sanction.pk])
    assert f'href="{path}"' in page
    too_early = office.post(path, {"last_day": "2026-08-31"}).context["form"].non_field_errors()
    assert too_early == ["The last day is before the first."]
    assert office.post(path, {"last_day": "2026-10-01", "reason": "Order 17"}).status_code == 302
    sanction.refresh_from_db()
    assert sanction.ends == date(2026, 10, 1)
    assert Event.objects.get(event="sanction-ended").reason == "Order 17"
    page = office.get(reverse("student-detail", args=[sanction.person_id])).content.decode()
    assert f'href="{path}"' not in page


# --- rosters


def test_a_roster_is_previewed_then_imported(office):
    page = send(office, ROSTER("РБ"))
    roster = Roster.objects.get()
    assert page.redirect_chain == [(reverse("roster-detail", args=[roster.pk]), 302)]
    assert page.context["preview"].counts == {"new": 1, "changed": 0, "unchanged": 0}
    assert not StudentProfile.objects.exists()
    done = office.post(page.redirect_chain[0][0], {"seen": page.context["plan"].fingerprint}, follow=True)
    assert [str(message) for message in done.context["messages"]] == ["1 row was imported."]
    assert StudentProfile.objects.get().citizenship.code == "BY"


def test_problems_and_changes_can_be_taken_along(office):
    page = send(office, ROSTER("=Атлантида"))
    sheet = load_workbook(io.BytesIO(office.get(f"{page.redirect_chain[0][0]}problems/").content)).active
    assert [cell.value for cell in sheet[2]][:2] == [2, "Гражданство"]
    page = send(office, ROSTER("РБ"))
    sheet = load_workbook(io.BytesIO(office.get(f"{page.redirect_chain[0][0]}changes/").content)).active
    assert [cell.value for cell in sheet[2]][:3] == [2, "Кавалёва Ганна", "new"]


def test_a_file_that_is_no_spreadsheet_is_refused_at_its_field(office):
    page = send(office, "")
    assert page.context["form"].errors == {"file": ["The file is empty."]}


def test_nobody_elses_waiting_file_is_seen(office, faculty):
    waiting = RosterFactory(faculty=faculty)
    imported = RosterFactory(imported=True, faculty=faculty)
    foreign = RosterFactory(imported=True, faculty=FacultyFactory())
    seen = [office.get(reverse("roster-detail", args=[one.pk])).status_code for one in (waiting, imported, foreign)]
    assert seen == [404, 200, 404]


def test_decisions_wait_on_the_imports_page_until_they_are_made(office, faculty):
    person = student(faculty)
    questions = [["vanished", person.pk, ""]]
    roster = RosterFactory(imported=True, faculty=faculty, open_questions=questions)
    path = reverse("roster-detail", args=[roster.pk])
    assert [one["label"] for one in office.get(path).context["questions"]] == [f"{person} · 4, 1401"]
    data = {"status": "transferred", "since": "2026-11-01", "reason": "Order 16"}
    office.post(reverse("student-status", args=[person.pk]), data)
    answer = office.get(path)
    assert (answer.context["questions"], answer.context["settled"]) == ([], 1)


# --- the yearly move


def test_everyone_moves_up_once(office, faculty):
    second = student(faculty, student__course_year=2)
    last = student(faculty, student__course_year=6)
    away = StudentLeaveFactory(person__student__faculty=faculty, person__student__course_year=3).person
    path = reverse("move-up", args=[faculty.pk])
    plan = office.get(path).context["plan"]
    assert (plan.courses, plan.graduates, plan.on_leave) == ([(2, 1)], [last], [away])
    office.post(path, {"seen": plan.fingerprint})
    found = dict(StudentProfile.objects.values_list("person", "course_year"))
    assert found == {second.pk: 3, last.pk: 6, away.pk: 3}
    assert StudentProfile.objects.get(person=last).status == "graduated"
    done = MoveUp.objects.get()
    assert (done.moved, done.graduated, done.stayed, done.done_by) == (1, 1, 1, office.person)
    office.post(path, {"seen": plan.fingerprint})
    assert StudentProfile.objects.get(person=second).course_year == 3


def test_a_move_is_refused_when_students_have_changed(office, faculty):
    person = student(faculty, student__course_year=2)
    seen = office.get(reverse("move-up", args=[faculty.pk])).context["plan"].fingerprint
    student(faculty, student__course_year=2)
    office.post(reverse("move-up", args=[faculty.pk]), {"seen": seen})
    assert (MoveUp.objects.count(), StudentProfile.objects.get(person=person).course_year) == (0, 2)


# --- the mean


@pytest.mark.parametrize(("marks", "mean"), [([], None), ([700], 700), ([700, 701], 701), ([700, 700, 701], 700)])
def test_a_mean_is_half_up_in_integers(marks, mean):
    assert mean_of(marks) == mean


def test_the_stored_mean_is_the_pure_one():

    person = StudentFactory()
    for marks in ([701], [702, 745], [999, 333, 412]):
        for value in marks:
            MarkFactory(person=person, value=value)
        keep_sums_true([person.pk])
        values = list(person.marks.values_list("value", flat=True))
        assert User.objects.get(pk=person.pk).student.mean_mark == mean_of(values)


def test_a_row_of_a_scales_table_gives_its_marks_their_place(faculty):
    client, scale = Client(), Scale.objects.create(code="5", name="5")
    administrator = RoleFactory(kind=RoleKind.ADMINISTRATOR).person
    client.force_login(administrator)
    show_everything(client, administrator)
    mark = MarkFactory(person__student__faculty=faculty, value=400, scale=scale, here=None)
    data = {"code": "5", "name": "5", "table-TOTAL_FORMS": 1, "table-INITIAL_FORMS": 0}
    path = reverse("admin:people_scale_change", args=[scale.pk])
    answer = client.post(path, data | {"table-0-value": 400, "table-0-here": 750})
    assert (answer.status_code, StudentProfile.objects.get(person=mark.person).mean_mark) == (302, 750)
