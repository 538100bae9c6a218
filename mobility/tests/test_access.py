"""Tries every door of the site with everybody: the table is access/, the doors are those of the URLconf."""

from copy import deepcopy

import pytest
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from .access import ROOMS, TABLE
from .access.words import ANONYMOUS, DEANS_OFFICE, OWN_FACULTY, SIGN_IN, WHO, Page, Place, everyone, only
from .doors import Door, doors, outcome

pytestmark = pytest.mark.django_db

# Not by name: the admin has a rule of its own.
BY_RULE = ("admin:",)


def test_every_door_has_a_row():
    assert [
        f"{door}: add a row to the PAGES of a file in mobility/tests/access"
        for door in doors()
        if not str(door).startswith(BY_RULE) and not door.route.startswith("admin/") and door.name not in TABLE
    ] == []


def test_every_row_has_a_door():
    assert sorted(TABLE.keys() - {door.name for door in doors()}) == []


@pytest.fixture
def plain_errors(monkeypatch):
    """Most answers here are refusals: their pages, drawn elsewhere, are not drawn some thousand times more."""
    monkeypatch.setattr("mobility.web.errors.page", lambda _request, status, *_words: HttpResponse(status=status))


@pytest.mark.usefixtures("plain_errors")
@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.__name__.rpartition(".")[2])
def test_the_doors_of_a_room_open_as_its_table_says(room, arrive, faculties):
    arrived = {who: arrive(who) for who in WHO}
    assert [wrong for name in sorted(room.PAGES) for wrong in wrong_at(name, arrived, faculties)] == []


def wrong_at(name, arrived, faculties):
    """What somebody met at the door that its row does not say."""
    page = TABLE[name]
    for faculty in faculties if page.at else faculties[:1]:
        own = faculty == faculties[0]
        for who, client, path in each_at_the_door(name, arrived, faculty):
            for method in ("get", "post"):
                expected, met = page.expected(method, who, own=own), knock(client, method, path)
                if met != expected:
                    whose = f"{'own' if own else 'other'} faculty, " if page.at else ""
                    yield f"{name}: {method.upper()} {path}, {who}: {whose}expected {expected}, met {met}"


def each_at_the_door(name, arrived, faculty):
    """Who, their browser, and the path: of the same object for all whom it serves. Nothing of it stays."""
    at = TABLE[name].at
    with transaction.atomic():
        made = []
        for who, (me, client) in arrived.items():
            place = Place(me, faculty)
            path = next((path for earlier, path in made if earlier.serves(place)), None)
            if path is None:
                path = reverse(name, kwargs=at(place) if at else None)
                made.append((place, path))
            yield who, client, path
        transaction.set_rollback(True)


def knock(client: Client, method: str, path: str) -> int | str:
    """Who has just signed out stands at the next door signed in."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        response = getattr(client, method)(path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return outcome(response, path)


def test_a_door_without_a_row_is_named(settings):
    settings.ROOT_URLCONF = "mobility.tests.urls_unlisted"
    with pytest.raises(AssertionError, match="secret-list: add a row"):
        test_every_door_has_a_row()


def test_anonymous_is_sent_to_sign_in_unless_said_otherwise():
    assert Page(get=200).expected("get", ANONYMOUS, own=True) == SIGN_IN
    assert Page(get=everyone(200)).expected("get", ANONYMOUS, own=True) == 200


def test_own_and_other_faculty_may_differ():
    page = Page(get=only({DEANS_OFFICE: OWN_FACULTY}, others=404))
    assert [page.expected("get", DEANS_OFFICE, own=own) for own in (True, False)] == [200, 404]


def test_doors_are_read_with_their_namespaces():
    assert Door("admin:index", "admin/") in set(doors())
