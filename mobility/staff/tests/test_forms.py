import pytest

from mobility.people.tests.factories import StaffProfileFactory
from mobility.staff.forms.memos import CompanionForm

pytestmark = pytest.mark.django_db


def test_a_colleague_is_chosen_or_written_and_one_of_them():
    near, far = StaffProfileFactory(), StaffProfileFactory()
    asked = {"department": near.department, "user": StaffProfileFactory(department=near.department).person}

    def asks(person, other):
        form = CompanionForm({"person": person, "other": other}, **asked)
        return (
            form.cleaned_data["person"]
            if form.is_valid()
            else [errors[0].code for errors in form.errors.as_data().values()]
        )

    assert asks(near.person.pk, "") == near.person
    assert asks("", far.person.email) == far.person
    assert asks("", "") == ["one-colleague"]
    assert asks(near.person.pk, far.person.email) == ["one-colleague"]
    assert asks("", "nobody at all") == ["nobody"]
