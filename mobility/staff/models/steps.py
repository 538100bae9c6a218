import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled

from .activities import Activity
from .orders import Amendment
from .states import BY_THE_CALENDAR, WITH_REASON, StepKind


class Step(models.Model):
    """Who did what when. Rows are only ever added; the calendar's own steps are nobody's."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="steps", verbose_name=_("activity"))
    amendment = models.ForeignKey(
        Amendment, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("change")
    )
    kind = models.CharField(_("step"), max_length=16, choices=StepKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step")
        verbose_name_plural = _("steps")
        ordering = ["id"]
        triggers = [
            Journaled(part_of="activity"),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(kind__in=BY_THE_CALENDAR), name="step_is_somebodys"
            ),
            models.CheckConstraint(condition=~Q(kind__in=WITH_REASON) | ~Q(reason=""), name="step_back_has_a_reason"),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
