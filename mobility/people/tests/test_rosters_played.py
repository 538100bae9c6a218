"""A year of a dean's office through its pages: two rosters in a row, a transfer, a name, somebody missing, a mark."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from mobility.people.models import Role, RoleKind, Scale, ScaleMark, StudentProfile, User

from .factories import FacultyFactory, RoleFactory

pytestmark = pytest.mark.django_db
HEAD = "Зачётка;Фамилия;Имя;Курс;Группа;Гражданство\r\n"
MARKS = "Зачётка;Дисциплина;Оценка;Шкала\r\n"


class Played:
    def __init__(self):
        self.faculty, self.other = FacultyFactory(), FacultyFactory()
        self.client = self.of(self.faculty)

    def of(self, faculty):
        client = Client()
        client.force_login(RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=faculty).person)
        return client

    def bring(self, text, *, kind="students", **more):
        """As a person does: the file, the preview, the button; the page that answers."""
        file = SimpleUploadedFile("список.csv", text.encode("cp1251"))
        preview = self.client.post(reverse("roster-new", args=[kind]), {"file": file, **more}, follow=True)
        seen = re.search(r'name="seen" value="(\w+)"', preview.content.decode())
        assert seen, preview.content.decode()
        return self.client.post(preview.redirect_chain[-1][0], {"seen": seen[1]}, follow=True)

    def asked(self, answer):
        return [(one["kind"], one["person"]) for one in answer.context["questions"]]


def person(number):
    return User.objects.get(record_book=number)


def test_a_year_of_rosters():
    played = Played()
    agnes, boris, vera = (
        "0000001;Агеева;Анна;2;21;РБ\r\n",
        "0000002;Белов;Борис;2;21;РФ\r\n",
        "0000003;Ван;Вера;2;22;КНР",
    )
    first = played.bring(HEAD + agnes + boris + vera)
    assert (played.asked(first), StudentProfile.objects.count()) == ([], 3)
    keys = {number: person(f"000000{number}").pk for number in (1, 2, 3)}

    # the next roster: one married, one without a row; noughts lost on the way
    second = played.bring(HEAD + "1;Иванова;Анна;3;31;РБ\r\n" + "3;Ван;Вера;2;22;КНР")
    assert (person("0000001").pk, str(person("0000001"))) == (keys[1], "Иванова Анна")
    assert (played.asked(second), StudentProfile.objects.count()) == ([("vanished", keys[2])], 3)
    assert StudentProfile.objects.get(person=keys[2]).status == "studying"

    # the one without a row has gone to another faculty: their office sees them, this one no more
    there = {"faculty": played.other.pk, "specialty": "Фармация", "course_year": 2, "group": "7", "reason": "Приказ 4"}
    played.client.post(reverse("student-transfer", args=[keys[2]]), there)
    assert played.client.get(reverse("student-detail", args=[keys[2]])).status_code == 404
    assert played.of(played.other).get(reverse("student-detail", args=[keys[2]])).status_code == 200
    assert Role.objects.get(person=keys[2]).ends is None
    again = played.bring(HEAD + "1;Иванова;Анна;3;32;РБ\r\n" + "3;Ван;Вера;2;22;КНР")
    assert played.asked(again) == []

    # a mark whose scale has no row for it: no mean, and the pages say so; a row in the table, and there is one
    scale = Scale.objects.create(code="5", name="Пятибалльная")
    ScaleMark.objects.create(scale=scale, value=500, here=950)
    played.bring(MARKS + "1;Анатомия;9;\r\n1;Химия;4;5\r\n", kind="marks", session="2025 2-summer")
    page = played.client.get(reverse("student-detail", args=[keys[1]])).content.decode()
    assert "No mean mark: 1 mark is on a scale whose table has no row for it." in page
    assert StudentProfile.objects.get(person=keys[1]).mean_mark is None
    gaps = {row["gap"]: row["count"] for row in played.client.get(reverse("student-gaps")).context["rows"]}
    assert (gaps["unmapped"], gaps["no-marks"]) == (1, 1)
    found = played.client.get(reverse("student-list"), {"gap": "unmapped"}).context["list"].rows
    assert [row["person_id"] for row in found] == [keys[1]]


def test_a_transfer_in_the_file_leads_to_the_transfer_with_that_faculty_and_two_missing_to_the_joint_decision():
    played = Played()
    three = ("0000001;Агеева;Анна;2;21;РБ", "0000002;Белов;Борис;2;21;РФ", "0000003;Ван;Вера;2;22;КНР")
    played.bring(HEAD + "\r\n".join([*three, "0000004;Гусь;Глеб;2;22;РБ"]))
    head = HEAD.replace("\r\n", ";Факультет\r\n")
    done = played.bring(
        f"{head}0000001;Агеева;Анна;2;29;РБ;{played.faculty.code}\r\n0000002;Белов;Борис;2;21;РФ;{played.other.code}"
    )
    (moved, *missing) = done.context["questions"]
    assert moved["said"] == f"is at “{played.other}” in the file"
    form = played.client.get(moved["url"]).context["form"]
    assert form["faculty"].value() == str(played.other.pk)
    assert [question["person"] for question in missing] == [person("0000003").pk, person("0000004").pk]
    assert done.context["vanished"] == 2
    assert f'href="{reverse("roster-vanished", args=[done.context["roster"].pk])}"' in done.content.decode()
