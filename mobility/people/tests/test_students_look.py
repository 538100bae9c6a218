"""The pages of students and rosters, empty, filled and wrong."""

from datetime import date

import pytest
from django.urls import reverse

from mobility.people.actions.marks import keep_sums_true
from mobility.people.models import Debt, RoleKind, Sanction, Scale
from mobility.web.tests.browser import ENGLISH

from .factories import (
    ExamSessionFactory,
    FacultyFactory,
    MarkFactory,
    RoleFactory,
    RosterFactory,
    StudentFactory,
    StudentLeaveFactory,
)

pytestmark = pytest.mark.django_db
HEAD = ["Зачётка", "ФИО", "Курс", "Группа", "E-mail", "Телефон"]


@pytest.fixture
def faculty(db):
    return FacultyFactory(name_en="General Medicine", name_ru="Лечебный факультет", name_be="Лячэбны факультэт")


@pytest.fixture
def office(faculty):
    return RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=faculty).person


@pytest.fixture
def hanna(faculty):
    """Somebody of whom there is everything to say."""
    person = StudentFactory(
        family_name="Кавалёва",
        given_name="Ганна",
        record_book="0412045",
        student__faculty=faculty,
        latin_family_name="",
    )
    roster = RosterFactory(imported=True, kind="marks", name="Ведомость_летняя_2026.xlsx", faculty=faculty)
    five = Scale.objects.create(code="5", name="5")
    for row, subject in enumerate(("Анатомия человека", "Биоорганическая химия"), start=2):
        MarkFactory(person=person, subject=subject, value=845, roster=roster, row=row)
    MarkFactory(person=person, subject="Латинский язык", value=450, scale=five, here=None, roster=roster, row=4)
    Debt.objects.create(person=person, session=ExamSessionFactory(), count=2)
    Sanction.objects.create(person=person, what="выговор", starts=date(2026, 9, 1))
    StudentLeaveFactory(person=person, ends=date(2021, 8, 31))
    keep_sums_true([person.pk])
    return person


def test_the_list_looks_good(look, office, hanna, faculty):
    StudentFactory(family_name="Ким", given_name="Павел", student__faculty=faculty)
    look(reverse("student-list"), by=office, name="students")
    look(reverse("student-gaps"), by=office, name="gaps")
    look(reverse("student-list") + "?search=nobody", by=office, name="students-nothing", ways=ENGLISH)


def test_a_students_page_looks_good(look, office, hanna):
    look(reverse("student-detail", args=[hanna.pk]), by=office, name="student")
    look(reverse("student-correct", args=[hanna.pk]), by=office, name="student-correct", ways=ENGLISH)
    look(
        reverse("student-status", args=[hanna.pk]),
        by=office,
        name="student-status-wrong",
        ways=ENGLISH,
        act=lambda page: page.get_by_role("button", name="Set the status").click(),
    )


def test_a_roster_looks_good_on_its_way(look, office, hanna, faculty):
    look(reverse("roster-new", args=["students"]), by=office, name="roster-new")
    other = StudentFactory(family_name="Ким", given_name="Павел", student__faculty=faculty)
    new = ["2412046", "Ли Вэй", "4", "1401", "li@example.org", "1"]
    changed = ["412045", "Кавалёва Ганна Ивановна", "4", "1402", "", "2"]
    good = RosterFactory(uploaded_by=office, faculty=faculty, sheet=[[1, HEAD], [2, changed], [3, new]])
    look(reverse("roster-detail", args=[good.pk]), by=office, name="roster-preview")
    wrong = [*new[:2], "девятый", "1401", "no", ""]
    bad = RosterFactory(uploaded_by=office, faculty=faculty, sheet=[[1, HEAD], [2, wrong]])
    look(reverse("roster-detail", args=[bad.pk]), by=office, name="roster-problems", ways=ENGLISH)
    done = RosterFactory(imported=True, faculty=faculty, new=1, open_questions=[["vanished", other.pk, ""]])
    look(reverse("roster-detail", args=[done.pk]), by=office, name="roster-imported")
    look(reverse("roster-list"), by=office, name="rosters")
    vanished = reverse("roster-vanished", args=[done.pk])
    look(vanished + "?all", by=office, name="roster-vanished")
    look(
        vanished + "?all",
        by=office,
        name="roster-vanished-confirm",
        ways=ENGLISH,
        act=lambda page: (
            page.get_by_label("expelled").check(),
            page.get_by_label("Reason").fill("Order 12"),
            page.get_by_role("button", name="Go on").click(),
        ),
    )


def test_the_move_up_looks_good(look, office, hanna, faculty):
    StudentFactory(family_name="Ким", given_name="Павел", student__faculty=faculty, student__course_year=6)
    look(reverse("move-up", args=[faculty.pk]), by=office, name="move-up")
