"""Opens every page of the access matrix as somebody who may, and looks at what all pages must be."""

from functools import cache

import pytest
from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation

from .access import TABLE
from .access.words import ANONYMOUS, WHO, Place
from .catalogues import messages_of_ours
from .pages import faults_of_headers, faults_of_markup, faults_of_policy, is_html
from .wording import read_aloud

pytestmark = pytest.mark.django_db


def first_who_may(name: str) -> list[str]:
    """Anonymous where the page is public, and the first of those signed in."""
    allowed = [who for who in WHO if TABLE[name].expected("get", who, own=True) == 200]
    return [who for who in allowed if who == ANONYMOUS] + [who for who in allowed if who != ANONYMOUS][:1]


CLOSED = "default-src 'none'; base-uri 'none'; frame-ancestors 'none'; form-action 'self'"
READABLE = [(name, who) for name in sorted(TABLE) for who in first_who_may(name)]


@pytest.mark.parametrize(("name", "who"), READABLE)
def test_a_page_carries_its_protection_and_speaks_one_language(name, who, arrive, faculties):
    me, client = arrive(who)
    page = TABLE[name]
    with translation.override("en"):
        path = reverse(name, kwargs=page.at(Place(me, faculties[0])) if page.at else None)
    assert faults_of_protection(opened(client, path), signed_in=who != ANONYMOUS) == []
    for language in ("ru", "be"):
        assert faults_of_language(opened(client, path, language), language) == []


def opened(client, path, language="en"):
    """Each time as if for the first: some pages change what they show once they were seen."""
    with transaction.atomic():
        response = client.get(path, headers={"accept-language": language})
        transaction.set_rollback(True)
    return response


def faults_of_protection(response, *, signed_in: bool) -> list[str]:
    faults = faults_of_headers(response, signed_in=signed_in)
    return faults + (faults_of_markup(response.content.decode()) if is_html(response) else [])


def faults_of_language(response, language: str) -> list[str]:
    if not is_html(response):
        return []
    met, english = response.headers["Content-Language"], english_only(language)
    faults = [] if met == language else [f"asked for {language}, met {met}"]
    return faults + [text for text in read_aloud(response.content.decode()) if text in english]


@cache
def english_only(language: str) -> set[str]:
    """Our sentences that read otherwise in the language; languages are called by their own names everywhere."""
    own_names = {str(name) for _code, name in settings.LANGUAGES}
    with translation.override(language):
        return {
            message.singular
            for message in messages_of_ours()
            if not message.plural and message.singular not in own_names
            if translation.gettext(message.singular) != message.singular
        }


@pytest.mark.parametrize(
    ("policy", "faults"),
    [
        (f"{CLOSED}; script-src 'self'", []),
        ("", ["no Content-Security-Policy"]),
        (f"{CLOSED}; script-src 'unsafe-inline'", ["script-src allows [\"'unsafe-inline'\"]"]),
    ],
)
def test_a_loose_policy_is_found(policy, faults):
    assert list(faults_of_policy(policy)) == faults


@pytest.mark.parametrize(
    "markup",
    [
        '<p style="color: red">',
        "<style>p {}</style>",
        "<script>go()</script>",
        '<a href="javascript:go()">',
        '<button onclick="go()">',
        '<img src="https://example.org/x.png">',
    ],
)
def test_inline_code_is_found(markup):
    assert len(faults_of_markup(markup)) == 1


def test_a_wrong_form_token_is_told_with_the_same_protection(db):
    response = Client(enforce_csrf_checks=True).post(reverse("language"), {"language": "ru"})
    assert response.status_code == 403
    assert faults_of_headers(response, signed_in=False) == []
    assert faults_of_markup(response.content.decode()) == []


def test_what_is_not_there_is_told_with_the_same_protection(db):
    response = Client().get("/no/such/page/")
    assert response.status_code == 404
    assert faults_of_headers(response, signed_in=False) == []
    assert faults_of_markup(response.content.decode()) == []
