"""The doors themselves: who gets in, what they tell, and how often one may try."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from mobility.people.models import User
from mobility.people.tasks import answer_forgotten_password
from mobility.post.models import Letter

from .factories import UserFactory

pytestmark = pytest.mark.django_db
PASSWORD = "four horses in a field"


@pytest.fixture
def person():
    return UserFactory(email="anna@example.org", record_book="1712045", password=PASSWORD)


def sign_in(client, name, password=PASSWORD, **address):
    return client.post(reverse("account_login"), {"login": name, "password": password}, **address)


def is_signed_in(client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("name", ["anna@example.org", " Anna@Example.ORG ", "1712045"])
def test_one_field_takes_email_and_record_book_number(client, person, name):
    assert sign_in(client, name)["Location"] == reverse("home")
    assert client.session["_auth_user_id"] == str(person.pk)
    assert EmailAddress.objects.count() == 0


def test_whoever_may_not_sign_in_is_a_stranger(client, person):
    User.objects.update(is_active=False)
    blocked = sign_in(client, person.email)
    stranger = sign_in(client, "nobody@example.org")
    assert not is_signed_in(client)
    assert told(blocked) == told(stranger)


def test_blocking_ends_open_sessions(client, person):
    sign_in(client, person.email)
    User.objects.update(is_active=False)
    assert client.get(reverse("account")).status_code == 302


def told(response) -> tuple[int, str]:
    """The page without what differs each time: the form's token, the nonce and what was typed."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "", response.content.decode())
    return response.status_code, re.sub(r'name="(login|email)" value="[^"]*"', "", text)


def test_a_wrong_password_and_a_wrong_name_are_told_alike(client, person):
    assert told(sign_in(client, person.email, "wrong password")) == told(sign_in(client, "nobody@example.org"))


@pytest.mark.parametrize("name", ["anna@example.org", "1712045", "nobody@example.org", "000"])
def test_each_failure_costs_one_hash(client, person, monkeypatch, name):
    hashed = []
    encode = MD5PasswordHasher.encode
    monkeypatch.setattr(MD5PasswordHasher, "encode", lambda *args: hashed.append(1) or encode(*args))
    sign_in(client, name, "wrong password")
    assert len(hashed) == 1


def test_a_failure_asks_the_database_as_much_for_a_stranger(client, person, django_assert_num_queries):
    sign_in(client, "first@example.org")  # warms what is asked once
    with django_assert_num_queries(queries_of(client, "nobody@example.org")):
        sign_in(client, person.email, "wrong password")


def queries_of(client, name) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as captured:
        sign_in(client, name)
    return len(captured)


def test_the_sixth_failure_is_the_last_for_five_minutes(client, person, time_machine):
    time_machine.move_to("2026-11-23 10:00 +0300", tick=False)
    for _number in range(6):
        sign_in(client, person.email, "wrong password")
    assert "Wait five minutes" in sign_in(client, person.email).content.decode()
    time_machine.shift(timedelta(minutes=5, seconds=1))
    sign_in(client, person.email)
    assert is_signed_in(client)


def test_failures_count_against_the_account_whatever_name_was_used(client, person):
    for name in ("anna@example.org", "ANNA@example.org", "1712045") * 2:
        sign_in(client, name, "wrong password")
    assert "Wait five minutes" in sign_in(client, "1712045").content.decode()


def test_the_wait_does_not_tell_whether_there_is_an_account(client, person):
    for name in ("anna@example.org", "nobody@example.org"):
        for _number in range(6):
            sign_in(client, name, "wrong password")
    assert told(sign_in(client, "anna@example.org")) == told(sign_in(client, "nobody@example.org"))


def test_others_behind_the_same_address_are_not_locked_out(person):
    """A campus within a minute, one of whom forgot his password: the package by itself lets 30 try."""
    for _number in range(8):
        sign_in(Client(), person.email, "wrong password", REMOTE_ADDR="192.0.2.1")
    for number in range(60):
        UserFactory(email=None, record_book=f"{number:06}", password=PASSWORD)
    students = [Client() for _number in range(60)]
    for number, student in enumerate(students):
        sign_in(student, f"{number:06}", REMOTE_ADDR="192.0.2.1")
    assert sum(map(is_signed_in, students)) == 60


def test_a_success_does_not_count(client, person):
    for _number in range(8):
        assert sign_in(Client(), person.email).status_code == 302


def test_the_session_gets_a_new_key(client, person):
    client.get(reverse("home"))
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client, person.email)
    assert client.session.session_key != before


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example", "javascript:alert(1)", "/\\evil.example"]
)
def test_nobody_is_sent_to_another_site(client, person, target):
    response = client.post(reverse("account_login"), {"login": person.email, "password": PASSWORD, "next": target})
    assert response["Location"] == reverse("home")


