"""Plants words in what is private, then reads every page that somebody without the right can open, and looks for them.

A new private field gets a canary: plant it, and say who may meet it.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib import admin
from django.db import transaction
from django.urls import reverse

from mobility.people.tests.factories import LONG_AGO, StudentFactory, UserFactory
from mobility.post.tests.factories import LetterFactory
from partners.tests.factories import ContactFactory, InstitutionFactory

from .access import TABLE
from .access.words import ADMINISTRATOR, ANONYMOUS, IR_OFFICER, RECTOR, WHO, Place
from .pages import body

pytestmark = pytest.mark.django_db

# Lists that search, and what is typed: the beginning of a canary, so that the page does not find what it only repeats.
SEARCHES = [("person-list", "search"), ("partner-list", "q")]
WORD = "Kanareikina"


@dataclass(frozen=True)
class Canary:
    what: str
    plant: Callable[[Any], Any]
    met_by: set[str]


CANARIES = [
    Canary(
        "a student of another faculty",
        lambda faculty: StudentFactory(
            student__faculty=faculty, latin_family_name=WORD, family_name=WORD, email=f"{WORD}@example.org".lower()
        ),
        {IR_OFFICER, RECTOR, ADMINISTRATOR},
    ),
    Canary(
        "whom to write to at a partner",
        lambda _faculty: ContactFactory(person=WORD, email=f"{WORD}@example.org", phone=WORD, note=WORD),
        {IR_OFFICER, ADMINISTRATOR},
    ),
    Canary(
        "a partner in the archive, and why",
        lambda _faculty: InstitutionFactory(
            named=WORD, city=WORD, archived_at=LONG_AGO, archived_by=UserFactory(), archive_reason=WORD
        ),
        {IR_OFFICER, ADMINISTRATOR},
    ),
    Canary("a letter", lambda _faculty: LetterFactory(subject=WORD, text=WORD), {ADMINISTRATOR}),
]


KEPT_FROM = {who: hidden for who in WHO if (hidden := [canary for canary in CANARIES if who not in canary.met_by])}


@pytest.mark.parametrize("who", KEPT_FROM)
def test_nobody_meets_what_is_not_theirs(who, arrive, faculties):
    planted = [canary.plant(faculties[1]) for canary in KEPT_FROM[who]]
    me, client = arrive(who)
    about = [path for thing in planted for path in pages_about(thing)]
    met = []
    for path in [*own_pages(who, me, faculties[0]), *searches(), *about]:
        with transaction.atomic():
            if WORD.lower() in body(client.get(path)).lower():
                met.append(path)
            transaction.set_rollback(True)
    assert met == []


def own_pages(who: str, me, faculty) -> list[str]:
    return [
        reverse(name, kwargs=page.at(Place(me, faculty)) if page.at else None)
        for name, page in sorted(TABLE.items())
        if page.expected("get", who, own=True) == 200
    ]


def searches() -> list[str]:
    return [f"{reverse(name)}?{field}={WORD[:7]}&archived=on" for name, field in SEARCHES]


def pages_about(thing) -> list[str]:
    """The page of the thing itself or of what it belongs to, and its history."""
    shown = getattr(thing, "institution", thing)
    own = [shown.get_absolute_url()] if hasattr(shown, "get_absolute_url") else []
    meta = thing._meta
    return [*own, reverse("history", args=[meta.app_label, meta.model_name, thing.pk])]


def admin_page(thing) -> list[str]:
    meta = thing._meta
    name = f"admin:{meta.app_label}_{meta.model_name}_change"
    return [reverse(name, args=[thing.pk])] if type(thing) in admin.site._registry else []


@pytest.mark.parametrize("canary", CANARIES, ids=lambda canary: canary.what)
def test_the_canary_sings_where_it_may(canary, arrive, faculties):
    planted = canary.plant(faculties[1])
    _me, client = arrive(ADMINISTRATOR)
    paths = [*searches(), *pages_about(planted), *admin_page(planted)]
    heard = [path for path in paths if WORD.lower() in body(client.get(path)).lower()]
    assert heard != []


def test_anonymous_opens_pages_at_all(faculties):
    assert own_pages(ANONYMOUS, None, faculties[0]) != []
