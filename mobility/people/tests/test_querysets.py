from datetime import UTC, date, datetime, timedelta

import pytest

from mobility.people import actions
from mobility.people.models import RoleKind, StudentProfile, User

from .factories import DeputyFactory, RoleFactory, StaffProfileFactory, StudentFactory, UserFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


def test_students_see_themselves_only():
    student = StudentFactory()
    StudentFactory(student__faculty=student.student.faculty)
    assert list(User.objects.visible_to(student)) == [student]


def test_a_deans_office_sees_its_own_students_only():
    office = RoleFactory(kind=RoleKind.DEANS_OFFICE)
    own = StudentFactory(student__faculty=office.faculty)
    StudentFactory()
    assert set(User.objects.visible_to(office.person)) == {office.person, own}


def test_a_head_sees_the_departments_staff_only():
    head = RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT)
    own = StaffProfileFactory(department=head.department).person
    StaffProfileFactory()
    StudentFactory()
    assert set(User.objects.visible_to(head.person)) == {head.person, own}


@pytest.mark.parametrize("kind", [RoleKind.IR_OFFICER, RoleKind.RECTOR, RoleKind.ADMINISTRATOR])
def test_the_whole_universitys_offices_see_everyone(kind):
    person = RoleFactory(kind=kind).person
    StudentFactory()
    assert User.objects.visible_to(person).count() == 2


def test_a_deputy_sees_what_the_role_sees_on_their_days(time_machine):
    office = RoleFactory(kind=RoleKind.DEANS_OFFICE)
    own = StudentFactory(student__faculty=office.faculty)
    deputy = DeputyFactory(role=office, starts=DAY, ends=DAY)
    time_machine.move_to("2026-11-23 12:00 +0300")
    assert set(User.objects.visible_to(deputy.person)) == {deputy.person, own}
    time_machine.move_to("2026-11-24 12:00 +0300")
    assert set(User.objects.visible_to(User.objects.get(pk=deputy.person.pk))) == {deputy.person}


def test_holders_are_found_with_their_deputies():
    office = RoleFactory(kind=RoleKind.DEANS_OFFICE)
    deputy = DeputyFactory(role=office, starts=DAY, ends=DAY)
    RoleFactory(kind=RoleKind.DEANS_OFFICE)
    RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=office.faculty, ends=date(2026, 11, 22))
    RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=office.faculty, person__is_active=False)
    UserFactory()
    found = User.objects.holding(RoleKind.DEANS_OFFICE, on=DAY, faculty=office.faculty)
    assert set(found) == {office.person, deputy.person}
    assert set(User.objects.holding(RoleKind.DEANS_OFFICE, on=date(2026, 11, 24), faculty=office.faculty)) == {
        office.person
    }


def test_the_first_administrator_comes_from_the_command_line():
    person = User.objects.create_superuser(email="First@Example.org", family_name="Первый", password="x")
    assert person.holds(RoleKind.ADMINISTRATOR)
    assert User.objects.get_by_natural_key("FIRST@example.org") == person


def test_a_way_in_is_a_password_used_or_an_invitation_that_opens():
    at = datetime(2026, 11, 23, 9, tzinfo=UTC)
    by = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__last_login=at).person
    outside, invited, late, _inside = (UserFactory(last_login=last_login) for last_login in (None, None, None, at))
    actions.print_slip(person=invited, by=by, at=at)
    actions.print_slip(person=late, by=by, at=at - timedelta(days=365))
    assert set(User.objects.without_a_way_in(at)) == {outside, late}


def test_a_passport_name_has_both_parts():
    UserFactory()
    halves = {UserFactory(latin_given_name=""), UserFactory(latin_family_name="")}
    assert set(User.objects.without_passport_name()) == halves


def test_an_office_reads_the_first_it_sees_by_a_shorter_way():
    """Homonyms at the end of a page come all, whatever their status: the key decides among them."""
    role = RoleFactory(kind=RoleKind.DEANS_OFFICE, person__family_name="Яцко")
    names = [("Б", "studying"), ("А", "expelled"), ("Б", "graduated"), ("Б", "studying"), ("В", "studying")]
    for name, status in names:
        left = {} if status == "studying" else {"student__status_by": role.person, "student__status_since": DAY}
        StudentFactory(
            family_name=name, given_name="", patronymic="",
            student__faculty=role.faculty, student__status=status, **left,
        )  # fmt: skip
    StudentFactory(family_name="А")
    seen = User.objects.visible_to(role.person).order_by("sort_name", "pk")
    assert seen.count() == 6
    for until in range(1, 8):
        first = User.objects.first_of_office(role.person, until=until)
        assert list(first.order_by("sort_name", "pk")[:until]) == list(seen[:until])
    assert User.objects.first_of_office(RoleFactory(kind=RoleKind.IR_OFFICER).person, until=1) is None


@pytest.mark.parametrize("is_student_of_it", [True, False])
def test_an_office_counts_whom_it_sees_by_a_shorter_way(is_student_of_it):
    role = RoleFactory(kind=RoleKind.DEANS_OFFICE)
    StudentFactory(student__faculty=role.faculty)
    StudentFactory()
    if is_student_of_it:
        StudentProfile.objects.create(person=role.person, faculty=role.faculty, course_year=1)
    office = User.objects.get(pk=role.person_id)
    assert User.objects.count_of_office(office) == User.objects.visible_to(office).count() == 2


def test_who_is_more_than_an_office_is_counted_whole():
    role = RoleFactory(kind=RoleKind.DEANS_OFFICE)
    RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT, person=role.person)
    assert User.objects.count_of_office(User.objects.get(pk=role.person_id)) is None