def test_one_comes_back_where_one_wanted_to_go(client, person):
    wanted = client.get(reverse("account"))["Location"]
    assert wanted == f"{reverse('account_login')}?next={reverse('account')}"
    response = client.post(wanted, {"login": person.email, "password": PASSWORD, "next": reverse("account")})
    assert response["Location"] == reverse("account")


def test_nobody_registers_by_themselves(client):
    assert [client.get(f"/account/{path}/").status_code for path in ("signup", "sign-up")] == [404, 404]


def test_a_forgotten_password_is_answered_alike_and_by_the_worker(client, person):
    for email in ("anna@example.org", "nobody@example.org"):
        response = client.post(reverse("account_reset_password"), {"email": email})
        assert response["Location"] == reverse("account_reset_password_done")
    assert Letter.objects.count() == 0


def test_the_workers_letter_opens_once(client, person):
    answer_forgotten_password.call("Anna@example.org")
    answer_forgotten_password.call("nobody@example.org")
    letter = Letter.objects.get()
    assert (letter.recipient, letter.secret) == ("anna@example.org", True)
    link = re.search(r"http://\S+", letter.text)[0].removeprefix("http://localhost:8000")
    page = client.get(link, follow=True)
    set_page = page.redirect_chain[-1][0]
    new = {"password1": "five cows by the river", "password2": "five cows by the river"}
    assert client.post(set_page, new).status_code == 302
    assert "no longer works" in Client().get(link).content.decode()
    sign_in(client, person.email, "five cows by the river")
    assert is_signed_in(client)
    assert Letter.objects.exclude(pk=letter.pk).get().subject == "Your account was changed"


def test_a_new_password_closes_other_sessions(client, person):
    other = Client()
    sign_in(client, person.email)
    sign_in(other, person.email)
    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": "five cows by the river", "password2": "five cows by the river"},
    )
    assert [one.get(reverse("account")).status_code for one in (client, other)] == [200, 302]


def test_an_open_session_does_not_serve_to_guess_the_password(client, person):
    sign_in(client, person.email)
    data = {"oldpassword": "wrong", "password1": "five cows by the river", "password2": "five cows by the river"}
    for _number in range(6):
        client.post(reverse("account_change_password"), data)
    right = client.post(reverse("account_change_password"), {**data, "oldpassword": PASSWORD})
    assert right.status_code == 200
    assert User.objects.get().check_password(PASSWORD)


@pytest.mark.parametrize("weak", ["short", "anna@example.org", "password123", "1234567890"])
def test_weak_passwords_are_refused(client, person, weak):
    sign_in(client, person.email)
    data = {"oldpassword": PASSWORD, "password1": weak, "password2": weak}
    assert client.post(reverse("account_change_password"), data).status_code == 200


def test_an_act_that_matters_asks_again_after_five_minutes(client, person, time_machine):
    time_machine.move_to("2026-11-23 10:00 +0300", tick=False)
    sign_in(client, person.email)
    assert client.get(reverse("email-change")).status_code == 200
    time_machine.shift(timedelta(minutes=5, seconds=1))
    asked = client.get(reverse("email-change"))
    assert asked["Location"] == f"{reverse('account_reauthenticate')}?next={reverse('email-change')}".replace(
        "next=/account/email/", "next=%2Faccount%2Femail%2F"
    )
    back = client.post(asked["Location"], {"password": PASSWORD, "next": reverse("email-change")})
    assert back["Location"] == reverse("email-change")


def test_letters_to_new_addresses_are_not_sent_without_end(client, person):
    sign_in(client, person.email)
    statuses = [
        client.post(reverse("email-change"), {"email": f"new{number}@example.org"}).status_code for number in range(6)
    ]
    assert statuses == [302] * 5 + [429]
    assert Letter.objects.count() == 5


def test_one_signs_out_by_a_press_only(client, person):
    sign_in(client, person.email)
    client.get(reverse("account_logout"))
    assert is_signed_in(client)
    client.post(reverse("account_logout"))
    assert not is_signed_in(client)


def test_open_sessions_can_be_closed(client, person):
    other = Client()
    sign_in(client, person.email)
    sign_in(other, person.email)
    client.post(reverse("usersessions_list"))
    assert [one.get(reverse("account")).status_code for one in (client, other)] == [200, 302]


def test_the_session_ends_after_a_working_day(client, person, time_machine):
    time_machine.move_to("2026-11-23 08:00 +0300", tick=False)
    sign_in(client, person.email)
    time_machine.shift(timedelta(hours=12, minutes=1))
    assert client.get(reverse("account")).status_code == 302
    assert timezone.localtime().hour == 20
