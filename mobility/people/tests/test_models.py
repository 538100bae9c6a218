from datetime import date, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils import timezone, translation

from mobility.people.models import Role, RoleKind, University, User

from .factories import (
    DepartmentFactory,
    DeputyFactory,
    FacultyFactory,
    RoleFactory,
    UniversityFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db


def refusing(constraint: str):
    return pytest.raises(IntegrityError, match=constraint)


def test_sign_in_names_are_kept_in_one_case():
    person = UserFactory(email=" Anna.Novik@Example.ORG", record_book="a-17 ")
    assert (person.email, person.record_book) == ("anna.novik@example.org", "A-17")


def test_the_database_itself_refuses_a_second_spelling_of_an_email():
    UserFactory(email="anna@example.org")
    with refusing("email_in_small_letters"):
        User.objects.bulk_create([User(email="Anna@example.org", family_name="Новик")])


def test_many_people_may_have_no_email_and_no_record_book():
    assert [UserFactory(email="", record_book="").email for _number in range(2)] == [None, None]


def test_a_record_book_number_cannot_pass_for_an_email():
    with refusing("record_book_is_no_email"):
        UserFactory(record_book="anna@example.org")


def test_a_person_has_a_name():
    with refusing("person_has_a_name"):
        UserFactory(family_name="")


def test_names_are_composed_however_they_come_in():
    decomposed, composed = "Зайцев И\u0306орг", "Зайцев Йорг"
    UserFactory(family_name=decomposed)
    User.objects.bulk_create([User(family_name=decomposed)])
    User.objects.update(given_name=decomposed)
    assert set(User.objects.values_list("family_name", "given_name")) == {(composed, composed)}


def test_a_person_sorts_by_their_own_alphabet():
    for name in ["Яновіч", "Ёлкин", "Елисеев", "Жук", "Ільін", "Иванов", "Йонас", "Ўладзіслаў", "Ушаков", "Zimmer"]:
        UserFactory(family_name=name, given_name="")
    assert list(User.objects.values_list("family_name", flat=True)) == [
        "Zimmer",
        "Елисеев",
        "Ёлкин",
        "Жук",
        "Иванов",
        "Ільін",
        "Йонас",
        "Ўладзіслаў",
        "Ушаков",
        "Яновіч",
    ]


@pytest.mark.parametrize(
    "text", ["Ёлкин", "елкин", "ЁЛКИН пётр", "petr yolk", "О’Коннор", "book 00017", "王伟", "@nagasaki"]
)
def test_a_search_goes_through_every_script(text):
    found = UserFactory(
        family_name="Ёлкин О’Коннор 王伟",
        given_name="Пётр",
        latin_family_name="Yolkin",
        latin_given_name="Petr",
        email="yolkin@nagasaki.example.org",
        record_book="book-00017",
    )
    UserFactory(family_name="Иванов", latin_family_name="Ivanov")
    assert list(User.objects.search(text)) == [found]


def test_two_rows_of_the_university_cannot_be():
    UniversityFactory()
    University(name_en="Second").save()
    assert list(University.objects.values_list("pk", "name_en")) == [(1, "Second")]
    with refusing("one_university"):
        University.objects.bulk_create([University(pk=2)])


def test_names_follow_the_reader_and_fall_back_to_english():
    faculty = FacultyFactory(name_en="Pharmacy", name_ru="Фармацевтический факультет", short_name_en="Pharm")
    with translation.override("ru"):
        assert (str(faculty), faculty.short_name) == ("Фармацевтический факультет", "Pharm")


@pytest.mark.parametrize(
    ("fields", "constraint"),
    [
        ({"kind": "deans-office", "faculty": None}, "faculty_for_deans_office_only"),
        ({"kind": "head-of-department", "department": None}, "department_for_its_head_only"),
        ({"kind": "ir-officer", "signs": True}, "only_a_dean_signs"),
        ({"ends": date(2020, 8, 31)}, "role_ends_after_it_starts"),
        ({"kind": "king"}, "role_is_known"),
    ],
)
def test_the_database_refuses_a_role_that_makes_no_sense(fields, constraint):
    with refusing(constraint):
        RoleFactory(**fields)


def test_the_same_role_is_held_once_at_a_time():
    first = RoleFactory(starts=date(2026, 9, 1), ends=date(2027, 8, 31))
    RoleFactory(person=first.person, starts=date(2027, 9, 1))
    with pytest.raises(ValidationError, match="has this role on some of these days already"):
        Role(person=first.person, kind=first.kind, starts=date(2026, 1, 1), granted_at=timezone.now()).full_clean()
    with refusing("same_role_once_at_a_time"):
        RoleFactory(person=first.person, starts=date(2027, 8, 31), ends=date(2027, 8, 31))


def test_one_person_may_work_for_two_faculties():
    person = UserFactory()
    both = [RoleFactory(person=person, kind=RoleKind.DEANS_OFFICE) for _number in range(2)]
    assert all(person.holds(RoleKind.DEANS_OFFICE, faculty=role.faculty) for role in both)


def test_a_role_counts_from_its_first_day_through_its_last():
    role = RoleFactory(starts=date(2026, 9, 1), ends=date(2026, 9, 30))
    days = [date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30), date(2026, 10, 1)]
    assert [role.person.roles_on(day) == [role] for day in days] == [False, True, True, False]


