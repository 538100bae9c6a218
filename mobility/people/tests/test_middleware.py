"""The second factor at every door, and the person's language."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client
from django.urls import reverse

from mobility.people.models import RoleKind

from .factories import DeputyFactory, RoleFactory, UserFactory
from .test_sign_in import PASSWORD, is_signed_in, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _second_factor(settings):
    settings.SECOND_FACTOR_REQUIRED = True


PRIVILEGED = [RoleKind.DEANS_OFFICE, RoleKind.IR_OFFICER, RoleKind.RECTOR, RoleKind.ADMINISTRATOR]


def code_of(secret: str) -> str:
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def with_app(person) -> str:
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


@pytest.mark.parametrize("kind", PRIVILEGED)
@pytest.mark.parametrize("door", ["home", "account", "admin:index", "email-change", "account_change_password"])
def test_without_it_no_door_opens_to_those_in_office(client, kind, door):
    person = RoleFactory(kind=kind, person__password=PASSWORD).person
    sign_in(client, person.email)
    path = reverse(door)
    assert client.get(path)["Location"] == f"{reverse('mfa_index')}?next={path.replace('/', '%2F')}"
    assert client.post(path)["Location"] == f"{reverse('mfa_index')}?next={path.replace('/', '%2F')}"


def test_a_deputy_of_those_in_office_needs_it_too(client):
    deputy = DeputyFactory(role__kind=RoleKind.RECTOR, person__password=PASSWORD)
    sign_in(client, deputy.person.email)
    assert client.get(reverse("account"))["Location"].startswith(reverse("mfa_index"))


@pytest.mark.parametrize("kind", [RoleKind.STUDENT, RoleKind.TEACHING_STAFF, RoleKind.HEAD_OF_DEPARTMENT])
def test_others_need_none(client, kind):
    person = RoleFactory(kind=kind, person__password=PASSWORD).person
    sign_in(client, person.email)
    assert client.get(reverse("account")).status_code == 200


@pytest.mark.django_db(transaction=True)  # the package tells that a factor is added when that is committed
def test_adding_an_app_opens_all_doors_at_once(client):
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    sign_in(client, person.email)
    secret = client.get(reverse("mfa_activate_totp")).context["form"].secret
    added = client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    assert added["Location"] == reverse("mfa_view_recovery_codes")
    doors = ["mfa_view_recovery_codes", "account", "admin:index"]
    assert [client.get(reverse(door)).status_code for door in doors] == [200, 200, 200]


def test_with_it_the_password_alone_opens_nothing(client):
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    secret = with_app(person)
    assert sign_in(client, person.email)["Location"] == reverse("mfa_authenticate")
    assert not is_signed_in(client)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert client.get(reverse("admin:index")).status_code == 200


def test_a_code_works_once(client):
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    code = code_of(with_app(person))
    for browser in (client, Client()):
        sign_in(browser, person.email)
        browser.post(reverse("mfa_authenticate"), {"code": code})
    assert is_signed_in(client)
    assert not is_signed_in(browser)


def test_codes_are_guessed_six_times_at_most(client):
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    secret = with_app(person)
    sign_in(client, person.email)
    for _number in range(6):
        client.post(reverse("mfa_authenticate"), {"code": "000000"})
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    assert not is_signed_in(client)


def test_a_session_from_before_the_factor_must_show_it(client):
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    sign_in(client, person.email)
    secret = with_app(person)
    assert client.get(reverse("account"))["Location"].startswith(reverse("mfa_reauthenticate"))
    client.post(reverse("mfa_reauthenticate"), {"code": code_of(secret), "next": reverse("account")})
    assert client.get(reverse("account")).status_code == 200


@pytest.mark.parametrize(
    "door",
    [
        "mfa_index",
        "mfa_activate_totp",
        "mfa_add_webauthn",
        "mfa_view_recovery_codes",
        "mfa_download_recovery_codes",
        "mfa_generate_recovery_codes",
    ],
)
def test_the_password_adds_no_second_factor_beside_the_one_that_is_there(client, door):
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    sign_in(client, person.email)
    with_app(person)
    RecoveryCodes.activate(person)
    for method in (client.get, client.post):
        assert method(reverse(door))["Location"].startswith(reverse("mfa_reauthenticate"))


def test_a_recovery_code_stands_in_for_the_app(client):
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    with_app(person)
    codes = RecoveryCodes.activate(person).get_unused_codes()
    sign_in(client, person.email)
    client.post(reverse("mfa_authenticate"), {"code": codes[0]})
    assert client.get(reverse("account")).status_code == 200


def test_the_last_factor_stays_while_the_role_asks_for_one(client):
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    secret = with_app(person)
    sign_in(client, person.email)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    client.post(reverse("mfa_deactivate_totp"))
    assert Authenticator.objects.filter(user=person, type="totp").count() == 1


def test_the_admin_has_no_door_of_its_own(client):
    login = client.get(reverse("admin:login"), {"next": reverse("admin:index")})
    assert login["Location"].startswith(reverse("account_login"))
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    posted = client.post(reverse("admin:login"), {"username": person.email, "password": PASSWORD})
    assert posted["Location"].startswith(reverse("account_login"))
    assert not is_signed_in(client)


def test_the_sample_may_switch_it_off_and_says_so(client, settings):
    settings.SECOND_FACTOR_REQUIRED = False
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    assert "The second factor is switched off." in client.get(reverse("account_login")).content.decode()
    sign_in(client, person.email)
    assert client.get(reverse("admin:index")).status_code == 200


def test_it_costs_no_query_once_shown(client, django_assert_num_queries):
    person = UserFactory(password=PASSWORD)
    secret = with_app(person)
    sign_in(client, person.email)
    client.post(reverse("mfa_authenticate"), {"code": code_of(secret)})
    client.get(reverse("account-about-me"))
    with django_assert_num_queries(3):  # session, person, and roles for the tabs
        client.get(reverse("account-about-me"))


@pytest.mark.parametrize(("chosen", "greeting"), [("ru", "Language"), ("be", "Language")])
def test_the_persons_choice_goes_before_the_browsers(client, chosen, greeting):
    person = UserFactory(language=chosen)
    client.force_login(person)
    response = client.get(reverse("account"), HTTP_ACCEPT_LANGUAGE="en")
    assert response["Content-Language"] == chosen


def test_a_choice_made_while_signed_in_is_kept(client):
    person = UserFactory()
    client.force_login(person)
    client.post(reverse("language"), {"language": "be"})
    person.refresh_from_db()
    assert person.language == "be"
