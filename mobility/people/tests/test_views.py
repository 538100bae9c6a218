import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mobility.people import actions
from mobility.people.models import Deputy, Invitation, Role, RoleKind, User
from mobility.people.views.people import PeopleList
from mobility.post.models import Letter

from .factories import (
    DeputyFactory,
    FacultyFactory,
    RoleFactory,
    StaffProfileFactory,
    StudentFactory,
    UniversityFactory,
    UserFactory,
)
from .test_sign_in import PASSWORD, is_signed_in, sign_in, told

pytestmark = pytest.mark.django_db
NEW = {"password": "five cows by the river", "password_again": "five cows by the river"}


@pytest.fixture
def administrator(client):
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    sign_in(client, person.email)
    return person


@pytest.fixture
def office(client):
    role = RoleFactory(kind=RoleKind.DEANS_OFFICE, person__password=PASSWORD)
    sign_in(client, role.person.email)
    return role


def said(response) -> list[str]:
    return [str(message) for message in response.context["messages"]]


# --- ways in


def test_a_letters_link_sets_the_password_and_closes(client, administrator):
    person = UserFactory()
    invited = client.post(reverse("person-invite", args=[person.pk]), follow=True)
    assert said(invited) == [f"An invitation is on its way to {person.email}. Its link opens for 7 days."]
    client.logout()
    link = re.search(r"http://localhost:8000(/\S+)", Letter.objects.get().text)[1]
    assert client.post(link, NEW)["Location"] == reverse("account_login")
    assert client.get(link).status_code == 410
    sign_in(client, person.email, NEW["password"])
    assert is_signed_in(client)


def test_a_slip_opens_an_account_once(client, administrator):
    UniversityFactory()
    person = UserFactory(email=None, record_book="1712045")
    page = client.post(reverse("slip-list"), {"person": [person.pk]})
    code = page.context["slips"][0]["code"]
    assert code in page.content.decode()
    client.logout()
    data = {"sign_in_name": " 1712045", "code": code.lower().replace("-", " "), **NEW}
    assert client.post(reverse("slip-accept"), data)["Location"] == reverse("account_login")
    assert client.post(reverse("slip-accept"), data).status_code == 200
    sign_in(client, "1712045", NEW["password"])
    assert is_signed_in(client)


def test_a_slip_tells_strangers_nothing(client, administrator):
    person = UserFactory(email=None, record_book="1712045")
    client.post(reverse("slip-list"), {"person": [person.pk]})
    client.logout()
    answers = [
        client.post(reverse("slip-accept"), {"sign_in_name": name, "code": "2222-2222-2222", **NEW})
        for name in ("1712045", "0000000")
    ]
    assert re.sub("0000000", "1712045", told(answers[1])[1]) == told(answers[0])[1]


def test_a_slips_code_is_guessed_six_times_at_most(client, administrator):
    person = UserFactory(email=None, record_book="1712045")
    code = client.post(reverse("slip-list"), {"person": [person.pk]}).context["slips"][0]["code"]
    client.logout()
    for _number in range(6):
        client.post(reverse("slip-accept"), {"sign_in_name": "1712045", "code": "2222-2222-2222", **NEW})
    client.post(reverse("slip-accept"), {"sign_in_name": "1712045", "code": code, **NEW})
    assert not User.objects.get(pk=person.pk).has_usable_password()


@pytest.mark.parametrize(
    ("password", "again", "code"),
    [("short", "short", "password_too_short"), (NEW["password"], "another password", "passwords-differ")],
)
def test_a_first_password_is_checked(client, administrator, password, again, code):
    invitation_of = UserFactory()
    actions.invite(person=invitation_of, by=administrator, at=timezone.now())
    link = re.search(r"http://localhost:8000(/\S+)", Letter.objects.get().text)[1]
    form = client.post(link, {"password": password, "password_again": again}).context["form"]
    assert [error.code for errors in form.errors.as_data().values() for error in errors] == [code]


def test_an_office_gives_ways_in_to_mere_students_of_its_faculty(client, office):
    own = StudentFactory(student__faculty=office.faculty)
    foreign = StudentFactory()
    also_administrator = StudentFactory(student__faculty=office.faculty)
    RoleFactory(person=also_administrator, kind=RoleKind.ADMINISTRATOR)
    soon_in_office = StudentFactory(student__faculty=office.faculty)
    RoleFactory(person=soon_in_office, kind=RoleKind.IR_OFFICER, starts="2090-01-01")
    acting_rector = StudentFactory(student__faculty=office.faculty)
    DeputyFactory(person=acting_rector)
    people = [own, foreign, also_administrator, soon_in_office, acting_rector, office.person]
    assert [client.get(reverse("person-invite", args=[one.pk])).status_code for one in people] == [200] + [404] * 5
    page = client.post(reverse("slip-list"), {"person": [one.pk for one in people]})
    assert [slip["person"] for slip in page.context["slips"]] == [own]


