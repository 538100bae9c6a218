"""Hands due letters to the mail server, one by one; runs in the worker."""

import logging
from smtplib import SMTPDataError, SMTPException, SMTPRecipientsRefused

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone
from django.utils.http import http_date

from mobility.post import actions
from mobility.post.models import Letter

LETTERS_A_ROUND = 100

logger = logging.getLogger(__name__)


class Refused(Exception):  # noqa: N818 -- a letter is refused
    """The server does not take this letter: `for_good`, or for now."""

    def __init__(self, reason: str, *, for_good: bool) -> None:
        super().__init__(reason)
        self.for_good = for_good


def deliver_due() -> int:
    """Send what is due, at most a round's worth, over one connection. A server that is down ends the round early."""
    server = get_connection(settings.MAIL_DELIVERY_BACKEND)
    sent = 0
    try:
        for _turn in range(LETTERS_A_ROUND):
            letter = actions.claim(at=timezone.now())
            if letter is None:
                break
            sent += deliver(letter, server)
    except ServerTroubleError as trouble:
        logger.warning("mail server: %s", trouble)
    finally:
        close(server)
    return sent


class ServerTroubleError(Exception):
    """The mail server cannot be talked to; the other letters wait for the next round."""


def deliver(letter: Letter, server: BaseEmailBackend) -> bool:
    try:
        hand_over(letter, server)
    except Refused as refusal:
        logger.warning("letter %s refused", letter.pk)  # why is kept with it; the server's words name the address
        settle = actions.give_up if refusal.for_good else actions.put_off
        settle(letter=letter, error=str(refusal), at=timezone.now())
        return False
    except (SMTPException, OSError) as trouble:
        actions.put_off(letter=letter, error=in_a_line(trouble), at=timezone.now())
        raise ServerTroubleError(in_a_line(trouble)) from trouble
    actions.mark_sent(letter=letter, at=timezone.now())
    return True


def hand_over(letter: Letter, server: BaseEmailBackend) -> None:
    server.open()  # or it would close after each letter, and a failing goodbye would look like a failing letter
    try:
        server.send_messages([message_of(letter)])
    except SMTPRecipientsRefused as refusal:
        codes = [code for code, _text in refusal.recipients.values()]
        raise Refused(in_a_line(refusal), for_good=all(code >= 500 for code in codes)) from refusal
    except SMTPDataError as refusal:
        raise Refused(in_a_line(refusal), for_good=refusal.smtp_code >= 500) from refusal
    except ValueError as malformed:  # an address or header that no mail can carry
        raise Refused(in_a_line(malformed), for_good=True) from malformed


def message_of(letter: Letter) -> EmailMultiAlternatives:
    headers = {
        "Message-ID": letter.message_id,
        "Date": http_date(letter.queued_at.timestamp()).replace("GMT", "+0000"),
        "Auto-Submitted": "auto-generated",
        "Content-Language": letter.language,
    }
    message = EmailMultiAlternatives(letter.subject, letter.text, to=[letter.recipient], headers=headers)
    if letter.html:
        message.attach_alternative(letter.html, "text/html")
    return message


def close(server: BaseEmailBackend) -> None:
    """What was sent is marked already: a server that cannot say goodbye changes nothing."""
    try:
        server.close()
    except (SMTPException, OSError) as trouble:
        logger.info("mail server: %s", trouble)


def in_a_line(error: Exception) -> str:
    return " ".join(f"{type(error).__name__}: {error}".split())[:500]
