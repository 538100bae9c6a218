import time

import pytest
from django.test import Client

from mobility.people.models import RoleKind
from mobility.people.tests.factories import FacultyFactory, RoleFactory, StudentProfileFactory, UserFactory

from .access.words import ANONYMOUS, DEANS_OFFICE, NOBODY, STUDENT

PASSWORD = "four horses in a field"


@pytest.fixture(autouse=True)
def quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


def show_everything(client, person):
    """As after a sign-in with the second factor a moment ago; what doors ask before that is tried in people."""
    session = client.session
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(person.pk)
    session.save()


@pytest.fixture
def faculties(db):
    """The asker's own faculty, and another."""
    return [FacultyFactory(code="our-faculty"), FacultyFactory(code="another-faculty")]


@pytest.fixture
def arrive(faculties):
    """arrive(who) → the person, and a browser in which they are signed in."""

    def enter(who):
        client = Client()
        if who == ANONYMOUS:
            return None, client
        person = UserFactory(password=PASSWORD)
        if who != NOBODY:
            place = {"faculty": faculties[0]} if who == DEANS_OFFICE else {}
            RoleFactory(person=person, kind=RoleKind(who), **place)
        if who == STUDENT:
            StudentProfileFactory(person=person, faculty=faculties[0])
        client.force_login(person)
        show_everything(client, person)
        return person, client

    return enter
