from datetime import date

import pytest
from django.contrib.auth.hashers import check_password
from django.db import connection, transaction

from mobility.people.models import CalendarDay, Deputy, Faculty, Role, RoleKind, StudentProfile, University, User
from mobility.people.tests.factories import UserFactory
from mobility.sample import load
from mobility.sample.rows import PASSWORD
from mobility.staff.models import AnnualPlan

from .season import TODAY, Season

GUESTS = 18  # who come to us, without an account

pytestmark = pytest.mark.django_db


def fill(*, students=60, seed=1):
    load.load(seed=seed, students=students, day=TODAY)


def everything():
    with transaction.atomic():
        fill()
        people = list(
            User.objects.order_by("code").values_list(
                "code", "email", "record_book", "password", "sort_name", "latin_family_name", "language", "created_at"
            )
        )
        roles = list(Role.objects.order_by("person__code", "kind").values_list("person__code", "kind", "starts"))
        profiles = list(StudentProfile.objects.order_by("person__code").values_list("group", "citizenship"))
        transaction.set_rollback(True)
    return people, roles, profiles


def test_the_same_seed_and_day_give_the_same_rows():
    assert everything() == everything()


class LoadedTests(Season):
    students = 300

    def test_the_university_stands_whole(self):
        assert University.objects.current().short_name_ru == "БГМУ"
        assert [faculty.code for faculty in Faculty.objects.all()] == [
            *["general", "pediatrics", "dentistry", "preventive", "pharmacy", "international", "military"]
        ]
        assert Faculty.objects.get(code="dentistry").departments.count() == 8
        assert not CalendarDay.objects.exceptions()[date(2026, 4, 20)]
        assert CalendarDay.objects.exceptions()[date(2026, 4, 25)]
        assert User.objects.count() == 300 + 7 + 7 * 2 + 72 * 4 + GUESTS

    def test_every_role_has_its_people(self):
        kinds = {kind: User.objects.holding(kind, on=TODAY).count() for kind in RoleKind.values}
        assert kinds == {
            RoleKind.STUDENT: 300,
            RoleKind.TEACHING_STAFF: 288,
            RoleKind.HEAD_OF_DEPARTMENT: 72,
            RoleKind.DEANS_OFFICE: 14,
            RoleKind.IR_OFFICER: 4,
            RoleKind.RECTOR: 2,
            RoleKind.ADMINISTRATOR: 1,
        }
        assert Role.objects.filter(signs=True).count() == 7

    def test_the_vice_rector_acts_for_two_weeks(self):
        deputy = Deputy.objects.get()
        assert (deputy.person.email, deputy.role.kind) == ("vice-rector@bsmu.example", RoleKind.RECTOR)
        assert (deputy.starts, deputy.ends) == (TODAY, date(2026, 12, 7))

    def test_everybody_shares_a_password_but_those_who_wait_for_a_slip(self):
        assert check_password(PASSWORD, User.objects.get(email="ir@bsmu.example").password)
        waiting = User.objects.filter(password__startswith="!")
        assert waiting.count() > 5
        assert not waiting.exclude(email=None).exists()
        assert set(User.objects.filter(last_login=None)) == set(waiting)

    def test_it_is_known_as_a_sample(self):
        assert load.is_here()

    def test_the_plans_of_three_years_are_there(self):
        assert AnnualPlan.objects.count() == 3


def test_an_empty_database_is_no_sample():
    assert not load.is_here()


def test_it_never_mixes_into_another_university():
    UserFactory()
    with pytest.raises(load.NotEmptyError):
        fill()
    assert (User.objects.count(), Faculty.objects.count()) == (1, 0)


def test_the_number_of_statements_does_not_follow_the_number_of_people():
    """It follows the applications, which are as many; who of them wins and answers differs a little with the people."""
    few, many = (statements(students=number) for number in (700, 1400))
    assert abs(many - few) < few // 10


def statements(*, students):
    asked = []
    with connection.execute_wrapper(counting(asked)), transaction.atomic():
        fill(students=students)
        transaction.set_rollback(True)
    return len(asked)


def counting(asked):
    """Django's own record of statements forgets all but the last thousands."""

    def wrapper(execute, sql, *rest):
        asked.append(None)
        return execute(sql, *rest)

    return wrapper
