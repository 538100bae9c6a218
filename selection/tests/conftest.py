from datetime import timedelta

import pytest

from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.people.tests.factories import FacultyFactory
from mobility.students.tests.factories import ApplicationFactory, ChoiceFactory

from .factories import StandingFactory


@pytest.fixture
def call():
    return CallFactory(code="PT27")


@pytest.fixture
def faculty():
    return FacultyFactory(code="general")


@pytest.fixture
def apply(call, faculty):
    """apply(first, second, …, number="A") → a submitted application with these choices."""

    def make(*destinations, **fields):
        fields.setdefault("faculty", faculty)
        application = ApplicationFactory(call=call, submitted=True, **fields)
        for position, destination in enumerate(destinations, start=1):
            ChoiceFactory(application=application, destination=destination, position=position)
        return application

    return make


@pytest.fixture
def place(call, faculty):
    """place("omsk") → a destination with one seat for the faculty."""

    def make(code, seats=1):
        destination = DestinationFactory(call=call, code=code, seats=seats)
        QuotaFactory(destination=destination, faculty=faculty, seats=seats)
        return destination

    return make


@pytest.fixture
def locked(call, faculty):
    return StandingFactory(call=call, faculty=faculty)


@pytest.fixture
def after(call):
    """After the deadline, before the answers."""
    return call.results_at + timedelta(hours=1)
