from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mobility.files.models import IssuedDocument
from mobility.journal.triggers import Journaled
from mobility.staff.querysets import AmendmentQuerySet
from mobility.web.fields import NfcCharField

from .activities import Activity


class AmendmentState(models.TextChoices):
    PROPOSED = "proposed", _("Waits for the head's endorsement")
    ENDORSED = "endorsed", _("Waits for the rector's decision")
    APPROVED = "approved", _("Amendment order to be issued")
    ORDERED = "ordered", _("In effect")
    REFUSED = "refused", _("Refused")


class Amendment(models.Model):
    """A change of what was ordered, by a new memo; in effect from its order on. Who did what when is in the steps."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="amendments", verbose_name=_("activity"))
    state = models.CharField(
        _("state"), max_length=10, choices=AmendmentState, default=AmendmentState.PROPOSED, editable=False
    )
    reason = NfcCharField(_("reason for the change"), max_length=500)
    starts = models.DateField(_("new first day"))
    ends = models.DateField(_("new last day"))
    former_starts = models.DateField(_("former first day"), editable=False)
    former_ends = models.DateField(_("former last day"), editable=False)

    objects = AmendmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of an activity")
        verbose_name_plural = _("changes of activities")
        ordering = ["id"]
        triggers = [Journaled(part_of="activity")]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="amendment_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(state__in=["proposed", "endorsed", "approved"]),
                name="one_amendment_on_its_way",
                violation_error_message=_("A change is on its way already."),
            ),
        ]

    def __str__(self) -> str:
        return self.reason


class Order(models.Model):
    """What sends somebody, changes that by an amendment, or calls it off. One document may stand for several people."""

    activity = models.ForeignKey(Activity, models.PROTECT, related_name="orders", verbose_name=_("activity"))
    amendment = models.OneToOneField(
        Amendment, models.PROTECT, null=True, blank=True, related_name="order", verbose_name=_("change")
    )
    calls_off = models.BooleanField(_("calls it off"), default=False, editable=False)
    document = models.ForeignKey(IssuedDocument, models.PROTECT, related_name="+", verbose_name=_("document"))

    class Meta:
        verbose_name = _("order")
        verbose_name_plural = _("orders")
        ordering = ["id"]
        triggers = [Journaled(part_of="activity")]
        constraints = [
            models.UniqueConstraint(
                fields=["activity", "calls_off"], condition=Q(amendment=None), name="one_order_to_go_and_one_to_stay"
            ),
            models.CheckConstraint(condition=Q(amendment=None) | Q(calls_off=False), name="order_changes_or_calls_off"),
        ]

    def __str__(self) -> str:
        return f"№ {self.document.number}"
