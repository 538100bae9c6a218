from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.people.querysets import CalendarDayQuerySet
from mobility.web.fields import NfcCharField

from .university import in_active_language


class CalendarDay(models.Model):
    """A day that is not what its weekday says: a holiday, a day off moved to it, or a working Saturday."""

    class Kind(models.TextChoices):
        HOLIDAY = "holiday", _("Holiday")
        DAY_OFF = "day-off", _("Day off, moved to here")
        WORKING_DAY = "working-day", _("Working day, moved to here")

    day = models.DateField(_("day"), unique=True)
    kind = models.CharField(_("kind"), max_length=12, choices=Kind.choices)
    name_en = NfcCharField(_("name in English"), max_length=120, blank=True)
    name_ru = NfcCharField(_("name in Russian"), max_length=120, blank=True)
    name_be = NfcCharField(_("name in Belarusian"), max_length=120, blank=True)

    objects = CalendarDayQuerySet.as_manager()

    class Meta:
        verbose_name = _("day of the calendar")
        verbose_name_plural = _("working-day calendar")
        triggers = [Journaled()]
        ordering = ["day"]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["holiday", "day-off", "working-day"]), name="calendar_kind_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.day:%Y-%m-%d} {self.name or self.get_kind_display()}"

    @property
    def name(self) -> str:
        return in_active_language(self, "name")
