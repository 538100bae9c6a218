"""The hourly job of settings.SCHEDULE that reminds those who have begun and not sent."""

from datetime import datetime, timedelta

from django.db import transaction

from mobility.students import mails
from mobility.students.models import Application

AHEAD = timedelta(days=3)


@transaction.atomic
def remind_of_deadline(*, at: datetime) -> None:
    """Once each. The letter and the mark that it was sent stand in one transaction."""
    waiting = Application.objects.to_remind_at(at, ahead=AHEAD).select_related("call", "student")
    for application in waiting.select_for_update(of=("self",), skip_locked=True):
        mails.send_reminder(application)
        application.reminded_at = at
        application.save(update_fields=["reminded_at"])
