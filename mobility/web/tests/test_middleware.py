import json
import logging

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse

from mobility.web.logs import JsonFormatter

STRICT = {
    "default-src 'none'",
    "base-uri 'none'",
    "connect-src 'self'",
    "font-src 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "img-src 'self' data:",
    "manifest-src 'self'",
    "script-src 'self'",
    "style-src 'self'",
}


def policy(response):
    return set(response["Content-Security-Policy"].split("; "))


@pytest.fixture
def person(db):
    return get_user_model().objects.create(email="hanna@example.org", family_name="Kavaliova", given_name="Hanna")


@pytest.fixture
def lines():
    """What the log writes, as it is written."""

    class Kept(logging.Handler):
        def emit(self, record):
            written.append(json.loads(self.format(record)))

    written = []
    handler = Kept()
    handler.setFormatter(JsonFormatter())
    logging.getLogger("mobility").addHandler(handler)
    yield written
    logging.getLogger("mobility").removeHandler(handler)


@pytest.fixture
def root_lines(lines):
    """Also what the framework writes about a request."""
    (handler,) = [one for one in logging.getLogger("mobility").handlers if type(one).__name__ == "Kept"]
    for name in ("django.request", "django.security.csrf"):
        logging.getLogger(name).addHandler(handler)
    yield lines
    for name in ("django.request", "django.security.csrf"):
        logging.getLogger(name).removeHandler(handler)


def test_each_request_is_a_line_without_its_query(client, lines):
    response = client.get(reverse("help"), {"name": "Kavaliova"})
    (line,) = lines
    assert {name: line[name] for name in line if name not in ("at", "ms")} == {
        "level": "info",
        "logger": "mobility.requests",
        "message": "request",
        "request": response["X-Request-ID"],
        "method": "GET",
        "path": "/help/",
        "status": 200,
        "user": None,
    }


@pytest.mark.parametrize(
    ("method", "name", "arguments"),
    [
        ("get", "invitation-accept", ["x" * 43]),
        ("post", "invitation-accept", ["x" * 43]),
        ("put", "email-confirm", ["x" * 100]),
        ("get", "account_reset_password_from_key", ["1", "c" * 39]),
    ],
)
def test_no_line_holds_a_letters_token(db, method, name, arguments, root_lines):
    getattr(Client(enforce_csrf_checks=True), method)(reverse(name, args=arguments))
    assert root_lines != []
    assert arguments[-1] not in str(root_lines)


def test_addresses_else_stay_whole(client, lines):
    client.get("/static/gone.0123456789ab.css/a/people/17/")
    assert lines[-1]["path"] == "/static/gone.0123456789ab.css/a/people/17/"


def test_the_line_says_who(client, person, lines):
    client.force_login(person)
    client.get(reverse("gallery"))
    assert lines[-1]["user"] == person.pk


def test_numbers_differ(client):
    assert client.get(reverse("help"))["X-Request-ID"] != client.get(reverse("help"))["X-Request-ID"]


def test_every_answer_carries_the_guards(client):
    response = client.get(reverse("help"))
    assert {
        name: response[name]
        for name in (
            "Cross-Origin-Opener-Policy",
            "Cross-Origin-Resource-Policy",
            "Referrer-Policy",
            "X-Content-Type-Options",
            "X-Frame-Options",
        )
    } == {
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
    }
    assert "camera=()" in response["Permissions-Policy"]
    assert policy(response) == STRICT


def test_what_is_made_for_a_person_is_not_kept(client, person):
    assert "Cache-Control" not in client.get(reverse("help"))
    client.force_login(person)
    assert client.get(reverse("help"))["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/people/", "/help/", "/admin/autocomplete/"])
def test_a_nul_in_the_query_is_no_request(client, db, path):
    response = client.get(f"{path}?term=a%00b")
    assert (response.status_code, "This request cannot be read" in response.content.decode()) == (400, True)


def test_a_cookie_with_nul_is_none(client, db, settings):
    cookie = f'{settings.SESSION_COOKIE_NAME}="aaaaaaaaaa\\000"'
    assert client.get(reverse("home"), HTTP_COOKIE=cookie).status_code == 200
