from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from email.utils import make_msgid
from typing import Any, TypedDict
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.post.models import Letter, LetterState

GIVE_UP_AFTER = timedelta(days=3)
BATCH = 2000
FIRST_PAUSE, LONGEST_PAUSE = timedelta(minutes=1), timedelta(hours=1)


def queue(
    *,
    template: str,
    to: AbstractBaseUser | str,
    context: Mapping[str, Any],
    language: str = "",
    secret: bool = False,
) -> Letter:
    """Queue a letter in the caller's transaction, rendered now in the reader's language.

    `template` names two files: `<template>_subject.txt` and `<template>.txt`. They see `context`, `reader` (the person,
    if known) and `site_url` (to put before `{% url %}`). Pass `secret` for a letter with a link that opens an account.
    """
    address = to if isinstance(to, str) else getattr(to, to.get_email_field_name())
    if not address:
        raise ValidationError(_("There is no e-mail address to write to."), code="no-address")
    language = language or language_of(to)
    text = rendered(template, {**context, "reader": None if isinstance(to, str) else to}, language)
    return put(recipient=address, language=language, **text, secret=secret)


def queue_to_all(*, template: str, people: Iterable[AbstractBaseUser], context: Mapping[str, Any]) -> int:
    """Queue one letter to each person who has an address, rendered once a language: it cannot name its reader."""
    texts: dict[str, Rendered] = {}
    letters = []
    for person in people:
        address, language = getattr(person, person.get_email_field_name()), language_of(person)
        if not address:
            continue
        if language not in texts:
            texts[language] = rendered(template, {**context, "reader": None}, language)
        letters.append(letter(recipient=address, language=language, **texts[language]))
    Letter.objects.bulk_create(letters, batch_size=BATCH)
    return len(letters)


def language_of(to: AbstractBaseUser | str) -> str:
    return getattr(to, "language", "") or translation.get_language() or settings.LANGUAGE_CODE


class Rendered(TypedDict):
    subject: str
    text: str
    html: str


def rendered(template: str, context: Mapping[str, Any], language: str) -> Rendered:
    told = {**context, "site_url": settings.SITE_URL}
    with translation.override(language):
        subject = render_to_string(f"{template}_subject.txt", told)
        text = render_to_string(f"{template}.txt", told)
        html = render_to_string("post/letter.html", {"text": text.strip(), "language": language, **told})
    return {"subject": subject, "text": text, "html": html}


def put(*, recipient: str, language: str, subject: str, text: str, html: str = "", secret: bool) -> Letter:
    """Queue what is rendered already."""
    made = letter(recipient=recipient, language=language, subject=subject, text=text, html=html, secret=secret)
    made.save(force_insert=True)
    return made


def letter(*, recipient: str, language: str, subject: str, text: str, html: str = "", secret: bool = False) -> Letter:
    """Not stored yet."""
    return Letter(
        message_id=make_msgid(domain=urlsplit(settings.SITE_URL).hostname),
        recipient=recipient,
        language=language,
        subject=" ".join(subject.split()),
        text=text.strip() + "\n",
        html=html,
        secret=secret,
    )


@transaction.atomic
def claim(*, at: datetime) -> Letter | None:
    """Take the next due letter for sending; other workers pass by."""
    letter: Letter | None = Letter.objects.due(at).select_for_update(skip_locked=True).first()
    if letter is None:
        return None
    letter.state, letter.claimed_at = LetterState.SENDING, at
    letter.attempts += 1
    letter.save(update_fields=["state", "claimed_at", "attempts"])
    return letter


def mark_sent(*, letter: Letter, at: datetime) -> None:
    letter.state, letter.claimed_at, letter.sent_at, letter.last_error = LetterState.SENT, None, at, ""
    _forget_secret(letter)
    letter.save(update_fields=["state", "claimed_at", "sent_at", "last_error", "text", "html"])


def _forget_secret(letter: Letter) -> None:
    """The link of a secret letter must not outlive the sending in our tables, however that ended."""
    if letter.secret:
        letter.text = letter.html = ""


def put_off(*, letter: Letter, error: str, at: datetime) -> None:
    """Try again after a pause that doubles up to an hour; after three days it is a failure."""
    if at - letter.queued_at >= GIVE_UP_AFTER:
        give_up(letter=letter, error=error, at=at)
        return
    pause = min(FIRST_PAUSE * 2 ** min(letter.attempts - 1, 10), LONGEST_PAUSE)
    letter.state, letter.claimed_at = LetterState.QUEUED, None
    letter.next_attempt_at, letter.last_error = at + pause, error
    letter.save(update_fields=["state", "claimed_at", "next_attempt_at", "last_error"])


def give_up(*, letter: Letter, error: str, at: datetime) -> None:
    letter.state, letter.claimed_at, letter.failed_at, letter.last_error = LetterState.FAILED, None, at, error
    _forget_secret(letter)
    letter.save(update_fields=["state", "claimed_at", "failed_at", "last_error", "text", "html"])


def requeue_stuck(*, at: datetime) -> int:
    """Letters of a worker that died between taking and marking: they may go out a second time, with the same id."""
    again: int = Letter.objects.stuck(at).update(state=LetterState.QUEUED, claimed_at=None, next_attempt_at=at)
    return again


@transaction.atomic
def resend(*, letter: Letter, by: AbstractBaseUser, at: datetime) -> Letter:
    """Queue a sent or failed letter once more, under its own Message-ID. Entered in the journal."""
    locked: Letter = Letter.objects.select_for_update().get(pk=letter.pk)
    if locked.state in (LetterState.QUEUED, LetterState.SENDING):
        raise ValidationError(_("“%(letter)s” is still waiting to be sent."), code="waits", params={"letter": locked})
    if not locked.text.strip():
        raise ValidationError(
            _("“%(letter)s” held a secret link and is forgotten; send a new link from its own page."),
            code="forgotten",
            params={"letter": locked},
        )
    journal.record(event="resent", of=locked, by=by)
    locked.state, locked.attempts, locked.queued_at, locked.next_attempt_at = LetterState.QUEUED, 0, at, at
    locked.sent_at = locked.failed_at = None
    locked.save(update_fields=["state", "attempts", "queued_at", "next_attempt_at", "sent_at", "failed_at"])
    return locked
