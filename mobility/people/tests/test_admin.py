from datetime import timedelta

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import timezone

from mobility.journal.models import Event
from mobility.people import actions
from mobility.people.models import Invitation, RoleKind, User
from mobility.post.models import Letter

from .factories import (
    DepartmentFactory,
    RoleFactory,
    StaffProfileFactory,
    StudentFactory,
    UniversityFactory,
    UserFactory,
)
from .test_sign_in import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
LISTS = ["user", "role", "faculty", "department", "university", "calendarday"]


@pytest.fixture
def administrator(client):
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR).person
    client.force_login(person)
    return person


@pytest.mark.parametrize("name", LISTS)
def test_a_list_asks_at_most_ten_times_however_long(client, administrator, django_assert_max_num_queries, name):
    UniversityFactory()
    StudentFactory.create_batch(3)
    StaffProfileFactory.create_batch(3)
    RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT, department=DepartmentFactory())
    with django_assert_max_num_queries(10):
        assert client.get(reverse(f"admin:people_{name}_changelist")).status_code == 200


@pytest.mark.parametrize(("text", "found"), [("yolkin", 1), ("ёлкин пётр", 1), ("iвaнoв", 0)])
def test_people_are_found_across_scripts(client, administrator, text, found):
    StudentFactory(family_name="Ёлкин", given_name="Пётр", latin_family_name="Yolkin")
    page = client.get(reverse("admin:people_user_changelist"), {"q": text})
    assert page.context["cl"].result_count == found
    roles = client.get(reverse("admin:people_role_changelist"), {"q": text})
    assert roles.context["cl"].result_count == found


def test_people_are_filtered_by_todays_role(client, administrator):
    StudentFactory()
    page = client.get(reverse("admin:people_user_changelist"), {"role": "administrator"})
    assert list(page.context["cl"].queryset) == [administrator]


def test_a_new_person_has_no_password_yet(client, administrator):
    no_profiles = {
        f"{profile}-{count}": "0" for profile in ("student", "staff") for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    data = {"family_name": "王", "given_name": "伟", "email": "wang@example.org", **no_profiles}
    assert client.post(reverse("admin:people_user_add"), data).status_code == 302
    person = User.objects.get(email="wang@example.org")
    assert (person.has_usable_password(), person.is_staff) == (False, False)


@pytest.mark.parametrize("name", ["user", "role", "university"])
def test_what_must_stay_cannot_be_deleted(client, administrator, name):
    UniversityFactory()
    rows = {"user": administrator.pk, "role": administrator.role_grants.get().pk, "university": 1}
    assert client.get(reverse(f"admin:people_{name}_delete", args=[rows[name]])).status_code == 403


def test_an_ir_officer_finds_no_people_there(client):
    client.force_login(RoleFactory(kind=RoleKind.IR_OFFICER).person)
    assert client.get(reverse("admin:index")).status_code == 200
    assert client.get(reverse("admin:people_user_changelist")).status_code == 403


def test_the_doors_own_tables_are_not_for_hands():
    assert {model._meta.app_label for model in admin.site._registry} & {
        "account",
        "auth",
        "mfa",
        "usersessions",
    } == set()


def details(person, **changes):
    no_profiles = {
        f"{profile}-{count}": "0" for profile in ("student", "staff") for count in ("TOTAL_FORMS", "INITIAL_FORMS")
    }
    return {"family_name": person.family_name, "email": person.email, **no_profiles, **changes}


def test_a_new_email_is_told_to_the_old_address_and_closes_what_was_sent_there(client, administrator):
    person = UserFactory(email="old@example.org")
    invitation = actions.invite(person=person, by=administrator, at=timezone.now())
    Letter.objects.all().delete()
    page = reverse("admin:people_user_change", args=[person.pk])
    assert client.post(page, details(person, given_name="Anna")).status_code == 302
    assert (Letter.objects.count(), Invitation.objects.get().closed_at) == (0, None)
    assert client.post(page, details(person, email="New@example.org")).status_code == 302
    assert User.objects.get(pk=person.pk).email == "new@example.org"
    assert Letter.objects.get().recipient == "old@example.org"
    assert not Invitation.objects.open_at(timezone.now()).filter(pk=invitation.pk).exists()
    assert Event.objects.values_list("actor", "object").get(event="email-changed") == (administrator.pk, str(person.pk))


@pytest.mark.parametrize("page", ["add", "change"])
def test_an_open_session_alone_changes_nobody(client, page, time_machine):
    administrator = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    sign_in(client, administrator.email)
    path = reverse(f"admin:people_user_{page}", args=[administrator.pk] if page == "change" else [])
    assert client.get(path).status_code == 200
    time_machine.move_to(timezone.now() + timedelta(minutes=5, seconds=1), tick=False)
    for method in (client.get, client.post):
        assert method(path)["Location"].startswith(reverse("account_reauthenticate"))


@pytest.mark.parametrize("lookup", ["password__startswith", "password", "password__regex"])
def test_a_passwords_hash_is_not_asked_for(client, administrator, lookup):
    assert client.get(reverse("admin:people_user_changelist"), {lookup: "argon2"}).status_code == 400
