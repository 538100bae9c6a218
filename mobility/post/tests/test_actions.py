from datetime import timedelta
from functools import partial

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from mobility.journal.models import Event
from mobility.people.tests.factories import UserFactory
from mobility.post import actions
from mobility.post.models import Letter, LetterState

from .factories import LetterFactory

pytestmark = pytest.mark.django_db
TEMPLATES = {
    "trial/invitation_subject.txt": "{% load i18n %}{% translate 'Password' %}\nfor {{ reader.given_name }}",
    "trial/invitation.txt": "{% autoescape off %}{{ reader }}: {{ what }} {{ site_url }}/x/{% endautoescape %}",
}


@pytest.fixture(autouse=True)
def templates(settings):
    loaders = [("django.template.loaders.locmem.Loader", TEMPLATES), "django.template.loaders.filesystem.Loader"]
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False}]
    settings.TEMPLATES[0]["OPTIONS"] = {**settings.TEMPLATES[0]["OPTIONS"], "loaders": loaders}
    settings.SITE_URL = "https://mobility.example.org"


def queue(**options) -> Letter:
    return actions.queue(
        **{"template": "trial/invitation", "to": UserFactory(), "context": {"what": "A<b>"}, **options}
    )


def test_is_rendered_in_the_readers_language_when_queued():
    with translation.override("en"):
        letter = queue(to=UserFactory(language="ru", given_name="Вера", email="v@example.org"))
    letter.refresh_from_db()
    assert (letter.recipient, letter.language, letter.subject) == ("v@example.org", "ru", "Пароль for Вера")
    assert letter.text.endswith(": A<b> https://mobility.example.org/x/\n")
    assert '<html lang="ru">' in letter.html
    assert "A&lt;b&gt; <a href=" in letter.html
    assert (letter.state, letter.attempts, letter.secret) == (LetterState.QUEUED, 0, False)
    assert letter.message_id.endswith("@mobility.example.org>")


def test_a_bare_address_is_written_to_in_the_language_of_the_page():
    with translation.override("be"):
        assert queue(to="coordinator@example.org").language == "be"
    assert queue(to="coordinator@example.org", language="ru").language == "ru"


def test_a_person_without_an_address_cannot_be_written_to():
    with pytest.raises(ValidationError) as refused:
        queue(to=UserFactory(email=None, record_book="7"))
    assert refused.value.code == "no-address"


def test_is_queued_in_the_transaction_of_the_caller():
    with transaction.atomic():
        queue()
        transaction.set_rollback(True)
    assert Letter.objects.count() == 0


def test_each_letter_has_its_own_message_id():
    assert queue().message_id != queue().message_id


def test_the_pause_doubles_up_to_an_hour_and_ends_after_three_days():
    letter, at = LetterFactory(), timezone.now()
    pauses = []
    for attempt in (1, 2, 3, 6, 7, 90):
        letter.attempts = attempt
        actions.put_off(letter=letter, error="busy", at=at)
        pauses.append((letter.next_attempt_at - at) // timedelta(minutes=1))
    assert pauses == [1, 2, 4, 32, 60, 60]
    actions.put_off(letter=letter, error="busy", at=letter.queued_at + timedelta(days=3))
    letter.refresh_from_db()
    assert (letter.state, letter.last_error) == (LetterState.FAILED, "busy")


@pytest.mark.parametrize("settle", [actions.mark_sent, partial(actions.give_up, error="no such mailbox")])
def test_a_secret_letter_is_forgotten_once_sent_or_given_up(settle):
    secret, plain = LetterFactory(secret=True), LetterFactory()
    for letter in (secret, plain):
        settle(letter=letter, at=timezone.now())
        letter.refresh_from_db()
    assert [(letter.text, letter.html) for letter in (secret, plain)] == [
        ("", ""),
        ("It opens on Monday.\n", "<p>It opens on Monday.</p>"),
    ]


def test_resending_keeps_the_message_id_and_is_entered_in_the_journal():
    at, person = timezone.now(), UserFactory()
    letter = LetterFactory(state=LetterState.FAILED, failed_at=at, attempts=9)
    actions.resend(letter=letter, by=person, at=at)
    before, letter = letter.message_id, Letter.objects.get()
    assert (letter.state, letter.attempts, letter.failed_at, letter.message_id) == ("queued", 0, None, before)
    assert list(Event.objects.of(letter).values_list("event", "actor")) == [("resent", person.pk)]


@pytest.mark.parametrize(
    ("letter", "code"),
    [({}, "waits"), ({"state": "sent", "sent_at": timezone.now(), "text": "", "secret": True}, "forgotten")],
)
def test_what_waits_or_is_forgotten_is_not_resent(letter, code):
    with pytest.raises(ValidationError) as refused:
        actions.resend(letter=LetterFactory(**letter), by=UserFactory(), at=timezone.now())
    assert refused.value.code == code


@pytest.mark.parametrize(
    "wrong",
    [{"state": "sent"}, {"state": "sending"}, {"state": "failed"}, {"sent_at": timezone.now()}, {"recipient": ""}],
)
def test_the_database_refuses_a_state_without_its_time(wrong):
    with pytest.raises(IntegrityError):
        LetterFactory(**wrong)
