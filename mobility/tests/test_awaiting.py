from datetime import UTC, datetime

import pytest

from mobility.awaiting import tasks_of
from mobility.people.models import RoleKind
from mobility.people.tests.factories import RoleFactory
from mobility.post.models import LetterState
from mobility.post.tests.factories import LetterFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def awaits(kind):
    return [(task.name, task.state, task.url) for task in tasks_of(RoleFactory(kind=kind).person, at=NOW)]


@pytest.mark.parametrize("kind", RoleKind.values)
def test_on_an_empty_day_nothing_awaits_anybody(kind):
    assert awaits(kind) == []


def test_letters_that_were_not_delivered_await_administrators_alone():
    LetterFactory.create_batch(2, state=LetterState.FAILED, failed_at=NOW)
    address = "/admin/post/letter/?state__exact=failed"
    assert awaits(RoleKind.ADMINISTRATOR) == [("2 letters were not delivered", "problem", address)]
    assert awaits(RoleKind.IR_OFFICER) == []
