"""Marks in hundredths: integers only, so that a mean is the same wherever it is computed."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.people.marks import HOME_SCALE, on_paper
from mobility.people.querysets import ExamSessionQuerySet, MarkQuerySet, ScaleQuerySet
from mobility.web.fields import NfcCharField

from .rosters import Roster


class Term(models.TextChoices):
    WINTER = "1-winter", _("winter")
    SUMMER = "2-summer", _("summer")


class ExamSession(models.Model):
    """One winter or summer of examinations; `year` is the one in which the academic year begins."""

    year = models.PositiveSmallIntegerField(_("academic year begins in"))
    term = models.CharField(_("session"), max_length=8, choices=Term.choices)

    objects = ExamSessionQuerySet.as_manager()

    class Meta:
        verbose_name = _("session")
        verbose_name_plural = _("sessions")
        triggers = [Journaled()]
        ordering = ["-year", "-term"]
        constraints = [
            models.UniqueConstraint(fields=["year", "term"], name="one_session_a_term"),
            models.CheckConstraint(condition=Q(year__range=(1990, 2100)), name="session_of_a_possible_year"),
        ]

    def __str__(self) -> str:
        return f"{self.academic_year}, {self.get_term_display()}"

    @property
    def academic_year(self) -> str:
        return f"{self.year}/{self.year + 1}"


class Scale(models.Model):
    """How marks are given somewhere; our own ten-mark scale needs no table."""

    code = models.SlugField(_("code"), max_length=20, unique=True, help_text=_("Imports name it: 5, 100, ECTS."))
    name = NfcCharField(_("name"), max_length=120)

    objects = ScaleQuerySet.as_manager()

    class Meta:
        verbose_name = _("scale of marks")
        verbose_name_plural = _("scales of marks")
        triggers = [Journaled()]
        ordering = ["code"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_home(self) -> bool:
        return self.code == HOME_SCALE


class ScaleMark(models.Model):
    """What one mark of a scale is on ours, both in hundredths. What has no row has no place, and blocks."""

    scale = models.ForeignKey(Scale, models.CASCADE, related_name="table", verbose_name=_("scale of marks"))
    value = models.PositiveIntegerField(_("mark, in hundredths"))
    here = models.PositiveSmallIntegerField(_("on our scale, in hundredths"))

    class Meta:
        verbose_name = _("line of a scale's table")
        verbose_name_plural = _("lines of scales' tables")
        triggers = [Journaled(part_of="scale")]
        ordering = ["value"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "value"], name="one_place_a_mark"),
            models.CheckConstraint(condition=Q(here__range=(100, 1000)), name="place_on_the_ten_mark_scale"),
        ]

    def __str__(self) -> str:
        return f"{hundredths(self.value)} → {hundredths(self.here)}"


class Mark(models.Model):
    """One mark of one session; without a subject it is the session's mean, as some rosters give it."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="marks", verbose_name=_("person"))
    session = models.ForeignKey(ExamSession, models.PROTECT, related_name="marks", verbose_name=_("session"))
    subject = NfcCharField(_("subject"), max_length=200, blank=True)
    value = models.PositiveIntegerField(_("mark, in hundredths"))
    scale = models.ForeignKey(Scale, models.PROTECT, related_name="marks", verbose_name=_("scale of marks"))
    here = models.PositiveSmallIntegerField(
        _("on our scale, in hundredths"),
        null=True,
        blank=True,
        help_text=_("Empty where the scale's table has no row."),
    )
    roster = models.ForeignKey(
        Roster, models.PROTECT, null=True, blank=True, related_name="marks", verbose_name=_("imported from")
    )
    row = models.PositiveIntegerField(_("row of the file"), null=True, blank=True)

    objects = MarkQuerySet.as_manager()

    class Meta:
        verbose_name = _("mark")
        verbose_name_plural = _("marks")
        triggers = [Journaled(part_of="person", derived=["here"])]
        constraints = [
            models.UniqueConstraint(fields=["person", "session", "subject"], name="one_mark_a_subject_and_session"),
            models.CheckConstraint(
                condition=Q(here__isnull=True) | Q(here__range=(100, 1000)), name="mark_on_the_ten_mark_scale"
            ),
            models.CheckConstraint(
                condition=Q(roster__isnull=True, row__isnull=True) | Q(roster__isnull=False, row__isnull=False),
                name="imported_mark_has_its_row",
            ),
        ]

    def __str__(self) -> str:
        return hundredths(self.value)

    @property
    def given(self) -> Decimal | None:
        return on_paper(self.value)

    @property
    def counted(self) -> Decimal | None:
        return on_paper(self.here)


class Debt(models.Model):
    """How many subjects of a session a student has not passed yet; nought once all are."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="session_debts", verbose_name=_("person")
    )
    session = models.ForeignKey(ExamSession, models.PROTECT, related_name="debts", verbose_name=_("session"))
    count = models.PositiveSmallIntegerField(_("debts"))

    class Meta:
        verbose_name = _("debts of a session")
        verbose_name_plural = _("debts of sessions")
        triggers = [Journaled(part_of="person")]
        constraints = [models.UniqueConstraint(fields=["person", "session"], name="debts_once_a_session")]

    def __str__(self) -> str:
        return str(self.count)


def hundredths(value: int) -> str:
    """745 → 7.45, in the code's own form; pages write it with `points`."""
    return f"{value // 100}.{value % 100:02}"
