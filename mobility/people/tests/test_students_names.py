"""A student's sort name is the person's, kept by the database whatever writes either of them."""

import pytest

from mobility.journal.models import Event
from mobility.people.models import StudentProfile, User

from .factories import StudentFactory

pytestmark = pytest.mark.django_db


def sort_name(student):
    return StudentProfile.objects.values_list("sort_name", flat=True).get(person=student.pk)


def test_a_new_student_sorts_by_the_persons_name():
    student = StudentFactory(family_name="Ёлкин", given_name="Олег", patronymic="Я")
    assert sort_name(student) == User.objects.get(pk=student.pk).sort_name == "елкин олег я"


def test_a_new_name_is_the_students_too():
    student = StudentFactory(family_name="Ёлкин", given_name="Олег", patronymic="Я")
    User.objects.filter(pk=student.pk).update(family_name="Аист")
    assert sort_name(student) == "аист олег я"


def test_a_profile_that_was_read_before_does_not_bring_the_old_name_back():
    student = StudentFactory(family_name="Ёлкин", given_name="Олег", patronymic="Я")
    profile = StudentProfile.objects.get(person=student.pk)
    User.objects.filter(pk=student.pk).update(family_name="Аист")
    profile.save()
    assert sort_name(student) == "аист олег я"


def test_the_journal_keeps_the_name_once():
    student = StudentFactory(family_name="Ёлкин", given_name="Олег", patronymic="Я")
    before = Event.objects.filter(model="people.studentprofile").count()
    User.objects.filter(pk=student.pk).update(family_name="Аист")
    assert Event.objects.filter(model="people.studentprofile").count() == before
