from datetime import UTC, datetime, timedelta

import factory
from factory.django import DjangoModelFactory

from mobility.calls.tests.factories import CallFactory
from mobility.people.tests.factories import FacultyFactory, UserFactory
from selection.models import Standing

LOCKED = datetime(2027, 4, 21, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


class StandingFactory(DjangoModelFactory):
    """A locked standing; what it says does not matter here."""

    class Meta:
        model = Standing

    call = factory.SubFactory(CallFactory)
    faculty = factory.SubFactory(FacultyFactory)
    content = "{}\n"
    sha256 = "0" * 64
    locked_by = factory.SubFactory(UserFactory)
    locked_at = LOCKED
