from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.people.querysets import RosterQuerySet
from mobility.web.fields import NfcCharField

from .university import Faculty


class Roster(models.Model):
    """A file that an office sent: kept from its preview to its import, then only what it was and what it did.

    `sheet` is its header and its rows, `session` what the upload page said where the rows do not: year and term.
    """

    class Kind(models.TextChoices):
        STUDENTS = "students", _("students")
        MARKS = "marks", _("marks")

    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices)
    name = NfcCharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(_("checksum"), max_length=64)
    sheet = models.JSONField(_("rows"), null=True, blank=True)
    faculty = models.ForeignKey(
        Faculty, models.PROTECT, null=True, blank=True, related_name="rosters", verbose_name=_("faculty")
    )
    session = models.CharField(_("session"), max_length=20, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="rosters", verbose_name=_("sent by")
    )
    uploaded_at = models.DateTimeField(_("sent at"))
    imported_at = models.DateTimeField(_("imported at"), null=True, blank=True)
    new = models.PositiveIntegerField(_("new"), default=0)
    changed = models.PositiveIntegerField(_("changed"), default=0)
    unchanged = models.PositiveIntegerField(_("unchanged"), default=0)
    open_questions = models.JSONField(_("for the office to decide"), default=list, blank=True)

    objects = RosterQuerySet.as_manager()

    class Meta:
        verbose_name = _("roster")
        verbose_name_plural = _("rosters")
        triggers = [Journaled(without=["sheet", "open_questions"])]
        ordering = ["-uploaded_at", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(imported_at__isnull=True, sheet__isnull=False)
                | Q(imported_at__isnull=False, sheet__isnull=True),
                name="roster_waits_or_is_imported",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("roster-detail", args=[self.pk])


class MoveUp(models.Model):
    """That a faculty's students moved up to the courses of an academic year: once."""

    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="move_ups", verbose_name=_("faculty"))
    year = models.PositiveSmallIntegerField(_("academic year begins in"))
    moved = models.PositiveIntegerField(_("moved up"))
    graduated = models.PositiveIntegerField(_("graduated"))
    stayed = models.PositiveIntegerField(_("on leave, stayed"))
    done_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("done by"))
    done_at = models.DateTimeField(_("done at"))

    class Meta:
        verbose_name = _("yearly move-up")
        verbose_name_plural = _("yearly move-ups")
        triggers = [Journaled(part_of="faculty")]
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["faculty", "year"], name="one_move_up_a_year")]

    def __str__(self) -> str:
        return f"{self.faculty}, {self.year}/{self.year + 1}"
