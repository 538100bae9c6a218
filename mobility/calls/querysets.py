from datetime import datetime

from django.db import models

SEES_DRAFTS = {"ir-officer", "administrator", "rector"}


class CallQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CallQuerySet":
        """Opened calls are public; drafts are for International Relations, the rector and administrators."""
        if user.is_authenticated and {role.kind for role in user.roles} & SEES_DRAFTS:
            return self
        return self.filter(opened_at__isnull=False)

    def accepting_at(self, at: datetime) -> "CallQuerySet":
        """Those one can apply to at the moment."""
        return self.filter(opened_at__isnull=False, opens_at__lte=at, deadline__gt=at)


class DestinationQuerySet(models.QuerySet):
    def visible_to(self, user) -> "DestinationQuerySet":
        calls = self.model.call.field.related_model.objects.visible_to(user)
        return self.filter(call__in=calls)

    def open_to(self, faculty) -> "DestinationQuerySet":
        """Those with a seat for a student of the faculty: its quota, an open seat, or one that may be released."""
        reserved = models.Sum("quotas__seats", default=0)
        own = models.Sum("quotas__seats", filter=models.Q(quotas__faculty=faculty), default=0)
        return self.alias(reserved=reserved, own=own).filter(
            models.Q(own__gt=0)
            | models.Q(seats__gt=models.F("reserved"))
            | models.Q(call__release="open", reserved__gt=0)
        )
