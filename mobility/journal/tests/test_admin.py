import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobility.journal.actions import record
from mobility.journal.models import Event
from mobility.people.tests.factories import RoleFactory, UserFactory

User = get_user_model()

pytestmark = pytest.mark.django_db
LIST = "admin:journal_event_changelist"


@pytest.fixture
def administrator(client):
    person = RoleFactory(kind="administrator").person
    client.force_login(person)
    return person


def found(client, **query) -> list[tuple]:
    return [(event.operation, event.object) for event in client.get(reverse(LIST), query).context["cl"].result_list]


def test_lists_and_finds_events(client, administrator):
    person = UserFactory()
    record(event="blocked", of=person, by=administrator, reason="Left the university")
    assert found(client, q="blocked") == [("event", str(person.pk))]
    assert found(client, q="the university") == [("event", str(person.pk))]
    assert found(client, kind="people.user", operation="event") == [("event", str(person.pk))]
    (event,) = client.get(reverse(LIST), {"q": "blocked"}).context["cl"].result_list
    assert event.who == str(administrator)


def test_nothing_can_be_added_changed_or_deleted(client, administrator):
    event = Event.objects.latest("id")
    assert client.get(reverse("admin:journal_event_add")).status_code == 403
    assert client.get(reverse("admin:journal_event_delete", args=[event.pk])).status_code == 403
    page = client.get(reverse("admin:journal_event_change", args=[event.pk]))
    assert (page.status_code, page.context["has_change_permission"]) == (200, False)


def test_is_for_administrators(client):
    client.force_login(RoleFactory(kind="ir-officer").person)
    assert client.get(reverse(LIST)).status_code == 403


def test_costs_at_most_ten_queries_whatever_the_number(client, administrator):
    record(event="seen", of=administrator, by=administrator)
    client.get(reverse(LIST))
    with CaptureQueriesContext(connection) as few:
        client.get(reverse(LIST))
    for _number in range(60):
        person = UserFactory()
        record(event="seen", of=person, by=person)
    User.objects.update(given_name="a")
    with CaptureQueriesContext(connection) as many:
        assert len(found(client)) == 50
    assert (len(many), len(many) <= 10) == (len(few), True)
