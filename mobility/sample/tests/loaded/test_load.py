from datetime import date

from django.contrib.auth.hashers import check_password

from mobility.people.models import CalendarDay, Deputy, Faculty, Role, RoleKind, University, User
from mobility.sample import load
from mobility.sample.rows import PASSWORD
from mobility.staff.models import AnnualPlan

GUESTS = 18  # who come to us, without an account


def test_the_university_stands_whole():
    assert University.objects.current().short_name_ru == "БГМУ"
    assert [faculty.code for faculty in Faculty.objects.all()] == [
        *["general", "pediatrics", "dentistry", "preventive", "pharmacy", "international", "military"]
    ]
    assert Faculty.objects.get(code="dentistry").departments.count() == 8
    assert not CalendarDay.objects.exceptions()[date(2026, 4, 20)]
    assert CalendarDay.objects.exceptions()[date(2026, 4, 25)]
    assert User.objects.count() == 700 + 7 + 7 * 2 + 72 * 4 + GUESTS


def test_every_role_has_its_people(season):
    kinds = {kind: User.objects.holding(kind, on=season).count() for kind in RoleKind.values}
    assert kinds == {
        RoleKind.STUDENT: 700,
        RoleKind.TEACHING_STAFF: 288,
        RoleKind.HEAD_OF_DEPARTMENT: 72,
        RoleKind.DEANS_OFFICE: 14,
        RoleKind.IR_OFFICER: 4,
        RoleKind.RECTOR: 2,
        RoleKind.ADMINISTRATOR: 1,
    }
    assert Role.objects.filter(signs=True).count() == 7


def test_the_vice_rector_acts_for_two_weeks(season):
    deputy = Deputy.objects.get()
    assert (deputy.person.email, deputy.role.kind) == ("vice-rector@bsmu.example", RoleKind.RECTOR)
    assert (deputy.starts, deputy.ends) == (season, date(2026, 12, 7))


def test_everybody_shares_a_password_but_those_who_wait_for_a_slip():
    assert check_password(PASSWORD, User.objects.get(email="ir@bsmu.example").password)
    waiting = User.objects.filter(password__startswith="!")
    assert waiting.count() > 5
    assert not waiting.exclude(email=None).exists()
    assert set(User.objects.filter(last_login=None)) == set(waiting)


def test_it_is_known_as_a_sample():
    assert load.is_here()


def test_the_plans_of_three_years_are_there():
    assert AnnualPlan.objects.count() == 3
