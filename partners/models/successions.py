from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled


class Succession(models.Model):
    """One institution took another's place: a merger has several predecessors, a split several successors."""

    predecessor = models.ForeignKey(
        "partners.Institution", models.PROTECT, related_name="successions", verbose_name=_("predecessor")
    )
    successor = models.ForeignKey(
        "partners.Institution", models.PROTECT, related_name="origins", verbose_name=_("successor")
    )
    day = models.DateField(_("day of succession"))

    class Meta:
        verbose_name = _("succession")
        verbose_name_plural = _("successions")
        ordering = ["day", "id"]
        triggers = [Journaled(part_of="predecessor")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="nobody_succeeds_themselves",
                violation_error_message=_("An institution cannot be its own successor."),
            ),
            models.UniqueConstraint(
                fields=["predecessor", "successor"],
                name="one_succession_of_a_pair",
                violation_error_message=_("This succession is entered already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
