from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled

from .activities import Activity


class Source(models.TextChoices):
    HOST = "host", _("the host")
    UNIVERSITY = "university", _("our university")
    BUDGET = "budget", _("the state budget")
    GRANT = "grant", _("a grant or project")
    ORGANISER = "organiser", _("the organiser or a sponsor")
    OWN = "own", _("own means")


class FundingLine(models.Model):
    """Who pays how much of what; an activity may have several, in several currencies."""

    activity = models.ForeignKey(Activity, models.CASCADE, related_name="funding", verbose_name=_("activity"))
    source = models.CharField(_("who pays"), max_length=10, choices=Source)
    amount = models.DecimalField(_("amount"), max_digits=10, decimal_places=2, validators=[MinValueValidator(1)])
    currency = models.CharField(
        _("currency"), max_length=3, default="BYN",
        validators=[RegexValidator("^[A-Z]{3}$", _("A currency has three capital letters, such as BYN or EUR."))],
    )  # fmt: skip
    what = models.CharField(_("what for"), max_length=120, blank=True, help_text=_("Such as “fare” or “lodging”."))

    class Meta:
        verbose_name = _("funding")
        verbose_name_plural = _("funding")
        ordering = ["id"]
        triggers = [Journaled(part_of="activity")]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="funding_is_positive"),
            models.CheckConstraint(
                condition=Q(currency__regex="^[A-Z]{3}$"), name="funding_currency_has_three_letters"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()}: {self.amount} {self.currency}"
