"""The pages on which International Relations publishes."""

import pytest
from django.urls import reverse

from mobility.files.actions import register
from mobility.people.tests.factories import RoleFactory
from mobility.tests.conftest import show_everything
from selection.actions import publication
from selection.actions.runs import run

from .factories import ProtocolFactory

pytestmark = pytest.mark.django_db
BUTTON = "Publish 1 results"


@pytest.fixture
def made(apply, place, call, after, locked):
    apply(place("omsk"), mean_mark=900)
    return run(call=call, by=RoleFactory(kind="ir-officer").person, at=after)


def page(client, person, name, made):
    client.force_login(person)
    show_everything(client, person)
    return client.get(reverse(name, args=[made.call.code, made.number])).content.decode()


def test_a_faculty_without_a_registered_protocol_is_named_first(client, made, locked, after):
    officer = RoleFactory(kind="ir-officer").person
    told = f"No registered protocol yet: {locked.faculty.name}."
    assert told in page(client, officer, "publication-prepare", made)
    document = ProtocolFactory(standing=locked).document
    assert told in page(client, officer, "publication-prepare", made)
    register(document=document, number="7", dated=after.date(), by=officer, at=after)
    assert told not in page(client, officer, "publication-prepare", made)


def test_who_prepared_is_offered_no_button(client, made, after):
    first, second = (RoleFactory(kind="ir-officer").person for _each in range(2))
    publication.prepare(run=made, by=first, at=after)
    assert BUTTON not in page(client, first, "publication-publish", made)
    assert "You prepared this publication yourself." in page(client, first, "publication-publish", made)
    assert BUTTON in page(client, second, "publication-publish", made)
