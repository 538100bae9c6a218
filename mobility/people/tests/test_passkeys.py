"""Passkeys in a real browser, with an authenticator that the browser plays itself."""

import pytest
from django.urls import reverse

from mobility.people.models import RoleKind, User

from .factories import RoleFactory
from .test_sign_in import PASSWORD

pytestmark = pytest.mark.django_db(transaction=True)


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


def test_a_passkey_is_added_and_opens_the_admin_by_itself(page, live_server, passkeys, settings):
    settings.SECOND_FACTOR_REQUIRED = True
    settings.MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = True
    person = RoleFactory(kind=RoleKind.ADMINISTRATOR, person__password=PASSWORD).person
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_label("E-mail or record-book number").fill(person.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("Let me sign in with this passkey alone").check()
    page.get_by_role("button", name="Add the passkey").click()
    page.wait_for_url("**/recovery-codes/")
    page.context.clear_cookies()
    page.goto(live_server.url + reverse("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(live_server.url + "/")
    page.goto(live_server.url + reverse("admin:index"))
    assert page.title().startswith("Administration")
    assert User.objects.get(pk=person.pk).last_login is not None
