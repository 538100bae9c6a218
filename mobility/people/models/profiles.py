from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from mobility.journal.triggers import Journaled
from mobility.web.fields import NfcCharField

from .university import Department, Faculty


class StudyLanguage(models.TextChoices):
    RUSSIAN = "ru", _("Russian")
    BELARUSIAN = "be", _("Belarusian")
    ENGLISH = "en", _("English")


class StudentProfile(models.Model):
    """Where and what a student studies, as the roster says."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="student", verbose_name=_("person")
    )
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="students", verbose_name=_("faculty"))
    specialty = NfcCharField(_("specialty"), max_length=200)
    course_year = models.PositiveSmallIntegerField(
        _("course year"), validators=[MinValueValidator(1), MaxValueValidator(8)]
    )
    group = NfcCharField(_("group"), max_length=30, blank=True)
    citizenship = CountryField(_("citizenship"), blank=True)
    study_language = models.CharField(
        _("language of study"), max_length=2, choices=StudyLanguage.choices, default=StudyLanguage.RUSSIAN
    )

    class Meta:
        verbose_name = _("student's profile")
        verbose_name_plural = _("students' profiles")
        triggers = [Journaled(part_of="person")]
        constraints = [
            models.CheckConstraint(condition=models.Q(course_year__range=(1, 8)), name="course_year_from_1_to_8"),
        ]
        indexes = [models.Index(fields=["faculty", "course_year"], name="student_by_faculty")]

    def __str__(self) -> str:
        return str(self.person)


class StaffProfile(models.Model):
    """Where and as what someone works."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="staff", verbose_name=_("person")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("department")
    )
    position = NfcCharField(_("position"), max_length=200, blank=True, help_text=_("As orders name it."))

    class Meta:
        verbose_name = _("employee's profile")
        verbose_name_plural = _("employees' profiles")
        triggers = [Journaled(part_of="person")]

    def __str__(self) -> str:
        return str(self.person)
