from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobility.calls.querysets import DestinationQuerySet
from mobility.journal.triggers import Journaled
from mobility.people.models import Faculty
from mobility.people.models.university import in_active_language
from mobility.web.fields import NfcCharField
from partners.models import Condition, LanguageLevel

from .calls import Call


class Destination(models.Model):
    """A place to apply for within a call: a condition of an agreement, with its dates and what it asks."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="destinations", verbose_name=_("call"))
    condition = models.ForeignKey(
        Condition, models.PROTECT, related_name="destinations", verbose_name=_("cooperation condition")
    )
    code = models.SlugField(_("code"), max_length=40, help_text=_("Short, such as omsk: runs and files name it."))
    seats = models.PositiveSmallIntegerField(_("seats"))
    starts = models.DateField(_("first day of the stay"))
    ends = models.DateField(_("last day of the stay"))
    discipline_en = NfcCharField(_("discipline in English"), max_length=200, blank=True)
    discipline_ru = NfcCharField(_("discipline in Russian"), max_length=200, blank=True)
    discipline_be = NfcCharField(_("discipline in Belarusian"), max_length=200, blank=True)
    costs_en = models.TextField(_("who pays what, in English"), blank=True)
    costs_ru = models.TextField(_("who pays what, in Russian"), blank=True)
    costs_be = models.TextField(_("who pays what, in Belarusian"), blank=True)
    specialty = NfcCharField(_("specialty"), max_length=200, blank=True, help_text=_("Empty: any."))
    first_course_year = models.PositiveSmallIntegerField(_("from course year"), null=True, blank=True)
    last_course_year = models.PositiveSmallIntegerField(_("to course year"), null=True, blank=True)
    mark_floor = models.PositiveSmallIntegerField(
        _("least mean mark, in hundredths"), null=True, blank=True, help_text=_("Empty: that of the rules.")
    )
    language = models.CharField(_("language"), max_length=12, blank=True)
    language_level = models.CharField(_("least level of the language"), max_length=2, choices=LanguageLevel, blank=True)
    counts_language = models.BooleanField(_("points for the language count"), default=False)
    weights = models.JSONField(
        _("weights"), default=dict, blank=True, help_text=_("Criterion → percent; empty: all 100.")
    )

    objects = DestinationQuerySet.as_manager()

    class Meta:
        verbose_name = _("destination")
        verbose_name_plural = _("destinations")
        ordering = ["call", "code"]
        triggers = [Journaled(part_of="call")]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "code"],
                name="destination_code_once",
                violation_error_message=_("Another destination of this call has this code."),
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="stay_ends_after_it_starts",
                violation_error_message=_("The last day of the stay is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(first_course_year=None)
                | Q(last_course_year=None)
                | Q(last_course_year__gte=F("first_course_year")),
                name="destination_course_years_in_order",
                violation_error_message=_("The last course year is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(language_level="") | ~Q(language=""),
                name="destination_level_has_a_language",
                violation_error_message=_("A level is of a language: name it."),
            ),
        ]

    def __str__(self) -> str:
        return str(self.condition.partner)

    def get_absolute_url(self) -> str:
        return reverse("destination-detail", args=[self.call.code, self.code])

    @property
    def discipline(self) -> str:
        return in_active_language(self, "discipline")

    @property
    def costs(self) -> str:
        """Its own, or those of the call."""
        return in_active_language(self, "costs") or self.call.costs


class Cutoff(models.Model):
    """The last one in of a faculty at a destination, as published. Pushed by the room that ran the selection."""

    class State(models.TextChoices):
        OPEN = "open", _("nobody was refused")
        CLOSED = "closed", _("nobody is in")
        AT = "at", _("the last one in")

    destination = models.ForeignKey(Destination, models.CASCADE, related_name="cutoffs", verbose_name=_("destination"))
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="+", verbose_name=_("faculty"))
    state = models.CharField(_("state"), max_length=6, choices=State)
    points = models.IntegerField(_("points of the last one in, in hundredths"), null=True, blank=True)

    class Meta:
        verbose_name = _("cut-off")
        verbose_name_plural = _("cut-offs")
        ordering = ["destination", "faculty"]
        triggers = [Journaled(part_of="destination")]
        constraints = [
            models.UniqueConstraint(fields=["destination", "faculty"], name="one_cutoff_a_faculty"),
            models.CheckConstraint(
                condition=Q(state="at", points__isnull=False) | ~Q(state="at") & Q(points=None),
                name="cutoff_has_points_where_someone_is_last",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.destination}, {self.faculty}"
