from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.files.models import StoredFile
from mobility.journal.triggers import Journaled
from mobility.web.fields import NfcCharField

from .agreements import Agreement

NOTICE_DAYS = (180, 90, 30)
"""So many days before its last day the owner of an agreement is written to, once each."""


class Scan(models.Model):
    """A scanned page or the whole document."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="scans", verbose_name=_("agreement"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    title = NfcCharField(_("what it is"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ["id"]
        triggers = [Journaled(part_of="agreement")]

    def __str__(self) -> str:
        return self.title or self.file.name


class Prolongation(models.Model):
    """A letter by which an agreement goes on until a later day. Earlier ones stay."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="prolongations", verbose_name=_("agreement"))
    ended = models.DateField(_("last day before it"))
    ends = models.DateField(_("last day since"))
    letter_number = NfcCharField(_("number of the letter"), max_length=60, blank=True)
    letter_date = models.DateField(_("date of the letter"))
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("letter")
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("prolongation")
        verbose_name_plural = _("prolongations")
        ordering = ["id"]
        triggers = [Journaled(part_of="agreement")]
        constraints = [models.CheckConstraint(condition=Q(ends__gt=models.F("ended")), name="prolonged_to_a_later_day")]

    def __str__(self) -> str:
        return f"{self.letter_number or self.letter_date}"


class ExpiryNotice(models.Model):
    """That the owner was written to so many days before this last day: each once, and anew after a prolongation."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="notices", verbose_name=_("agreement"))
    last_day = models.DateField(_("last day"))
    days = models.PositiveSmallIntegerField(_("days before"))
    queued_at = models.DateTimeField(_("queued"))

    class Meta:
        verbose_name = _("notice of an expiring agreement")
        verbose_name_plural = _("notices of expiring agreements")
        ordering = ["id"]
        triggers = [Journaled(part_of="agreement")]
        constraints = [
            models.UniqueConstraint(fields=["agreement", "last_day", "days"], name="expiry_notice_once"),
            models.CheckConstraint(condition=Q(days__in=NOTICE_DAYS), name="expiry_notice_at_a_known_time"),
        ]

    def __str__(self) -> str:
        return f"{self.last_day}, {self.days}"
