import pytest
from django.core.exceptions import ValidationError

from mobility.people.finding import one_of_staff

from .factories import StaffProfileFactory, StudentFactory

pytestmark = pytest.mark.django_db


def teacher(name, **also):
    return StaffProfileFactory(person__family_name="Novik", person__given_name=name, **also).person


def code_of(text):
    with pytest.raises(ValidationError) as refusal:
        one_of_staff(text)
    return refusal.value.code


def test_one_is_found_by_words_by_the_whole_name_and_by_the_e_mail():
    ala, alaiza = teacher("Ala", person__patronymic=""), teacher("Alaiza", person__patronymic="")
    found = [one_of_staff(text) for text in ("alaiza", "novik ala", ala.email.upper())]
    assert found == [alaiza, ala, ala]


def test_many_nobody_students_and_the_blocked_are_refused():
    teacher("Ala"), teacher("Ihar")
    blocked, student = teacher("Zoya", person__is_active=False), StudentFactory()
    assert [code_of(text) for text in ("novik", "Nobody", blocked.email, student.sign_in_name)] == ["many"] + [
        "nobody"
    ] * 3
