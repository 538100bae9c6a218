"""The university and its parts: nothing here but data is particular to one university."""

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.people.querysets import FacultyQuerySet, UniversityQuerySet
from mobility.web.fields import NfcCharField


def in_active_language(row: models.Model, field: str) -> str:
    """The column of the reader's language, or English where that column is empty."""
    return getattr(row, f"{field}_{get_language() or 'en'}", "") or getattr(row, f"{field}_en")


class Named(models.Model):
    """A part of the university, named in the interface's languages."""

    code = models.SlugField(_("code"), max_length=40, unique=True, help_text=_("Short and lasting: imports name it."))
    name_en = NfcCharField(_("name in English"), max_length=200)
    name_ru = NfcCharField(_("name in Russian"), max_length=200)
    name_be = NfcCharField(_("name in Belarusian"), max_length=200)
    short_name_en = NfcCharField(_("short name in English"), max_length=60, blank=True)
    short_name_ru = NfcCharField(_("short name in Russian"), max_length=60, blank=True)
    short_name_be = NfcCharField(_("short name in Belarusian"), max_length=60, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_active_language(self, "name")

    @property
    def short_name(self) -> str:
        return in_active_language(self, "short_name") or self.name


class Faculty(Named):
    position = models.PositiveSmallIntegerField(
        _("place in lists"), default=0, help_text=_("Lists follow this number.")
    )
    years = models.PositiveSmallIntegerField(
        _("years of study"), default=6, help_text=_("After the last of them students graduate.")
    )

    objects = FacultyQuerySet.as_manager()

    class Meta:
        verbose_name = _("faculty")
        verbose_name_plural = _("faculties")
        triggers = [Journaled()]
        ordering = ["position", "code"]


class Department(Named):
    faculty = models.ForeignKey(
        Faculty, models.PROTECT, null=True, blank=True, related_name="departments", verbose_name=_("faculty")
    )

    class Meta:
        verbose_name = _("department")
        verbose_name_plural = _("departments")
        triggers = [Journaled()]
        ordering = ["code"]


class University(models.Model):
    """The one row that says whose installation this is."""

    name_en = NfcCharField(_("name in English"), max_length=200)
    name_ru = NfcCharField(_("name in Russian"), max_length=200)
    name_be = NfcCharField(_("name in Belarusian"), max_length=200)
    short_name_en = NfcCharField(_("short name in English"), max_length=60)
    short_name_ru = NfcCharField(_("short name in Russian"), max_length=60)
    short_name_be = NfcCharField(_("short name in Belarusian"), max_length=60)
    ir_department_en = NfcCharField(_("international relations department in English"), max_length=200)
    ir_department_ru = NfcCharField(_("international relations department in Russian"), max_length=200)
    ir_department_be = NfcCharField(_("international relations department in Belarusian"), max_length=200)
    address_en = NfcCharField(_("address in English"), max_length=300, blank=True)
    address_ru = NfcCharField(_("address in Russian"), max_length=300, blank=True)
    address_be = NfcCharField(_("address in Belarusian"), max_length=300, blank=True)
    zone_en = NfcCharField(_("name of the time zone in English"), max_length=60, help_text=_("Such as “Minsk time”."))
    zone_ru = NfcCharField(_("name of the time zone in Russian"), max_length=60)
    zone_be = NfcCharField(_("name of the time zone in Belarusian"), max_length=60)

    objects = UniversityQuerySet.as_manager()

    class Meta:
        verbose_name = _("university")
        verbose_name_plural = _("university")
        triggers = [Journaled()]
        constraints = [models.CheckConstraint(condition=models.Q(id=1), name="one_university")]

    def __str__(self) -> str:
        return self.name

    def save(self, **kwargs) -> None:
        self.pk = 1
        super().save(**kwargs)

    @property
    def name(self) -> str:
        return in_active_language(self, "name")

    @property
    def short_name(self) -> str:
        return in_active_language(self, "short_name")

    @property
    def ir_department(self) -> str:
        """As the letterhead says it."""
        return in_active_language(self, "ir_department")

    @property
    def address(self) -> str:
        return in_active_language(self, "address")

    @property
    def zone(self) -> str:
        """The words that follow an hour; the zone itself is settings.TIME_ZONE."""
        return in_active_language(self, "zone")
