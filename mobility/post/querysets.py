from datetime import datetime, timedelta

from django.db import models

# A worker that has held a letter this long is dead: a send gives up sooner (EMAIL_TIMEOUT).
LONGEST_SEND = timedelta(minutes=5)


class LetterQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state="queued")

    def due(self, at: datetime):
        return self.waiting().filter(next_attempt_at__lte=at).order_by("next_attempt_at", "id")

    def stuck(self, at: datetime):
        return self.filter(state="sending", claimed_at__lte=at - LONGEST_SEND)

    def undelivered(self):
        """Given up; they wait for an administrator."""
        return self.filter(state="failed")

    def untried(self, since: datetime):
        """Due since then, and nobody has even tried: the schedule, the worker or the mail server is down."""
        return self.due(since).filter(attempts=0)
