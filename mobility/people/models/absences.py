from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.people.querysets import AbsenceQuerySet

from .roles import DateRange


class AbsenceKind(models.TextChoices):
    STAFF_TRIP = "staff-trip", _("staff mobility")
    STAY = "stay", _("student's stay")
    EVENT = "event", _("event")


class Absence(models.Model):
    """The one table of all stays and trips: nobody is in two places on one day, whichever room sent them.

    `source` is the key, in the room that decided, of what sent the person there: one absence a person for each.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="absences", verbose_name=_("person")
    )
    kind = models.CharField(_("kind"), max_length=10, choices=AbsenceKind)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    source = models.CharField(_("what it follows from"), max_length=40)

    objects = AbsenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("absence")
        verbose_name_plural = _("absences")
        triggers = [Journaled(part_of="person")]
        ordering = ["-starts", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=AbsenceKind.values), name="absence_kind_is_known"),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="absence_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.UniqueConstraint(fields=["person", "kind", "source"], name="absence_once_for_its_source"),
            ExclusionConstraint(
                name="one_absence_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (DateRange("starts", "ends"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person is away on some of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
