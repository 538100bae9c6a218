from datetime import UTC, datetime

import pytest

from mobility.post.models import Letter, LetterState
from mobility.post.tests.factories import LetterFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.mark.django_db
def test_undelivered_letters_are_those_given_up():
    LetterFactory()
    LetterFactory(state=LetterState.SENT, sent_at=NOW)
    given_up = LetterFactory(state=LetterState.FAILED, failed_at=NOW)
    assert list(Letter.objects.undelivered()) == [given_up]
