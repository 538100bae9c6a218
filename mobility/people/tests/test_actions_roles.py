from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from mobility.journal.models import Event
from mobility.people import actions
from mobility.people.models import Deputy, Role, RoleKind

from .factories import DepartmentFactory, DeputyFactory, FacultyFactory, RoleFactory, UserFactory

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)
FIRST, LAST = date(2026, 9, 1), date(2027, 8, 31)


@pytest.fixture
def administrator():
    return RoleFactory(kind=RoleKind.ADMINISTRATOR).person


def events(event: str) -> list[tuple]:
    return list(Event.objects.filter(event=event).values_list("actor", "within_object", "reason"))


class Refused:
    """`with Refused("code")`: a ValidationError with exactly this code."""

    def __init__(self, code: str) -> None:
        self.code = code

    def __enter__(self):
        return self

    def __exit__(self, kind, error, trace) -> bool:
        assert isinstance(error, ValidationError), "not refused"
        assert [one.code for one in error.error_list] == [self.code]
        return True


def grant(person, by, **fields) -> Role:
    return actions.grant_role(person=person, by=by, at=AT, **{"starts": FIRST, "ends": LAST, **fields})


def test_a_role_is_given_and_journalled(administrator):
    faculty, person = FacultyFactory(), UserFactory()
    role = grant(person, administrator, kind=RoleKind.DEANS_OFFICE, faculty=faculty, signs=True, reason="Order 17")
    kept = Role.objects.get(person=person)
    assert (kept, kept.faculty, kept.signs, kept.granted_by, kept.granted_at) == (
        role,
        faculty,
        True,
        administrator,
        AT,
    )
    assert events("role-granted") == [(administrator.pk, str(person.pk), "Order 17")]


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": RoleKind.DEANS_OFFICE},
        {"kind": RoleKind.HEAD_OF_DEPARTMENT},
        {"kind": RoleKind.RECTOR, "signs": True},
        {"kind": RoleKind.RECTOR, "starts": LAST, "ends": FIRST},
        {"kind": "king"},
    ],
)
def test_a_role_that_makes_no_sense_is_refused_in_words(administrator, fields):
    with pytest.raises(ValidationError):
        grant(UserFactory(), administrator, **fields)
    assert events("role-granted") == []


def test_the_same_role_twice_is_refused_in_words(administrator):
    role = grant(UserFactory(), administrator, kind=RoleKind.RECTOR)
    with pytest.raises(ValidationError, match="some of these days already"):
        grant(role.person, administrator, kind=RoleKind.RECTOR)


def test_a_role_ends_with_its_deputies(administrator):
    role = grant(UserFactory(), administrator, kind=RoleKind.RECTOR)
    present = DeputyFactory(role=role, starts=date(2026, 11, 1), ends=LAST)
    DeputyFactory(role=role, starts=date(2027, 7, 1), ends=LAST)
    actions.end_role(role=role, last_day=date(2026, 12, 31), by=administrator, reason="Left")
    role.refresh_from_db()
    assert role.ends == date(2026, 12, 31)
    assert list(Deputy.objects.values_list("pk", "ends")) == [(present.pk, date(2026, 12, 31))]
    assert events("role-ended") == [(administrator.pk, str(role.person_id), "Left")]


def test_a_role_does_not_end_before_it_starts(administrator):
    role = grant(UserFactory(), administrator, kind=RoleKind.RECTOR)
    with Refused("ends-before-it-starts"):
        actions.end_role(role=role, last_day=date(2026, 8, 31), by=administrator)


def test_ending_does_not_prolong(administrator):
    role = grant(UserFactory(), administrator, kind=RoleKind.RECTOR)
    with Refused("ends-earlier-already"):
        actions.end_role(role=role, last_day=date(2027, 9, 1), by=administrator)


def test_somebody_stays_administrator(administrator):
    own = administrator.role_grants.get()
    with Refused("last-administrator"):
        actions.end_role(role=own, last_day=date(2026, 11, 23), by=administrator)
    RoleFactory(kind=RoleKind.ADMINISTRATOR, person__is_active=False)
    with Refused("last-administrator"):
        actions.end_role(role=own, last_day=date(2026, 11, 23), by=administrator)
    RoleFactory(kind=RoleKind.ADMINISTRATOR)
    assert actions.end_role(role=own, last_day=date(2026, 11, 23), by=administrator).ends == date(2026, 11, 23)


def appoint(role, by, person=None, starts=FIRST, ends=LAST) -> Deputy:
    return actions.appoint_deputy(role=role, person=person or UserFactory(), starts=starts, ends=ends, by=by, at=AT)


def test_a_deputy_is_appointed_and_journalled():
    role = RoleFactory(kind=RoleKind.RECTOR)
    deputy = appoint(role, role.person)
    assert (deputy.role, deputy.appointed_by, deputy.appointed_at) == (role, role.person, AT)
    assert events("deputy-appointed") == [(role.person_id, str(deputy.person_id), "")]


@pytest.mark.parametrize("kind", [RoleKind.STUDENT, RoleKind.TEACHING_STAFF, RoleKind.ADMINISTRATOR])
def test_only_offices_have_deputies(kind):
    role = RoleFactory(kind=kind)
    with Refused("no-office"):
        appoint(role, role.person)


def test_nobody_is_their_own_deputy():
    role = RoleFactory(kind=RoleKind.RECTOR)
    with Refused("own-deputy"):
        appoint(role, role.person, person=role.person)


def test_a_blocked_person_is_no_deputy():
    role = RoleFactory(kind=RoleKind.RECTOR)
    with Refused("blocked"):
        appoint(role, role.person, person=UserFactory(is_active=False))


@pytest.mark.parametrize(("starts", "ends"), [(date(2026, 8, 31), LAST), (FIRST, date(2027, 9, 1))])
def test_a_deputy_acts_within_the_roles_days(starts, ends):
    role = RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT, department=DepartmentFactory(), starts=FIRST, ends=LAST)
    with Refused("outside-the-role"):
        appoint(role, role.person, starts=starts, ends=ends)


def test_a_deputy_is_dismissed_from_a_day_on():
    deputy = DeputyFactory(starts=FIRST, ends=LAST)
    actions.dismiss_deputy(deputy=deputy, last_day=date(2026, 12, 1), by=deputy.role.person)
    deputy.refresh_from_db()
    assert deputy.ends == date(2026, 12, 1)
    with Refused("ends-earlier-already"):
        actions.dismiss_deputy(deputy=deputy, last_day=date(2026, 12, 2), by=deputy.role.person)


def test_a_deputy_who_has_not_begun_never_does():
    deputy = DeputyFactory(starts=LAST, ends=LAST)
    actions.dismiss_deputy(deputy=deputy, last_day=FIRST, by=deputy.role.person)
    assert list(Deputy.objects.all()) == []
    assert events("deputy-dismissed") == [(deputy.role.person_id, str(deputy.person_id), "")]
