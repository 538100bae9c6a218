import re
from datetime import UTC, datetime, timedelta
from threading import Barrier, Thread

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.urls import reverse

from mobility.journal.models import Event
from mobility.people import actions
from mobility.people.models import Invitation, User
from mobility.post.models import Letter

from .factories import RoleFactory, UserFactory
from .test_actions_roles import Refused
from .test_sign_in import PASSWORD, sign_in

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture
def by():
    return RoleFactory(kind="administrator").person


def event(name: str) -> tuple:
    return Event.objects.values_list("actor", "object", "reason").get(event=name)


def test_blocking_and_opening_again(by):
    person = UserFactory()
    with Refused("not-blocked"):
        actions.unblock(person=person, by=by, reason="x")
    actions.block(person=person, by=by, reason="Lost phone")
    assert not User.objects.get(pk=person.pk).is_active
    assert event("blocked") == (by.pk, str(person.pk), "Lost phone")
    with Refused("blocked-already"):
        actions.block(person=person, by=by, reason="x")
    actions.unblock(person=person, by=by, reason="Found")
    assert User.objects.get(pk=person.pk).is_active
    assert event("unblocked") == (by.pk, str(person.pk), "Found")


def test_a_lost_second_factor_is_taken_away_and_told(by):
    person = UserFactory()
    with Refused("no-second-factor"):
        actions.reset_second_factor(person=person, by=by, reason="x")
    Authenticator.objects.create(user=person, type="totp", data={})
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    actions.reset_second_factor(person=person, by=by, reason="Lost phone")
    assert Authenticator.objects.count() == 0
    assert event("second-factor-reset") == (by.pk, str(person.pk), "Lost phone")
    assert Letter.objects.get().recipient == person.email


def token_of(letter: Letter) -> str:
    return re.search(r"/account/email/([^/]+)/", letter.text)[1]


def test_an_email_changes_by_the_letter_to_the_new_address(by):
    person = UserFactory(email="old@example.org")
    actions.request_email_change(person=person, email="New@Example.org")
    letter = Letter.objects.get()
    assert (letter.recipient, letter.secret, person.email) == ("new@example.org", True, "old@example.org")
    actions.change_email(person=person, token=token_of(letter), at=AT)
    assert User.objects.get(pk=person.pk).email == "new@example.org"
    assert Letter.objects.exclude(pk=letter.pk).get().recipient == "old@example.org"
    assert event("email-changed")[:2] == (person.pk, str(person.pk))
    with Refused("closed"):
        actions.change_email(person=person, token=token_of(letter), at=AT)


def test_a_students_first_email(by):
    person = UserFactory(email=None, record_book="17")
    actions.request_email_change(person=person, email="new@example.org")
    actions.change_email(person=person, token=token_of(Letter.objects.get()), at=AT)
    assert User.objects.get(pk=person.pk).email == "new@example.org"


def test_whether_somebody_has_the_new_email_is_not_told(by):
    UserFactory(email="taken@example.org")
    person = UserFactory()
    actions.request_email_change(person=person, email="taken@example.org")
    assert Letter.objects.count() == 0


def test_an_email_that_was_taken_meanwhile_stays_theirs(by):
    person = UserFactory()
    actions.request_email_change(person=person, email="new@example.org")
    UserFactory(email="new@example.org")
    with Refused("closed"):
        actions.change_email(person=person, token=token_of(Letter.objects.get()), at=AT)


@pytest.mark.django_db(transaction=True)
def test_of_two_who_confirm_one_email_at_once_one_gets_it():
    tokens = []
    for person in (UserFactory(), UserFactory()):
        actions.request_email_change(person=person, email="new@example.org")
        tokens.append((person, token_of(Letter.objects.latest("pk"))))
    together, refused = Barrier(2, timeout=10), []

    def confirm(person, token):
        try:
            with connection.execute_wrapper(meet):
                actions.change_email(person=person, token=token, at=AT)
        except ValidationError as refusal:
            refused.append(refusal.code)
        finally:
            connection.close()

    def meet(execute, sql, params, many, context):
        """Both have found the address free before either writes."""
        if sql.startswith('UPDATE "people_user"'):
            together.wait()
        return execute(sql, params, many, context)

    threads = [Thread(target=confirm, args=pair) for pair in tokens]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == ["closed"]
    assert User.objects.filter(email="new@example.org").count() == 1


def test_the_letter_serves_the_one_who_asked(by):
    actions.request_email_change(person=UserFactory(), email="new@example.org")
    with Refused("closed"):
        actions.change_email(person=UserFactory(), token=token_of(Letter.objects.get()), at=AT)


def test_the_letter_opens_for_a_day(by, time_machine):
    time_machine.move_to("2026-11-23 10:00 +0300", tick=False)
    person = UserFactory()
    actions.request_email_change(person=person, email="new@example.org")
    time_machine.shift(timedelta(days=1, seconds=1))
    with Refused("closed"):
        actions.change_email(person=person, token=token_of(Letter.objects.get()), at=AT)


def test_the_present_email_is_no_new_one(by):
    person = UserFactory(email="anna@example.org")
    with Refused("same-email"):
        actions.request_email_change(person=person, email="Anna@example.org")


def test_the_old_address_opens_nothing_after_the_change(by):
    person, other = UserFactory(email="old@example.org"), UserFactory()
    mailed = actions.invite(person=person, by=by, at=AT)
    others = actions.invite(person=other, by=by, at=AT)
    actions.request_email_change(person=person, email="new@example.org")
    actions.change_email(person=person, token=token_of(Letter.objects.get(recipient="new@example.org")), at=AT)
    assert list(Invitation.objects.open_at(AT)) == [others]
    assert Invitation.objects.get(pk=mailed.pk).closed_at == AT


@pytest.mark.parametrize("act", [actions.block, actions.reset_second_factor])
def test_open_sessions_end_for_good(by, act):
    person, other = UserFactory(password=PASSWORD), UserFactory(password=PASSWORD)
    Authenticator.objects.create(user=person, type="recovery_codes", data={})
    browsers = [Client(), Client()]
    for browser, one in zip(browsers, [person, other], strict=True):
        sign_in(browser, one.email)
    act(person=person, by=by, reason="Lost phone")
    User.objects.update(is_active=True)
    assert [browser.get(reverse("account")).status_code for browser in browsers] == [302, 200]
