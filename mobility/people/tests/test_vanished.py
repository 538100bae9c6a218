"""Whom a roster left out: many decided at once, each with who, when and why."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from mobility.journal.models import Event
from mobility.people import actions
from mobility.people.models import Faculty, Role, RoleKind, StudentLeave, StudentProfile

from .factories import FacultyFactory, RoleFactory, RosterFactory, StudentFactory, StudentLeaveFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, tzinfo=UTC)
DAY = date(2026, 11, 1)


class Left:
    """An imported roster that left out three students of a faculty and one of another."""

    def __init__(self):
        self.faculty = FacultyFactory()
        self.office = RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=self.faculty).person
        names = ("Агеева", "Белова", "Власова")
        self.people = [StudentFactory(family_name=name, student__faculty=self.faculty) for name in names]
        self.foreign = StudentFactory(student__faculty=FacultyFactory())
        asked = [["vanished", person.pk, ""] for person in (*self.people, self.foreign)]
        self.roster = RosterFactory(imported=True, faculty=self.faculty, open_questions=asked)
        self.client = Client()
        self.client.force_login(self.office)
        self.path = reverse("roster-vanished", args=[self.roster.pk])

    def decide(self, people, decision, **how):
        return actions.decide_vanished(
            roster=self.roster,
            people=[person.pk for person in people],
            faculties=Faculty.objects.filter(pk=self.faculty.pk),
            decision=decision,
            by=self.office,
            at=AT,
            **({"since": DAY, "reason": "Order 12"} | how),
        )

    def data(self, people, decision):
        return {
            "people": [person.pk for person in people],
            "decision": decision,
            "since": "2026-11-01",
            "reason": "Order 12",
        }

    def waiting(self):
        return [one["person"] for one in self.client.get(self.roster.get_absolute_url()).context["questions"]]


@pytest.fixture
def left():
    return Left()


def test_one_decision_is_everybodys_own(left):
    first, second, third = left.people
    assert left.decide([first, second], "expelled") == 2
    found = StudentProfile.objects.filter(status="expelled", status_since=DAY, status_by=left.office)
    assert set(found.values_list("person", flat=True)) == {first.pk, second.pk}
    assert {role.ends for role in Role.objects.filter(person__in=[first, second])} == {date(2026, 10, 31)}
    told = Event.objects.filter(event="status-decided").values_list("within_object", "actor", "reason")
    assert set(told) == {(str(person.pk), left.office.pk, "Order 12") for person in (first, second)}
    assert left.waiting() == [third.pk]


def test_leave_is_given_to_many_and_settles_the_question(left):
    left.decide(left.people[:2], "on-leave")
    found = StudentLeave.objects.values_list("person", "kind", "starts", "ends")
    assert set(found) == {(person.pk, "academic", DAY, None) for person in left.people[:2]}
    assert left.waiting() == [left.people[2].pk]


def test_who_is_left_as_they_are_is_asked_about_no_more(left):
    left.decide(left.people, "left")
    assert not StudentProfile.objects.exclude(status="studying").exists()
    assert left.waiting() == []
    told = Event.objects.filter(event="left-as-is").values_list("within_object", "reason")
    assert set(told) == {(str(person.pk), "Order 12") for person in left.people}


def test_all_or_nobody_and_nobody_twice(left):
    left.decide(left.people[:1], "expelled")
    for people in (left.people[:2], [], [left.foreign]):
        with pytest.raises(ValidationError) as refusal:
            left.decide(people, "graduated")
        assert refusal.value.code == "decided-meanwhile"
    assert not StudentProfile.objects.filter(status="graduated").exists()


def test_a_leave_over_another_is_told_by_name_and_given_to_nobody(left):
    StudentLeaveFactory(person=left.people[1], starts=date(2027, 2, 1), ends=date(2027, 8, 31))
    with pytest.raises(ValidationError) as refusal:
        left.decide(left.people, "on-leave")
    assert refusal.value.messages == ["Белова Иван: The student is on leave on some of these days already."]
    assert StudentLeave.objects.count() == 1


def test_count_and_names_come_before_the_decision(left):
    answer = left.client.get(left.path)
    assert [label for _pk, label in answer.context["form"].fields["people"].choices] == [
        "Агеева Иван · 4, 1401",
        "Белова Иван · 4, 1401",
        "Власова Иван · 4, 1401",
    ]
    assert answer.content.decode().count(" checked") == 0
    assert left.client.get(left.path, {"all": ""}).content.decode().count(" checked") == 3
    data = left.data(left.people[:2], "graduated")
    shown = left.client.post(left.path, data)
    assert (shown.context["form"].names, shown.context["data"]["decision"]) == (
        ["Агеева Иван · 4, 1401", "Белова Иван · 4, 1401"],
        "graduated",
    )
    assert not StudentProfile.objects.filter(status="graduated").exists()
    done = left.client.post(left.path, data | {"confirmed": 1}, follow=True)
    assert [str(message) for message in done.context["messages"]] == ["2 students are decided."]
    assert StudentProfile.objects.filter(status="graduated").count() == 2
    again = left.client.post(left.path, data | {"confirmed": 1})
    assert list(again.context["form"].errors) == ["people"]


def test_nobody_decides_for_another_faculty(left):
    other = RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=FacultyFactory()).person
    client = Client()
    client.force_login(other)
    assert client.post(left.path, left.data(left.people, "expelled") | {"confirmed": 1}).status_code == 404
    assert left.client.post(left.path, left.data([left.foreign], "expelled") | {"confirmed": 1}).status_code == 200
    assert not StudentProfile.objects.filter(status="expelled").exists()
