from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from .factories import LetterFactory

pytestmark = pytest.mark.django_db


def failed(client) -> list[str]:
    return client.get(reverse("readyz")).json()["failed"]


@pytest.mark.parametrize(("minutes", "attempts", "told"), [(14, 0, []), (16, 0, ["mail"]), (16, 1, [])])
def test_is_not_ready_when_letters_lie_untried(client, minutes, attempts, told):
    LetterFactory(attempts=attempts, next_attempt_at=timezone.now() - timedelta(minutes=minutes))
    assert [name for name in failed(client) if name == "mail"] == told
