from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Lower
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobility.files.models import StoredFile
from mobility.journal.triggers import Journaled
from mobility.people.academic_years import PATTERN
from mobility.web.fields import NfcCharField
from partners.querysets import ConditionQuerySet, ConfirmedSeatsQuerySet

from .agreements import Agreement
from .institutions import Institution


class Direction(models.TextChoices):
    OUTGOING = "outgoing", _("outgoing")
    INCOMING = "incoming", _("incoming")


class MobilityKind(models.TextChoices):
    """One of students' five, or one of the six forms of staff mobility."""

    PRACTICAL_TRAINING = "practical-training", _("practical training of students")
    EDUCATIONAL_EVENT = "educational-event", _("educational event of students")
    SCIENTIFIC_EVENT = "scientific-event", _("scientific event of students")
    CULTURAL_EVENT = "cultural-event", _("cultural event of students")
    SPORTS_EVENT = "sports-event", _("sports event of students")
    CONFERENCE = "conference", _("conferences")
    LECTURING = "lecturing", _("lecturing, seminars and workshops")
    JOINT_TOPIC = "joint-topic", _("scientific work on joint topics")
    JOINT_PROJECT = "joint-project", _("joint research projects")
    ADVANCED_TRAINING = "advanced-training", _("advanced professional training")
    INTERNSHIP = "internship", _("on-the-job internship")


STUDENT_KINDS = (
    MobilityKind.PRACTICAL_TRAINING,
    MobilityKind.EDUCATIONAL_EVENT,
    MobilityKind.SCIENTIFIC_EVENT,
    MobilityKind.CULTURAL_EVENT,
    MobilityKind.SPORTS_EVENT,
)


class Level(models.TextChoices):
    ANY = "", _("any level")
    FIRST = "6", _("first cycle (bachelor)")
    SECOND = "7", _("second cycle (master, specialist)")
    THIRD = "8", _("third cycle (doctoral)")


class LanguageLevel(models.TextChoices):
    NONE = "", _("no level asked")
    A1 = "A1", "A1"
    A2 = "A2", "A2"
    B1 = "B1", "B1"
    B2 = "B2", "B2"
    C1 = "C1", "C1"
    C2 = "C2", "C2"


class DateRange(Func):
    function = "DATERANGE"
    output_field = DateRangeField()