def test_slips_are_confirmed_with_names_first(client, office):
    students = [StudentFactory(student__faculty=office.faculty) for _number in range(3)]
    page = client.get(reverse("slip-list"), {"person": [one.pk for one in students]})
    assert set(page.context["people"]) == set(students)
    assert Invitation.objects.count() == 0


def test_only_a_press_prints_slips(client, office):
    student = StudentFactory(student__faculty=office.faculty)
    assert client.head(reverse("slip-list"), {"person": [student.pk]}).status_code == 200
    assert Invitation.objects.count() == 0


def test_an_open_session_alone_prints_no_slips(client, office, time_machine):
    student = StudentFactory(student__faculty=office.faculty)
    time_machine.move_to(timezone.now() + timedelta(minutes=5, seconds=1), tick=False)
    asked = client.post(reverse("slip-list"), {"person": [student.pk]})
    assert asked["Location"].startswith(reverse("account_reauthenticate"))
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("typed", ["9" * 30, "9" * 5000, "٣", "-1", "a\0"])
def test_slips_for_nobody_are_not_found(client, office, typed):
    assert client.post(reverse("slip-list"), {"person": [typed]}).status_code == 404


# --- my account


def test_my_account_shows_roles_and_deputies(client, office):
    deputy = DeputyFactory(role=office)
    acting = DeputyFactory(person=office.person)
    context = client.get(reverse("account")).context
    assert (context["own_roles"], list(context["deputies"]), list(context["deputyships"])) == (
        [office],
        [deputy],
        [acting],
    )


def test_i_change_my_passport_name_and_language(client, office):
    data = {"latin_family_name": "Novik", "latin_given_name": "Anna", "language": "be", "email": "x@example.org"}
    assert client.post(reverse("account-about-me"), data)["Location"] == reverse("account")
    person = User.objects.get(pk=office.person_id)
    assert (person.latin_name, person.language, person.email) == ("Novik Anna", "be", office.person.email)


def test_my_new_email_waits_for_the_letter(client, office):
    sent = client.post(reverse("email-change"), {"email": "new@example.org"}, follow=True)
    assert said(sent) == [
        "A letter is on its way to new@example.org. Open its link within 24 hours to change your e-mail."
    ]
    link = re.search(r"http://localhost:8000(/\S+)", Letter.objects.get().text)[1]
    client.get(link)
    assert User.objects.get(pk=office.person_id).email == office.person.email
    assert said(client.post(link, follow=True)) == ["Your e-mail is new@example.org now. Sign in with it."]
    assert said(client.post(link, follow=True)) == ["This link is used or out of date. Ask for a new one."]


# --- roles


def test_an_administrator_gives_and_ends_a_role(client, administrator):
    person, faculty = UserFactory(), FacultyFactory()
    data = {"kind": "deans-office", "faculty": faculty.pk, "signs": "on", "starts": "2026-09-01", "reason": "Order 17"}
    assert client.post(reverse("role-grant", args=[person.pk]), data)["Location"] == person.get_absolute_url()
    role = Role.objects.get(person=person)
    assert (role.faculty, role.signs, role.granted_by) == (faculty, True, administrator)
    client.post(reverse("role-end", args=[role.pk]), {"last_day": "2026-10-31", "reason": ""})
    role.refresh_from_db()
    assert str(role.ends) == "2026-10-31"


def test_a_role_that_cannot_be_is_told_at_the_form(client, administrator):
    role = RoleFactory(kind=RoleKind.RECTOR)
    page = client.post(reverse("role-grant", args=[role.person_id]), {"kind": "rector", "starts": "2026-09-01"})
    assert page.context["form"].non_field_errors() == ["This person has this role on some of these days already."]
    again = client.post(reverse("role-grant", args=[role.person_id]), {"kind": "deans-office", "starts": "2026-09-01"})
    assert again.context["form"].non_field_errors() == ["A dean's office is of one faculty; other roles have none."]


def test_the_last_administrator_is_told_why_not(client, administrator):
    own = administrator.role_grants.get()
    page = client.post(reverse("role-end", args=[own.pk]), {"last_day": "2026-12-31"})
    assert page.context["form"].non_field_errors() == [
        "Nobody would be administrator afterwards. Give the role to someone else first."
    ]


