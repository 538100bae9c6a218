from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.utils import translation

from mobility.post import actions


class Outbox(BaseEmailBackend):
    """The site's EMAIL_BACKEND: whatever a package wants to send (sign-in links, codes) is queued as secret letters."""

    @transaction.atomic
    def send_messages(self, email_messages: list[EmailMessage]) -> int:
        for message in email_messages:
            self.queue(message)
        return len(email_messages)

    def queue(self, message: EmailMessage) -> None:
        if message.attachments:
            raise ValueError("a letter carries no attachments")
        alternatives = getattr(message, "alternatives", [])
        html = next((part.content for part in alternatives if part.mimetype == "text/html"), "")
        for address in message.recipients():
            actions.put(
                recipient=address,
                language=translation.get_language() or "",
                subject=message.subject,
                text=message.body,
                html=html,
                secret=True,
            )
