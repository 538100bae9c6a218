import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.calls.models import Call
from mobility.journal.triggers import Journaled
from mobility.people.models import Faculty
from mobility.web.fields import NfcCharField
from selection.querysets import StandingQuerySet


class Showing(models.Model):
    """The points of a faculty's applicants were shown to them, each their own. From then on a change needs two."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="showings", verbose_name=_("call"))
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="+", verbose_name=_("faculty"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("shown by"))
    at = models.DateTimeField(_("shown"))

    class Meta:
        verbose_name = _("showing of points")
        verbose_name_plural = _("showings of points")
        ordering = ["call", "faculty"]
        triggers = [Journaled(part_of="call")]
        constraints = [models.UniqueConstraint(fields=["call", "faculty"], name="points_shown_once")]

    def __str__(self) -> str:
        return f"{self.call}, {self.faculty}"


class Standing(models.Model):
    """A faculty's ranking as it was locked: canonical JSON of rows, points and ties, and its hash.

    The lock in force is the one not undone. To unlock is an act with a reason; the next lock is another row.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="standings", verbose_name=_("call"))
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="+", verbose_name=_("faculty"))
    content = models.TextField(_("content"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("locked by")
    )
    locked_at = models.DateTimeField(_("locked"))
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unlocked by")
    )
    undone_at = models.DateTimeField(_("unlocked"), null=True, blank=True)
    undone_reason = NfcCharField(_("why it was unlocked"), max_length=300, blank=True)

    objects = StandingQuerySet.as_manager()

    class Meta:
        verbose_name = _("standing")
        verbose_name_plural = _("standings")
        ordering = ["call", "faculty", "-locked_at"]
        triggers = [
            Journaled(part_of="call", without=["content"]),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "faculty"], condition=Q(undone_at=None), name="one_lock_at_a_time"),
            models.CheckConstraint(
                condition=Q(undone_by=None, undone_at=None, undone_reason="")
                | Q(undone_by__isnull=False, undone_at__isnull=False) & ~Q(undone_reason=""),
                name="unlocked_by_someone_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call}, {self.faculty}"