def test_i_appoint_and_dismiss_my_deputy(client, office):
    person = StaffProfileFactory().person
    data = {"person": person.email.upper(), "starts": "2026-12-01", "ends": "2026-12-31"}
    assert client.post(reverse("deputy-appoint", args=[office.pk]), data)["Location"] == reverse("account")
    deputy = Deputy.objects.get()
    assert (deputy.person, deputy.role, deputy.appointed_by) == (person, office, office.person)
    client.post(reverse("deputy-dismiss", args=[deputy.pk]), {"last_day": "2026-11-30"})
    assert Deputy.objects.count() == 0


def test_a_student_is_no_deputy_and_the_answer_is_that_for_nobody(client, office):
    path = reverse("deputy-appoint", args=[office.pk])
    for name in (StudentFactory().email, "nobody@example.org"):
        answer = client.post(path, {"person": name, "starts": "2026-12-01", "ends": "2026-12-31"})
        assert answer.context["form"].errors == {"person": ["No member of staff signs in with this name."]}


def test_a_deputy_appoints_no_deputy(client):
    deputy = DeputyFactory(person__password=PASSWORD)
    sign_in(client, deputy.person.email)
    assert client.get(reverse("deputy-appoint", args=[deputy.role_id])).status_code == 404


# --- people


def test_the_list_shows_a_faculty_its_own_students(client, office):
    own = StudentFactory(student__faculty=office.faculty, student__group="1401")
    StudentFactory()
    rows = client.get(reverse("person-list")).context["list"].rows
    assert {int(row["pk"]) for row in rows} == {own.pk, office.person_id}
    assert next(row for row in rows if int(row["pk"]) == own.pk)["place"] == f"{office.faculty.short_name} · 4 · 1401"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"search": "wang"}, {"student"}),
        ({"role": "rector"}, {"rector"}),
        ({"course_year": "5"}, {"student"}),
        ({"group": "77"}, {"student"}),
        ({"never_signed_in": "on"}, {"student", "rector", "teacher"}),
    ],
)
def test_the_list_is_filtered(client, administrator, asked, found):
    people = {
        "student": StudentFactory(latin_family_name="Wang", student__course_year=5, student__group="77"),
        "rector": RoleFactory(kind=RoleKind.RECTOR).person,
        "teacher": StaffProfileFactory().person,
    }
    rows = client.get(reverse("person-list"), asked).context["list"].rows
    assert {int(row["pk"]) for row in rows} == {people[name].pk for name in found}


def test_those_searched_for_come_by_pages_in_the_order_of_names(client, administrator, monkeypatch):
    monkeypatch.setattr(PeopleList, "page_size", 2)
    for name in ("Зуева", "Аксёнова", "Мороз"):
        UserFactory(family_name=name, given_name="Вероника")
    client.force_login(administrator)
    pages = [client.get(reverse("person-list"), {"search": "вероника", "page": page}) for page in (1, 2)]
    names = [[row["name"].split()[0] for row in page.context["list"].rows] for page in pages]
    assert names == [["Аксёнова", "Зуева"], ["Мороз"]]
    turned = client.get(reverse("person-list"), {"search": "вероника", "sort": "-name"}).context["list"].rows
    assert [row["name"].split()[0] for row in turned] == ["Мороз", "Зуева"]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_asks_as_much_for_many(client, administrator, django_assert_num_queries, count):
    StudentFactory.create_batch(count)
    client.get(reverse("person-list"))
    with django_assert_num_queries(6):  # session, person, roles, count, rows, faculties to filter by
        client.get(reverse("person-list"))


def test_a_person_is_blocked_with_a_reason(client, administrator):
    person = UserFactory()
    assert client.post(reverse("person-block", args=[person.pk]), {"reason": ""}).context["form"].errors["reason"]
    client.post(reverse("person-block", args=[person.pk]), {"reason": "Left"})
    assert not User.objects.get(pk=person.pk).is_active
    client.post(reverse("person-unblock", args=[person.pk]), {"reason": "Back"})
    assert User.objects.get(pk=person.pk).is_active


def test_one_blocks_oneself_not(client, administrator):
    assert client.get(reverse("person-block", args=[administrator.pk])).status_code == 404


def test_a_persons_page_has_its_history(client, administrator):
    person = UserFactory()
    client.post(reverse("person-block", args=[person.pk]), {"reason": "Left"})
    page = client.get(reverse("history", args=["people", "user", person.pk]))
    assert "Sign-in blocked" in page.content.decode()
