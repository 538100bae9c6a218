from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser

from mobility.calls import above
from mobility.calls.tests.factories import CallFactory
from mobility.people.tests.factories import RoleFactory

pytestmark = pytest.mark.django_db

LATE = datetime(2028, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["ir-officer", "rector", "administrator"])
def test_whoever_oversees_the_selection_comes_to_its_runs(kind):
    found = above.ways(CallFactory(code="PT27"), RoleFactory(kind=kind).person, at=LATE)
    assert [(way.label, way.url) for way in found] == [("Selection and results", "/runs/PT27/")]


def test_a_draft_has_no_runs():
    draft = CallFactory(opened_at=None, opened_by=None)
    assert above.ways(draft, RoleFactory(kind="ir-officer").person, at=LATE) == []


def test_nobody_else_is_shown_the_way():
    call = CallFactory()
    assert above.ways(call, RoleFactory(kind="deans-office").person, at=LATE) == []
    assert above.ways(call, AnonymousUser(), at=LATE) == []
