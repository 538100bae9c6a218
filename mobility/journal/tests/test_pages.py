"""The history page, looked at in a browser: filled, and empty."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from mobility.journal import doors
from mobility.journal.actions import record
from mobility.journal.models import Event
from mobility.people.tests.factories import RoleFactory, UserFactory

User = get_user_model()


@pytest.fixture(autouse=True)
def door(monkeypatch):
    monkeypatch.setattr(doors, "_doors", {})
    monkeypatch.setattr(User, "get_absolute_url", lambda person: "/")
    doors.open_history(User, may_read=lambda user, person: True, events={"blocked": "Sign-in blocked"})


@pytest.mark.django_db
def test_a_history_looks_good(look):
    officer, person = RoleFactory(kind="ir-officer").person, UserFactory(given_name="Уладзіслаў")
    for number in range(60):
        User.objects.filter(pk=person.pk).update(given_name=f"Уладзіслаў {number}")
    record(event="blocked", of=person, by=officer, reason="A long reason, " * 20)
    look(reverse("history", args=["people", "user", person.pk]), by=officer, name="history")


@pytest.mark.django_db
def test_a_history_without_entries_looks_good(look, monkeypatch):
    """As that of an object which is older than the journal."""
    officer = RoleFactory(kind="ir-officer").person
    monkeypatch.setattr(type(Event.objects), "of", lambda events, instance: events.none())
    look(reverse("history", args=["people", "user", officer.pk]), by=officer, name="history-empty")
