import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.students.models import Application, Claim, Verdict
from mobility.web.fields import NfcCharField
from partners.models import LanguageLevel
from selection.querysets import ConflictQuerySet, ReadingQuerySet


class Decision(models.TextChoices):
    ACCEPTED = "accepted", _("accept")
    CORRECTED = "corrected", _("correct")
    REFUSED = "refused", _("refuse")


class Reason(models.TextChoices):
    """Why a claim is refused or lowered; the sentence for the student begins from it."""

    OUTSIDE_PERIOD = "outside-period", _("Outside the period that counts")
    NOT_PROVEN = "not-proven", _("The evidence does not show it")
    UNREADABLE = "unreadable", _("The file cannot be read")
    COUNTED_ELSEWHERE = "counted-elsewhere", _("The same event counts under another achievement")
    OTHER_KIND = "other-kind", _("It belongs to another kind")
    OTHER_AMOUNT = "other-amount", _("The amount differs")
    NOT_THE_STUDENT = "not-the-student", _("It names another person")
    OTHER = "other", _("Another reason")


class Reading(models.Model):
    """One person's verdict on a claim. Appended only: the latest in force is copied to the claim.

    After the points have been shown to students a change waits for a second person: `seconded_by` is empty until then,
    and `refused_second_at` says that the second person did not agree.
    """

    claim = models.ForeignKey(Claim, models.PROTECT, related_name="readings", verbose_name=_("achievement"))
    number = models.PositiveSmallIntegerField(_("number"))
    decision = models.CharField(_("verdict"), max_length=9, choices=Decision)
    kind = models.SlugField(_("counted as"), max_length=60, blank=True)
    amount = models.PositiveIntegerField(_("how much"), default=1)
    level = models.CharField(_("level"), max_length=2, choices=LanguageLevel, blank=True)
    reason = models.CharField(_("reason"), max_length=40, choices=Reason, blank=True)
    text = models.TextField(_("what the student reads"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("read by"))
    at = models.DateTimeField(_("read"))
    needs_second = models.BooleanField(_("waits for a second person"), default=False)
    seconded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("second person"),
    )  # fmt: skip
    seconded_at = models.DateTimeField(_("agreed"), null=True, blank=True)
    refused_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("did not agree"),
    )  # fmt: skip
    refused_at = models.DateTimeField(_("not agreed"), null=True, blank=True)

    objects = ReadingQuerySet.as_manager()

    class Meta:
        verbose_name = _("reading")
        verbose_name_plural = _("readings")
        ordering = ["claim", "-number"]
        triggers = [
            Journaled(part_of="claim"),
            pgtrigger.Protect(name="kept", operation=pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(fields=["claim", "number"], name="reading_number_once"),
            models.CheckConstraint(condition=Q(decision="accepted") | ~Q(reason=""), name="reading_gives_its_reason"),
            models.CheckConstraint(
                condition=Q(seconded_by=None, seconded_at=None)
                | Q(seconded_by__isnull=False, seconded_at__isnull=False, needs_second=True) & ~Q(seconded_by=F("by")),
                name="second_person_is_another",
            ),
            models.CheckConstraint(
                condition=Q(refused_by=None, refused_at=None)
                | Q(refused_by__isnull=False, refused_at__isnull=False, needs_second=True, seconded_by=None)
                & ~Q(refused_by=F("by")),
                name="disagreed_by_another",
            ),
        ]
        indexes = [
            models.Index(
                fields=["claim"],
                condition=Q(needs_second=True, seconded_at=None, refused_at=None),
                name="reading_pending",
            )
        ]

    def __str__(self) -> str:
        return f"{self.claim}: {self.outcome}"

    @property
    def outcome(self) -> str:
        """What became of the claim; a decision's own name is the verb of its button."""
        return str(Verdict(self.decision).label)

    @property
    def is_pending(self) -> bool:
        """It is not in force until a second person agrees."""
        return self.needs_second and self.seconded_at is None and self.refused_at is None

    @property
    def was_refused(self) -> bool:
        return self.refused_at is not None


class Conflict(models.Model):
    """Someone who must not decide about this applicant, as they declared. Ends only by an administrator's hand."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("person"))
    application = models.ForeignKey(
        Application, models.PROTECT, related_name="conflicts", verbose_name=_("application")
    )
    note = NfcCharField(_("note"), max_length=300, blank=True)
    declared_at = models.DateTimeField(_("declared"))

    objects = ConflictQuerySet.as_manager()

    class Meta:
        verbose_name = _("conflict of interest")
        verbose_name_plural = _("conflicts of interest")
        ordering = ["application", "id"]
        triggers = [Journaled(part_of="application")]
        constraints = [models.UniqueConstraint(fields=["person", "application"], name="conflict_once")]

    def __str__(self) -> str:
        return f"{self.person}, {self.application}"
