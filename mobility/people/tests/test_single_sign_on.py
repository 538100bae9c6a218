"""The university's own accounts are loaded where they are configured, and nowhere else."""

import json
import os
import subprocess
import sys

SAID = """
import json, sys
import django
django.setup()
from django.conf import settings
from django.urls import get_resolver
get_resolver().url_patterns
print(json.dumps({
    "apps": [app for app in settings.INSTALLED_APPS if app.startswith("allauth.social")],
    "names": sorted(name for name in get_resolver().reverse_dict if isinstance(name, str) and name.endswith("_login")),
    "form-action": settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"],
    "saml is loaded": "onelogin" in sys.modules,
}))
"""
OIDC = {
    "MOBILITY_OIDC_ISSUER": "https://id.example/realms/staff",
    "MOBILITY_OIDC_CLIENT": "m",
    "MOBILITY_OIDC_SECRET": "s",
}
SAML = {
    "MOBILITY_SAML_ISSUER": "urn:example",
    "MOBILITY_SAML_URL": "https://saml.example/in",
    "MOBILITY_SAML_CERTIFICATE": "x",
}


def settled(variables: dict[str, str]) -> dict:
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "mobility.settings"} | variables
    return json.loads(subprocess.check_output([sys.executable, "-c", SAID], env=environment, text=True))


def test_nothing_is_loaded_where_nothing_is_configured():
    assert settled({}) == {
        "apps": [],
        "names": ["account_login"],
        "form-action": ["'self'"],
        "saml is loaded": False,
    }


def test_openid_connect_leads_to_its_issuer():
    assert settled(OIDC) == {
        "apps": ["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"],
        "names": ["account_login", "openid_connect_login"],
        "form-action": ["'self'", "https://id.example"],
        "saml is loaded": False,
    }


def test_saml_leads_to_its_provider():
    said = settled(SAML)
    assert (said["names"], said["form-action"]) == (
        ["account_login", "saml_login"],
        ["'self'", "https://saml.example"],
    )


def test_both_together():
    said = settled(OIDC | SAML)
    assert said["names"] == ["account_login", "openid_connect_login", "saml_login"]
    assert said["apps"].count("allauth.socialaccount") == 1


UNREACHABLE = """
import django
django.setup()
from allauth.core.exceptions import ImmediateHttpResponse
from mobility.people.single_sign_on import ProvidersSession, SingleSignOnAdapter
try:
    ProvidersSession().get("http://127.0.0.1:1/")
except ImmediateHttpResponse as answer:
    print(answer.response["Location"], SingleSignOnAdapter().is_open_for_signup(None, None))
"""


def test_a_provider_that_does_not_answer_is_told_and_strangers_stay_outside():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "mobility.settings"} | OIDC
    said = subprocess.check_output([sys.executable, "-c", UNREACHABLE], env=environment, text=True)
    assert said == "/account/single-sign-on/login/error/ False\n"