class Condition(models.Model):
    """One line of an agreement, one way: whom, how many a year, for how long. An exchange is two, one each way.

    `specialty` empty means any. Without dates of its own it is valid as long as the agreement's dates say.
    """

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="conditions", verbose_name=_("agreement"))
    partner = models.ForeignKey(
        Institution, models.PROTECT, related_name="conditions", verbose_name=_("partner"),
        help_text=_("In a multilateral agreement each partner has seats of its own."),
    )  # fmt: skip
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    kind = models.CharField(_("kind of mobility"), max_length=20, choices=MobilityKind)
    seats = models.PositiveSmallIntegerField(_("seats a year"))
    weeks = models.PositiveSmallIntegerField(_("weeks"), validators=[MinValueValidator(1), MaxValueValidator(104)])
    level = models.CharField(_("level"), max_length=1, choices=Level, blank=True, default="")
    field = models.CharField(
        _("field of study (ISCED-F)"), max_length=4, blank=True,
        validators=[RegexValidator("^[0-9]{2,4}$", _("An ISCED-F code has two to four digits, such as 0912."))],
        help_text=_("Such as 0912, medicine."),
    )  # fmt: skip
    specialty = NfcCharField(_("specialty"), max_length=200, blank=True, help_text=_("Empty: any."))
    first_course_year = models.PositiveSmallIntegerField(
        _("from course year"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    last_course_year = models.PositiveSmallIntegerField(
        _("to course year"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    language = models.CharField(_("language"), max_length=12, blank=True, help_text=_("Its tag: en, ru."))
    language_level = models.CharField(_("level of the language"), max_length=2, choices=LanguageLevel, blank=True)
    starts = models.DateField(_("valid from"))
    ends = models.DateField(_("valid until"), null=True, blank=True, help_text=_("The last day; empty: no end."))
    exchange_with = models.OneToOneField(
        "self", models.SET_NULL, null=True, blank=True, editable=False, related_name="+",
        verbose_name=_("the other way of the same exchange"),
    )  # fmt: skip

    objects = ConditionQuerySet.as_manager()

    class Meta:
        verbose_name = _("cooperation condition")
        verbose_name_plural = _("cooperation conditions")
        ordering = ["agreement", "partner", "kind", "specialty", "-direction", "starts"]
        triggers = [Journaled(part_of="agreement")]
        constraints = [
            ExclusionConstraint(
                name="condition_once_at_a_time",
                expressions=[
                    ("agreement", RangeOperators.EQUAL),
                    ("partner", RangeOperators.EQUAL),
                    ("direction", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Lower("specialty"), RangeOperators.EQUAL),
                    (
                        DateRange("starts", "ends", RangeBoundary(inclusive_lower=True, inclusive_upper=True)),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_code="overlaps",
                violation_error_message=_(
                    "The agreement has a condition for this partner, direction, kind and specialty already, and the "
                    "two are valid on the same days."
                ),
            ),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="condition_direction_is_known"),
            models.CheckConstraint(condition=Q(kind__in=MobilityKind.values), name="condition_kind_is_known"),
            models.CheckConstraint(
                condition=Q(seats__gte=0, weeks__range=(1, 104)), name="condition_numbers_are_possible"
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="condition_ends_after_it_starts",
                violation_error_message=_("The last day of the condition is before its first."),
            ),
            models.CheckConstraint(
                condition=Q(first_course_year=None)
                | Q(last_course_year=None)
                | Q(last_course_year__gte=F("first_course_year")),
                name="condition_course_years_in_order",
                violation_error_message=_("The last course year is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(language_level="") | ~Q(language=""),
                name="condition_level_has_a_language",
                violation_error_message=_("A level is of a language: name it."),
            ),
        ]
        indexes = [
            models.Index(fields=["partner", "kind", "direction"], name="condition_of_partner"),
            models.Index(fields=["kind", "starts"], name="condition_of_kind"),  # the constraint's is ten times slower
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.get_direction_display()}"

    def get_absolute_url(self) -> str:
        return reverse("agreement-detail", args=[self.agreement_id])

    @property
    def course_years(self) -> str:
        if self.first_course_year and self.last_course_year:
            return _("years %(first)s–%(last)s") % {"first": self.first_course_year, "last": self.last_course_year}
        if self.first_course_year:
            return _("from year %(first)s") % {"first": self.first_course_year}
        return _("up to year %(last)s") % {"last": self.last_course_year} if self.last_course_year else ""


class ConfirmedSeats(models.Model):
    """What the partner confirmed for one academic year, by a letter. The latest entry counts; earlier ones stay."""

    condition = models.ForeignKey(
        Condition, models.CASCADE, related_name="confirmations", verbose_name=_("cooperation condition")
    )
    academic_year = models.CharField(
        _("academic year"), max_length=9,
        validators=[RegexValidator(PATTERN, _("An academic year is written 2026/2027."))],
    )  # fmt: skip
    seats = models.PositiveSmallIntegerField(_("seats confirmed"))
    letter_number = NfcCharField(_("number of the letter"), max_length=60, blank=True)
    letter_date = models.DateField(_("date of the letter"))
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("letter")
    )
    note = NfcCharField(_("note"), max_length=300, blank=True)
    entered_by = models.ForeignKey(
        "people.User", models.PROTECT, editable=False, related_name="+", verbose_name=_("entered by")
    )
    entered_at = models.DateTimeField(_("entered"), editable=False)

    objects = ConfirmedSeatsQuerySet.as_manager()

    class Meta:
        verbose_name = _("seats of the year")
        verbose_name_plural = _("seats of the year")
        ordering = ["condition", "academic_year", "-entered_at", "-id"]
        triggers = [Journaled(part_of="condition")]
        constraints = [
            models.CheckConstraint(condition=Q(academic_year__regex=PATTERN), name="confirmed_for_an_academic_year"),
            models.CheckConstraint(condition=Q(seats__gte=0), name="confirmed_seats_are_possible"),
        ]
        indexes = [models.Index("condition", "academic_year", F("id").desc(), name="confirmation_latest")]

    def __str__(self) -> str:
        return f"{self.academic_year}: {self.seats}"
