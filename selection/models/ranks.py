from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mobility.calls.models import Call, Destination
from mobility.people.models import Faculty
from mobility.students.models import Application


class Rank(models.Model):
    """Where an application stands in its faculty at the moment, and what the faculty's quotas would give it.

    Kept by `actions.scoring`, so that a page of the ranking is read in index order. `place` is alike for those whom
    only the lottery could tell apart; `tie_rule` is what put the row after the one above where the points are equal.
    """

    application = models.OneToOneField(Application, models.CASCADE, related_name="rank", verbose_name=_("application"))
    call = models.ForeignKey(Call, models.CASCADE, related_name="+", verbose_name=_("call"))
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="+", verbose_name=_("faculty"))
    order = models.PositiveIntegerField(_("order"))
    place = models.PositiveIntegerField(_("rank"))
    tie_rule = models.CharField(_("rule that decided the tie"), max_length=40, blank=True)
    destination = models.ForeignKey(
        Destination, models.CASCADE, null=True, blank=True, related_name="+", verbose_name=_("place, if locked now")
    )
    wish = models.PositiveSmallIntegerField(_("which of the choices"), null=True, blank=True)

    class Meta:
        verbose_name = _("rank")
        verbose_name_plural = _("ranks")
        ordering = ["call", "faculty", "order"]
        constraints = [
            models.CheckConstraint(
                condition=Q(destination=None, wish=None) | Q(destination__isnull=False, wish__isnull=False),
                name="place_of_a_choice",
            )
        ]
        indexes = [models.Index(fields=["call", "faculty", "order"], name="ranking_of_a_faculty")]

    def __str__(self) -> str:
        return f"{self.application}: {self.place}"


class Outlook(models.Model):
    """What a faculty's quotas would give if its ranking were locked now.

    `changes` counts what happened to the faculty's applications, `computed` how many of these the ranks know.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="outlooks", verbose_name=_("call"))
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="+", verbose_name=_("faculty"))
    changes = models.PositiveIntegerField(_("changes"), default=0)
    computed = models.PositiveIntegerField(_("changes that are computed"), default=0)
    computed_at = models.DateTimeField(_("computed"), null=True, blank=True)
    cutoffs = models.JSONField(_("cut-offs"), default=dict, help_text=_("Destination → points of the last one in."))
    own_standings = models.JSONField(
        _("rankings of their own"), default=dict,
        help_text=_("Destination that weighs otherwise → its rows: applicant, order, place, points by criterion."),
    )  # fmt: skip
    sums = models.JSONField(
        _("sums"), default=dict, help_text=_("Ranked, placed, ties; of each destination how many are placed.")
    )

    class Meta:
        verbose_name = _("outlook")
        verbose_name_plural = _("outlooks")
        constraints = [
            models.UniqueConstraint(fields=["call", "faculty"], name="one_outlook_a_faculty"),
            models.CheckConstraint(condition=Q(computed__lte=F("changes")), name="computed_what_happened"),
        ]

    def __str__(self) -> str:
        return f"{self.call}, {self.faculty}"

    @property
    def is_current(self) -> bool:
        return self.computed == self.changes
