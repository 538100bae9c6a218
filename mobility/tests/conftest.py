import pytest
from django.test import Client

from mobility.people.models import RoleKind
from mobility.people.tests.factories import FacultyFactory, RoleFactory, StudentProfileFactory, UserFactory

from .access import ANONYMOUS, DEANS_OFFICE, NOBODY, STUDENT


@pytest.fixture
def faculties(db):
    """The asker's own faculty, and another."""
    return [FacultyFactory(code="own"), FacultyFactory(code="other")]


@pytest.fixture
def arrive(faculties):
    """arrive(who) → the person, and a browser in which they are signed in."""

    def enter(who):
        client = Client()
        if who == ANONYMOUS:
            return None, client
        person = UserFactory()
        if who != NOBODY:
            place = {"faculty": faculties[0]} if who == DEANS_OFFICE else {}
            RoleFactory(person=person, kind=RoleKind(who), **place)
        if who == STUDENT:
            StudentProfileFactory(person=person, faculty=faculties[0])
        client.force_login(person)
        return person, client

    return enter
