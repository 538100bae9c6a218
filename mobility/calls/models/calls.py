from datetime import datetime

from django.conf import settings
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobility.calls.querysets import CallQuerySet
from mobility.journal.triggers import Journaled
from mobility.people.academic_years import PATTERN
from mobility.people.models.university import in_active_language
from mobility.web.fields import NfcCharField
from partners.models import STUDENT_KINDS


class Precedence(models.TextChoices):
    RESERVE_FIRST = "reserve_first", _("quotas first, then open seats")
    OPEN_FIRST = "open_first", _("open seats first, then quotas")


class Release(models.TextChoices):
    NONE = "none", _("unfilled quotas stay with their faculty")
    OPEN = "open", _("unfilled quotas are open to all faculties")


class Call(models.Model):
    """A competition. Its phase follows from its dates and from who did what when; nothing is stored as a state."""

    code = models.SlugField(
        _("code"), max_length=20, unique=True,
        help_text=_("Short; the numbers of its applications begin with it, such as PT27."),
    )  # fmt: skip
    kind = models.CharField(_("kind"), max_length=20, choices=[(kind.value, kind.label) for kind in STUDENT_KINDS])
    academic_year = models.CharField(
        _("academic year"), max_length=9,
        validators=[RegexValidator(PATTERN, _("An academic year is written 2026/2027."))],
    )  # fmt: skip
    title_en = NfcCharField(_("title in English"), max_length=200)
    title_ru = NfcCharField(_("title in Russian"), max_length=200)
    title_be = NfcCharField(_("title in Belarusian"), max_length=200)
    replaces_en = models.TextField(_("what the stay replaces in the curriculum, in English"), blank=True)
    replaces_ru = models.TextField(_("what the stay replaces in the curriculum, in Russian"), blank=True)
    replaces_be = models.TextField(_("what the stay replaces in the curriculum, in Belarusian"), blank=True)
    costs_en = models.TextField(_("who pays what, in English"), blank=True)
    costs_ru = models.TextField(_("who pays what, in Russian"), blank=True)
    costs_be = models.TextField(_("who pays what, in Belarusian"), blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="calls", verbose_name=_("who answers for it")
    )
    previous = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("last year's call")
    )

    opens_at = models.DateTimeField(_("applications from"))
    deadline = models.DateTimeField(_("applications until"))
    verified_by = models.DateTimeField(_("achievements checked by"))
    points_from = models.DateTimeField(_("students check their points from"))
    points_until = models.DateTimeField(_("students check their points until"))
    protocols_by = models.DateTimeField(_("faculties' protocols by"))
    results_at = models.DateTimeField(_("results"))
    answers_by = models.DateTimeField(_("confirmation until"))

    precedence = models.CharField(_("open seats"), max_length=13, choices=Precedence, default=Precedence.RESERVE_FIRST)
    release = models.CharField(_("unfilled quotas"), max_length=4, choices=Release, default=Release.NONE)
    seed = models.CharField(_("seed of the lottery"), max_length=64, blank=True, editable=False)
    commitment = models.CharField(_("commitment to the seed"), max_length=64, blank=True, editable=False)

    opened_at = models.DateTimeField(_("opened"), null=True, blank=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False,
        related_name="+", verbose_name=_("opened by"),
    )  # fmt: skip
    published_at = models.DateTimeField(_("results published"), null=True, blank=True, editable=False)
    published_run = models.PositiveIntegerField(_("published run"), null=True, blank=True, editable=False)
    finished_at = models.DateTimeField(_("answers are closed"), null=True, blank=True, editable=False)
    called_off_at = models.DateTimeField(_("called off"), null=True, blank=True, editable=False)
    called_off_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False,
        related_name="+", verbose_name=_("called off by"),
    )  # fmt: skip
    called_off_because = NfcCharField(_("why it was called off"), max_length=500, blank=True, editable=False)

    objects = CallQuerySet.as_manager()

    class Meta:
        verbose_name = _("call")
        verbose_name_plural = _("calls")
        ordering = ["-opens_at", "code"]
        triggers = [Journaled(without=["seed"])]
        constraints = [
            models.UniqueConstraint(
                Upper("code"),
                name="call_code_in_any_letters",
                violation_error_code="taken",
                violation_error_message=_("Another call has this code, in large or small letters. Take another."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=[kind.value for kind in STUDENT_KINDS]), name="call_is_for_students"
            ),
            models.CheckConstraint(condition=Q(academic_year__regex=PATTERN), name="call_of_an_academic_year"),
            models.CheckConstraint(
                condition=Q(
                    deadline__gt=F("opens_at"),
                    verified_by__gte=F("deadline"),
                    points_from__gte=F("verified_by"),
                    points_until__gte=F("points_from"),
                    protocols_by__gte=F("points_until"),
                    results_at__gte=F("protocols_by"),
                    answers_by__gt=F("results_at"),
                ),
                name="call_dates_in_order",
                violation_error_code="dates-out-of-order",
                violation_error_message=_("Each date is after the one before it: look at their order."),
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None, opened_by=None) | Q(opened_at__isnull=False, opened_by__isnull=False),
                name="call_opened_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(opened_at=None) | ~Q(seed="") & ~Q(commitment=""), name="call_opened_with_a_commitment"
            ),
            models.CheckConstraint(
                condition=Q(published_at=None, published_run=None)
                | Q(published_at__isnull=False, published_run__isnull=False, opened_at__isnull=False),
                name="call_published_from_a_run",
            ),
            models.CheckConstraint(
                condition=Q(finished_at=None) | Q(published_at__isnull=False), name="call_finished_after_its_results"
            ),
            models.CheckConstraint(
                condition=Q(called_off_at=None, called_off_by=None, called_off_because="")
                | ~Q(called_off_because="")
                & Q(
                    called_off_at__isnull=False, called_off_by__isnull=False, opened_at__isnull=False, published_at=None
                ),
                name="call_called_off_for_a_reason_before_its_results",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("call-detail", args=[self.code])

    @property
    def title(self) -> str:
        return in_active_language(self, "title")

    @property
    def replaces(self) -> str:
        return in_active_language(self, "replaces")

    @property
    def costs(self) -> str:
        return in_active_language(self, "costs")

    @property
    def is_draft(self) -> bool:
        return self.opened_at is None

    def accepts_at(self, at: datetime) -> bool:
        """Whether one can apply at the moment; `CallQuerySet.accepting_at` says the same of many."""
        return self.opened_at is not None and self.called_off_at is None and self.opens_at <= at < self.deadline

    @property
    def is_settled(self) -> bool:
        """Nothing in it is decided any more: its results are published, or it was called off."""
        return self.published_at is not None or self.called_off_at is not None


class Extension(models.Model):
    """The deadline moved for everyone, once more. Appended only; `Call.deadline` is the one in force."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="extensions", verbose_name=_("call"))
    before = models.DateTimeField(_("deadline before"))
    after = models.DateTimeField(_("deadline after"))
    reason = NfcCharField(_("reason"), max_length=300)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("extension of the deadline")
        verbose_name_plural = _("extensions of the deadline")
        ordering = ["at", "id"]
        triggers = [Journaled(part_of="call")]
        constraints = [
            models.CheckConstraint(condition=Q(after__gt=F("before")), name="extension_is_later"),
            models.CheckConstraint(condition=~Q(reason=""), name="extension_has_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after}"
