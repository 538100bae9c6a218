import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.events.querysets import SubstitutionQuerySet
from mobility.files.models import IssuedDocument
from mobility.journal.triggers import Journaled
from mobility.web.fields import NfcCharField

from .events import Event
from .members import TeamMember
from .states import BY_THE_CALENDAR, WITH_REASON, StepKind


class SubstitutionState(models.TextChoices):
    ASKED = "asked", _("Waits for the rector's decision")
    DECIDED = "decided", _("Amendment order to be issued")
    ORDERED = "ordered", _("In effect")
    REFUSED = "refused", _("Refused")


class Substitution(models.Model):
    """After the order one student stays and another may step in; in effect from the amendment order on."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="substitutions", verbose_name=_("event"))
    state = models.CharField(
        _("state"), max_length=8, choices=SubstitutionState, default=SubstitutionState.ASKED, editable=False
    )
    leaves = models.ForeignKey(TeamMember, models.PROTECT, related_name="left_by", verbose_name=_("who stays"))
    comes = models.ForeignKey(
        TeamMember, models.PROTECT, null=True, blank=True, related_name="came_by", verbose_name=_("who steps in")
    )
    reason = NfcCharField(_("reason for the substitution"), max_length=500)

    objects = SubstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("substitution")
        verbose_name_plural = _("substitutions")
        ordering = ["id"]
        triggers = [Journaled(part_of="event")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SubstitutionState.values), name="substitution_state_is_known"),
            models.CheckConstraint(condition=~Q(reason=""), name="substitution_has_a_reason"),
            models.UniqueConstraint(
                fields=["leaves"],
                condition=Q(state__in=["asked", "decided"]),
                name="one_substitution_on_its_way",
                violation_error_message=_("A substitution for this student is on its way already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.leaves} → {self.comes or '–'}"


class Order(models.Model):
    """What sends the team, or changes that by an amendment."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="orders", verbose_name=_("event"))
    substitution = models.OneToOneField(
        Substitution, models.PROTECT, null=True, blank=True, related_name="order", verbose_name=_("substitution")
    )
    document = models.OneToOneField(IssuedDocument, models.PROTECT, related_name="+", verbose_name=_("document"))

    class Meta:
        verbose_name = _("order of an event")
        verbose_name_plural = _("orders of events")
        ordering = ["id"]
        triggers = [Journaled(part_of="event")]
        constraints = [
            models.UniqueConstraint(fields=["event"], condition=Q(substitution=None), name="one_order_an_event"),
        ]

    def __str__(self) -> str:
        return f"№ {self.document.number}"


class Step(models.Model):
    """Who did what when. Rows are only ever added; the calendar's own steps are nobody's."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="steps", verbose_name=_("event"))
    member = models.ForeignKey(
        TeamMember, models.PROTECT, null=True, blank=True, related_name="steps", verbose_name=_("student")
    )
    kind = models.CharField(_("step"), max_length=20, choices=StepKind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("by")
    )
    at = models.DateTimeField(_("at"))
    reason = models.TextField(_("reason"), blank=True)

    class Meta:
        verbose_name = _("step of an event")
        verbose_name_plural = _("steps of events")
        ordering = ["id"]
        triggers = [
            Journaled(part_of="event"),
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(by__isnull=False) | Q(kind__in=BY_THE_CALENDAR), name="event_step_is_somebodys"
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=WITH_REASON) | ~Q(reason=""), name="event_step_back_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