@time_machine.travel("2026-09-30 21:30 +0000", tick=False)  # half past midnight in Minsk
def test_a_role_that_ended_yesterday_gives_nothing_today():
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, ends=date(2026, 9, 30)).person
    assert (person.roles, person.is_staff, person.has_perm("people.change_user")) == ([], False, False)


def test_someone_who_may_not_sign_in_holds_nothing():
    role = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__is_active=False)
    assert role.person.roles == []


def test_a_role_is_held_for_its_own_faculty_or_department_only():
    role = RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT)
    own, other = role.department, DepartmentFactory()
    assert [role.person.holds(RoleKind.HEAD_OF_DEPARTMENT, department=place) for place in (own, other)] == [True, False]


def test_a_deputy_acts_in_the_role_on_their_days():
    deputy = DeputyFactory(starts=date(2026, 7, 1), ends=date(2026, 7, 31))
    days = [date(2026, 6, 30), date(2026, 7, 1), date(2026, 7, 31), date(2026, 8, 1)]
    assert [deputy.person.roles_on(day) == [deputy.role] for day in days] == [False, True, True, False]


def test_a_deputy_acts_no_longer_than_the_role_lasts():
    today = timezone.localdate()
    deputy = DeputyFactory(role__kind=RoleKind.RECTOR, role__ends=today - timedelta(days=1))
    assert deputy.person.holds(RoleKind.RECTOR) is False


def test_several_deputies_do_not_double_a_role(django_assert_num_queries):
    role = RoleFactory(kind=RoleKind.RECTOR)
    DeputyFactory.create_batch(2, role=role)
    with django_assert_num_queries(1):
        assert role.person.roles == [role]
        assert [role.person.holds(kind) for kind in (RoleKind.RECTOR, RoleKind.STUDENT)] == [True, False]


def test_rights_in_the_admin_follow_roles():
    administrator = RoleFactory(kind=RoleKind.ADMINISTRATOR).person
    officer = RoleFactory(kind=RoleKind.IR_OFFICER).person
    dean = RoleFactory(kind=RoleKind.DEANS_OFFICE).person
    asked = ["people.change_user", "partners.add_institution"]
    assert [person.is_staff for person in (administrator, officer, dean)] == [True, True, False]
    assert [[person.has_perm(perm) for perm in asked] for person in (administrator, officer, dean)] == [
        [True, True],
        [False, True],
        [False, False],
    ]
