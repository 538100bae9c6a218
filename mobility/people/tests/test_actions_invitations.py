import re
from datetime import UTC, datetime, timedelta

import pytest

from mobility.journal.models import Event
from mobility.people import actions
from mobility.people.models import Invitation, RoleKind
from mobility.people.models.invitations import CODE_LETTERS, digest
from mobility.post.models import Letter

from .factories import RoleFactory, StudentFactory, UserFactory
from .test_actions_roles import Refused
from .test_rosters import Office, csv

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def by():
    return RoleFactory(kind="administrator").person


def test_an_invitation_is_mailed_and_its_secret_is_kept_nowhere(by):
    person = UserFactory(language="ru")
    invitation = actions.invite(person=person, by=by, at=AT)
    letter = Letter.objects.get()
    token = re.search(r"/account/invitation/([\w-]+)/", letter.text)[1]
    assert (letter.recipient, letter.language, letter.secret) == (person.email, "ru", True)
    assert (invitation.digest, invitation.expires_at) == (digest(token), AT + timedelta(days=7))
    assert token not in str(list(Event.objects.values_list("changes", flat=True)))
    assert Event.objects.get(event="invited").within_object == str(person.pk)


def test_a_slip_has_a_code_that_is_kept_nowhere(by):
    person = UserFactory(email=None, record_book="17")
    invitation, code = actions.print_slip(person=person, by=by, at=AT)
    assert re.fullmatch(rf"([{CODE_LETTERS}]{{4}}-){{2}}[{CODE_LETTERS}]{{4}}", code)
    assert invitation.digest == digest(f"{person.pk}:{code.replace('-', '')}")
    assert invitation.expires_at == AT + timedelta(days=30)
    assert Letter.objects.count() == 0


def test_a_newer_way_in_closes_the_older(by):
    person = UserFactory()
    first = actions.invite(person=person, by=by, at=AT)
    second, _code = actions.print_slip(person=person, by=by, at=AT + timedelta(hours=1))
    assert list(Invitation.objects.open_at(AT + timedelta(hours=1))) == [second]
    with Refused("closed"):
        actions.accept(invitation=first, password="four horses", at=AT + timedelta(hours=1))


def test_accepting_sets_the_password_once(by):
    person = UserFactory()
    invitation = actions.invite(person=person, by=by, at=AT)
    actions.accept(invitation=invitation, password="four horses", at=AT + timedelta(days=6))
    person.refresh_from_db()
    invitation.refresh_from_db()
    assert person.check_password("four horses")
    assert (invitation.accepted, invitation.closed_at) == (True, AT + timedelta(days=6))
    assert Event.objects.get(event="invitation-accepted").actor == person.pk
    with Refused("closed"):
        actions.accept(invitation=invitation, password="five cows", at=AT + timedelta(days=6))
    assert person.check_password("four horses")


def test_an_invitation_ends_by_the_clock(by):
    invitation = actions.invite(person=UserFactory(), by=by, at=AT)
    with Refused("closed"):
        actions.accept(invitation=invitation, password="four horses", at=AT + timedelta(days=7))


@pytest.mark.parametrize(
    ("fields", "act", "code"),
    [
        ({"email": None}, actions.invite, "no-email"),
        ({"email": None}, actions.print_slip, "no-sign-in-name"),
        ({"is_active": False}, actions.invite, "blocked"),
        ({"is_active": False}, actions.print_slip, "blocked"),
    ],
)
def test_some_cannot_be_invited(by, fields, act, code):
    with Refused(code):
        act(person=UserFactory(**fields), by=by, at=AT)
    assert Invitation.objects.count() == 0


@pytest.mark.parametrize("kind", [RoleKind.TEACHING_STAFF, RoleKind.ADMINISTRATOR])
def test_what_a_deans_office_opened_to_a_student_opens_no_office(by, kind):
    clerk, person = RoleFactory(kind=RoleKind.DEANS_OFFICE).person, StudentFactory()
    slip, _code = actions.print_slip(person=person, by=clerk, at=AT)
    actions.grant_role(person=person, kind=kind, starts=AT.date(), by=by, at=AT)
    with Refused("closed"):
        actions.accept(invitation=slip, password="four horses", at=AT)


def test_nor_does_it_open_a_deputys(by):
    clerk, person = RoleFactory(kind=RoleKind.DEANS_OFFICE).person, StudentFactory()
    slip, _code = actions.print_slip(person=person, by=clerk, at=AT)
    role = RoleFactory(kind=RoleKind.RECTOR)
    actions.appoint_deputy(role=role, person=person, starts=AT.date(), ends=AT.date(), by=by, at=AT)
    with Refused("closed"):
        actions.accept(invitation=slip, password="four horses", at=AT)


def test_what_an_administrator_opened_stays_open_for_a_new_role(by):
    invitation = actions.invite(person=UserFactory(), by=by, at=AT)
    actions.grant_role(person=invitation.person, kind=RoleKind.IR_OFFICER, starts=AT.date(), by=by, at=AT)
    assert list(Invitation.objects.open_at(AT)) == [invitation]


def test_a_slip_outlives_the_students_own_role(by):
    clerk, person = RoleFactory(kind=RoleKind.DEANS_OFFICE).person, UserFactory()
    slip, _code = actions.print_slip(person=person, by=clerk, at=AT)
    actions.grant_role(person=person, kind=RoleKind.STUDENT, starts=AT.date(), by=by, at=AT)
    assert list(Invitation.objects.open_at(AT)) == [slip]


def test_a_password_set_by_a_slip_is_told_by_mail(by):
    person = UserFactory()
    slip, _code = actions.print_slip(person=person, by=by, at=AT)
    actions.accept(invitation=slip, password="four horses", at=AT)
    assert (Letter.objects.get().recipient, Letter.objects.get().subject) == (person.email, "Your account was changed")


def test_what_was_mailed_to_an_address_that_a_roster_corrects_opens_no_more():
    office = Office()
    corrected, other = StudentFactory.create_batch(2, student__faculty=office.faculty)
    for person in (corrected, other):
        actions.invite(person=person, by=office.person, at=AT)
    office.bring(csv(["Зачётка", "ФИО", "E-mail"], [corrected.record_book, str(corrected), "new@example.org"]))
    assert [invitation.person for invitation in Invitation.objects.open_at(AT)] == [other]
