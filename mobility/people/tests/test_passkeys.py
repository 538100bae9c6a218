"""Passkeys in a real browser, with an authenticator that the browser plays itself."""

import pytest
from allauth.mfa import app_settings
from allauth.mfa.webauthn import forms as webauthn
from allauth.utils import get_form_class
from django.urls import reverse

from mobility.people.forms.doors import CredentialField
from mobility.people.models import RoleKind, User

from .factories import RoleFactory, UserFactory
from .test_sign_in import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def passkeys(page):
    """Makes the browser behave as on a phone that knows its owner."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasResidentKey": True,
        "hasUserVerification": True,
        "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})


def test_a_passkey_is_added_and_opens_the_admin_by_itself(page, site, passkeys, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    page.goto(site + reverse("account_login"))
    page.get_by_label("E-mail or record-book number").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Let me sign in with this passkey alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.context.clear_cookies()
    page.goto(site + reverse("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(site + "/")
    page.goto(site + reverse("admin:index"))
    assert page.title().startswith("Administration")
    assert User.objects.get(pk=person.pk).last_login is not None


UNREADABLE = ["9" * 5000, "[" * 100_000, "{", "{}", '{"id": 1}', '{"rawId": "AA", "response": {}}']


@pytest.mark.parametrize("credential", UNREADABLE, ids=lambda text: text[:9])
def test_what_is_no_credential_opens_nothing(client, credential):
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": credential})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))


@pytest.mark.parametrize("credential", UNREADABLE, ids=lambda text: text[:9])
def test_what_is_no_credential_is_not_added(client, credential):
    sign_in(client, UserFactory(password=PASSWORD).email)
    client.get(reverse("mfa_add_webauthn"))
    answer = client.post(reverse("mfa_add_webauthn"), {"credential": credential, "name": "Key"})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["credential"])


def test_each_form_of_a_passkey_reads_it_so():
    kinds = ["LoginWebAuthnForm", "AuthenticateWebAuthnForm", "ReauthenticateWebAuthnForm", "AddWebAuthnForm"]
    names = ["login_webauthn", "authenticate_webauthn", "reauthenticate_webauthn", "add_webauthn"]
    found = [get_form_class(app_settings.FORMS, name, None) for name in names]
    assert [isinstance(form.base_fields["credential"], CredentialField) for form in found] == [True] * 4
    assert [issubclass(form, getattr(webauthn, kind)) for form, kind in zip(found, kinds, strict=True)] == [True] * 4
