import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mobility.files.models import StoredFile
from mobility.journal.triggers import Journaled
from mobility.people.models import Faculty
from mobility.web.fields import NfcCharField

from .calls import Call
from .destinations import Destination


class Quota(models.Model):
    """Seats of one destination that one faculty may fill this year; with a narrower specialty or course if said.

    The database refuses quotas of a destination that add up to more than its seats, and destinations of one condition
    that add up, over all calls of an academic year, to more than its seats of that year.
    """

    destination = models.ForeignKey(Destination, models.CASCADE, related_name="quotas", verbose_name=_("destination"))
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="quotas", verbose_name=_("faculty"))
    seats = models.PositiveSmallIntegerField(_("seats"))
    specialty = NfcCharField(_("specialty"), max_length=200, blank=True, help_text=_("Empty: any of the faculty."))
    first_course_year = models.PositiveSmallIntegerField(_("from course year"), null=True, blank=True)
    last_course_year = models.PositiveSmallIntegerField(_("to course year"), null=True, blank=True)

    class Meta:
        verbose_name = _("quota")
        verbose_name_plural = _("quotas")
        ordering = ["destination", "faculty"]
        triggers = [Journaled(part_of="destination")]
        constraints = [
            models.UniqueConstraint(fields=["destination", "faculty"], name="one_quota_a_faculty"),
            models.CheckConstraint(
                condition=Q(first_course_year=None)
                | Q(last_course_year=None)
                | Q(last_course_year__gte=F("first_course_year")),
                name="quota_course_years_in_order",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.destination}, {self.faculty}: {self.seats}"

    @property
    def narrowed(self) -> str:
        """To which specialty and course years; nothing where any of the faculty may come."""
        first, last = self.first_course_year, self.last_course_year
        years = ""
        if first or last:
            shown = str(first) if first == last else f"{first or 1}–{last or 8}"
            years = _("course years %(years)s") % {"years": shown}
        return ", ".join(part for part in (self.specialty, years) if part)


class QuotaChange(models.Model):
    """One entry of a cell's ledger: from how many to how many, by whom, when and why. Appended only."""

    destination = models.ForeignKey(
        Destination, models.CASCADE, related_name="quota_changes", verbose_name=_("destination")
    )
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="+", verbose_name=_("faculty"))
    before = models.PositiveSmallIntegerField(_("before"))
    after = models.PositiveSmallIntegerField(_("after"))
    reason = NfcCharField(_("reason"), max_length=300, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("change of a quota")
        verbose_name_plural = _("changes of quotas")
        ordering = ["at", "id"]
        triggers = [
            Journaled(part_of="destination"),
            pgtrigger.Protect(name="appended_only", operation=pgtrigger.Update),
        ]
        constraints = [models.CheckConstraint(condition=~Q(before=F("after")), name="quota_change_changes")]
        indexes = [models.Index(fields=["destination", "faculty"], name="ledger_of_a_cell")]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"


class QuotaApproval(models.Model):
    """The quotas of a call as they were signed: number, date and scan; `content` is what was signed."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="quota_approvals", verbose_name=_("call"))
    number = NfcCharField(_("number"), max_length=60)
    date = models.DateField(_("date"))
    scan = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed scan")
    )
    content = models.JSONField(_("content"), help_text=_("Destination → faculty → seats."))
    sha256 = models.CharField(_("checksum"), max_length=64, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("entered by"))
    at = models.DateTimeField(_("entered"))

    class Meta:
        verbose_name = _("approval of the quotas")
        verbose_name_plural = _("approvals of the quotas")
        ordering = ["-at", "-id"]
        triggers = [Journaled(part_of="call")]
        constraints = [models.CheckConstraint(condition=~Q(number=""), name="quota_approval_has_a_number")]

    def __str__(self) -> str:
        return self.number
