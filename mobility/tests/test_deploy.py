"""The site as it is deployed: Django's own checks are silent, and nothing unsafe starts."""

import os
import re
import subprocess
import sys

import pytest

from .catalogues import ROOT

OF_THE_SUITE = {"TEST_DATABASE_NAME"}
PRODUCTION = {
    "PATH": os.environ["PATH"],
    "DJANGO_SECRET_KEY": "k" * 25 + "0123456789abcdefghijklmnopqrstuvwxyz",
    "MOBILITY_HOSTS": "mobility.example.org",
    "MOBILITY_URL": "https://mobility.example.org",
    "EMAIL_HOST": "mail.example.org",
    "DEFAULT_FROM_EMAIL": "mobility@example.org",
    "DATABASE_URL": "postgres://application@localhost/mobility",
    "DATABASE_OWNER_URL": "postgres://owner@localhost/mobility",
}


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    variables = {name: value for name, value in (PRODUCTION | environment).items() if value}
    command = [sys.executable, ROOT / "manage.py", *arguments]
    return subprocess.run(command, env=variables, capture_output=True, text=True, check=False, cwd=ROOT)


def test_the_deployment_check_is_silent():
    checked = manage("check", "--deploy", "--fail-level", "WARNING")
    assert (checked.returncode, checked.stdout.strip()) == (0, "System check identified no issues (0 silenced).")


@pytest.mark.parametrize(
    ("environment", "reason"),
    [
        ({"DJANGO_SECRET_KEY": ""}, "DJANGO_SECRET_KEY is not set"),
        ({"DJANGO_SECRET_KEY": "short"}, "DJANGO_SECRET_KEY is short or known to all"),
        ({"DJANGO_SECRET_KEY": "development-" + "k" * 60}, "DJANGO_SECRET_KEY is short or known to all"),
        ({"MOBILITY_HOSTS": ""}, "MOBILITY_HOSTS is not set"),
        ({"MOBILITY_HOSTS": "mobility.example.org,*"}, "MOBILITY_HOSTS answers to any name"),
        ({"MOBILITY_SECOND_FACTOR": "off"}, "MOBILITY_SECOND_FACTOR is off"),
        ({"DATABASE_URL": ""}, "DATABASE_URL is not set"),
        ({"DJANGO_SECRET_KEY": "", "MOBILITY_MODE": "production"}, "DJANGO_SECRET_KEY is not set"),
    ],
)
def test_it_refuses_to_start_unsafe(environment, reason):
    started = manage("check", **environment)
    assert started.returncode == 1
    assert f"ImproperlyConfigured: {reason}" in started.stderr


def test_cookies_and_transport_are_closed():
    names = [
        "DEBUG", "SECURE_SSL_REDIRECT", "SECURE_HSTS_SECONDS", "SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE",
        "LANGUAGE_COOKIE_SECURE", "SESSION_COOKIE_HTTPONLY", "CSRF_COOKIE_HTTPONLY", "SESSION_COOKIE_NAME",
        "CSRF_COOKIE_NAME",
    ]  # fmt: skip
    told = manage(
        "shell", "--no-imports", "-c", f"from django.conf import settings as s; print([getattr(s, n) for n in {names}])"
    )
    assert told.stdout.strip() == str(
        [False, True, 63072000, True, True, True, True, True, "__Host-sessionid", "__Host-csrftoken"]
    )


def test_every_variable_of_the_settings_is_documented():
    source = (ROOT / "mobility" / "settings.py").read_text()
    named = set(re.findall(r"""(?:required\(|environ\.get\(|environ\[)\s*"(\w+)\"""", source))
    documented = (ROOT / "docs" / "deployment.md").read_text()
    assert sorted(name for name in named - OF_THE_SUITE if f"`{name}`" not in documented) == []
