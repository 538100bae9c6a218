from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from mobility.journal.triggers import Journaled
from mobility.people.marks import on_paper
from mobility.people.querysets import LeaveQuerySet, SanctionQuerySet, StudentQuerySet
from mobility.web.fields import NfcCharField

from .roles import DateRange, refuse_reversed
from .university import Faculty

DERIVED = ["mean_mark", "marks_counted", "marks_unmapped", "debts", "sort_name"]


TAKES_SORT_NAME = pgtrigger.Trigger(
    name="takes_sort_name",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="SELECT sort_name INTO NEW.sort_name FROM people_user WHERE id = NEW.person_id; RETURN NEW;",
)


class StudyLanguage(models.TextChoices):
    RUSSIAN = "ru", _("Russian")
    BELARUSIAN = "be", _("Belarusian")
    ENGLISH = "en", _("English")


class Funding(models.TextChoices):
    BUDGET = "budget", _("budget")
    PAID = "paid", _("paid")


class StudentStatus(models.TextChoices):
    """Leave is no status: it has days of its own, and whoever is on leave is a student still."""

    STUDYING = "studying", _("studying")
    EXPELLED = "expelled", _("expelled")
    TRANSFERRED = "transferred", _("transferred elsewhere")
    GRADUATED = "graduated", _("graduated")


class Gap(models.TextChoices):
    """What a ranking cannot do without; `StudentQuerySet.with_gap` finds each."""

    NO_MARKS = "no-marks", _("no marks")
    UNMAPPED = "unmapped", _("marks on a scale without a table")
    NO_CITIZENSHIP = "no-citizenship", _("no citizenship")
    NO_LATIN_NAME = "no-latin-name", _("no name in Latin letters")
    NO_SPECIALTY = "no-specialty", _("no specialty")
    NO_FUNDING = "no-funding", _("no funding")


class StudentProfile(models.Model):
    """Where and what a student studies, as the roster says; marks in sum, as `actions.marks` keeps them.

    `sort_name` is the person's, kept by the database: a faculty's list is read in the order of its own index, and not
    through everybody's names.
    """

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="student", verbose_name=_("person")
    )
    faculty = models.ForeignKey(
        Faculty, models.PROTECT, related_name="students", verbose_name=_("faculty"), db_index=False
    )
    specialty = NfcCharField(_("specialty"), max_length=200, blank=True)
    course_year = models.PositiveSmallIntegerField(
        _("course year"), validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    group = NfcCharField(_("group"), max_length=30, blank=True)
    citizenship = CountryField(_("citizenship"), blank=True)
    study_language = models.CharField(
        _("language of study"), max_length=2, choices=StudyLanguage.choices, default=StudyLanguage.RUSSIAN
    )
    funding = models.CharField(_("funding"), max_length=6, choices=Funding.choices, blank=True)

    status = models.CharField(
        _("status"), max_length=11, choices=StudentStatus.choices, default=StudentStatus.STUDYING, editable=False
    )
    status_since = models.DateField(_("status since"), null=True, blank=True, editable=False)
    status_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("status decided by"),
    )

    mean_mark = models.PositiveSmallIntegerField(_("mean mark, in hundredths"), null=True, blank=True, editable=False)
    marks_counted = models.PositiveIntegerField(_("marks counted"), default=0, editable=False)
    marks_unmapped = models.PositiveIntegerField(_("marks without a place on our scale"), default=0, editable=False)
    debts = models.PositiveIntegerField(_("debts"), default=0, editable=False)
    sort_name = models.TextField(_("name to sort by"), blank=True, editable=False)

    objects = StudentQuerySet.as_manager()

    class Meta:
        verbose_name = _("student's profile")
        verbose_name_plural = _("students' profiles")
        triggers = [Journaled(part_of="person", derived=DERIVED), TAKES_SORT_NAME]
        constraints = [
            models.CheckConstraint(condition=Q(course_year__range=(1, 8)), name="course_year_from_1_to_8"),
            models.CheckConstraint(condition=Q(status__in=StudentStatus.values), name="student_status_is_known"),
            models.CheckConstraint(
                condition=Q(status_since__isnull=True, status_by__isnull=True)
                | Q(status_since__isnull=False, status_by__isnull=False),
                name="student_status_has_who_and_when",
            ),
            models.CheckConstraint(
                condition=Q(status="studying") | Q(status_since__isnull=False), name="student_left_by_a_decision"
            ),
            models.CheckConstraint(
                condition=Q(mean_mark__isnull=True) | Q(marks_counted__gt=0, marks_unmapped=0),
                name="mean_mark_of_mapped_marks",
            ),
        ]
        indexes = [
            models.Index(fields=["faculty", "person"], name="student_of_faculty"),
            models.Index(fields=["faculty", "status", "course_year", "sort_name", "id"], name="student_by_course"),
            models.Index(fields=["faculty", "status", "sort_name", "id"], name="student_by_faculty"),
            models.Index(fields=["status", "sort_name", "id"], name="student_by_name"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    def get_absolute_url(self) -> str:
        return reverse("student-detail", args=[self.person_id])

    @property
    def mean(self) -> Decimal | None:
        return on_paper(self.mean_mark)

    @property
    def is_studying(self) -> bool:
        return self.status == StudentStatus.STUDYING


class StudentLeave(models.Model):
    """Away from study from a day to a day, both included; without a last day, until further notice."""

    class Kind(models.TextChoices):
        ACADEMIC = "academic", _("academic leave")
        MEDICAL = "medical", _("medical leave")
        CHILD = "child", _("leave to care for a child")
        MILITARY = "military", _("military service")
        OTHER = "other", _("other leave")

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="leaves", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=8, choices=Kind.choices, default=Kind.ACADEMIC)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"), null=True, blank=True)

    objects = LeaveQuerySet.as_manager()

    class Meta:
        verbose_name = _("student's leave")
        verbose_name_plural = _("students' leaves")
        triggers = [Journaled(part_of="person")]
        ordering = ["-starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="leave_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            ExclusionConstraint(
                name="one_leave_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateRange("starts", "ends"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("The student is on leave on some of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()

    def clean(self) -> None:
        super().clean()
        refuse_reversed(self)


class Sanction(models.Model):
    """A disciplinary sanction, in force from a day to a day."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="sanctions", verbose_name=_("person")
    )
    what = NfcCharField(_("sanction"), max_length=200)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"), null=True, blank=True)

    objects = SanctionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanction")
        verbose_name_plural = _("sanctions")
        triggers = [Journaled(part_of="person")]
        ordering = ["-starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="sanction_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.UniqueConstraint(fields=["person", "what", "starts"], name="same_sanction_once"),
        ]

    def __str__(self) -> str:
        return self.what

    def clean(self) -> None:
        super().clean()
        refuse_reversed(self)
