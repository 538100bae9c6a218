import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from .access import ANONYMOUS, NOBODY


@pytest.fixture
def faculties(db):
    """The asker's own faculty, and another."""
    return ["own", "other"]


@pytest.fixture
def arrive(faculties):
    """arrive(who) → the person, and a browser in which they are signed in."""

    def enter(who):
        client = Client()
        if who == ANONYMOUS:
            return None, client
        person = get_user_model().objects.create(email=f"{who if who != NOBODY else 'nobody'}@example.org")
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        return person, client

    return enter
