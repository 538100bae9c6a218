import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobility.calls.models import Call, RulesVersion
from mobility.journal.triggers import Journaled
from selection.querysets import PublicationQuerySet


class Run(models.Model):
    """One computation over frozen inputs. Appended only; each names the `chain_sha256` of the one before.

    `frozen` is the input as canonical JSON (`selection.engine.frozen`), from which everything can be computed again;
    `result` is what came out: placements, cut-offs and the checksum of the cards.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="runs", verbose_name=_("call"))
    number = models.PositiveIntegerField(_("number"))
    rules = models.ForeignKey(RulesVersion, models.PROTECT, related_name="+", verbose_name=_("rules"))
    engine = models.CharField(_("version of the engine"), max_length=20)
    frozen = models.TextField(_("frozen input"))
    result = models.TextField(_("result"))
    input_sha256 = models.CharField(_("checksum of the input"), max_length=64)
    result_sha256 = models.CharField(_("checksum of the result"), max_length=64)
    previous_sha256 = models.CharField(_("chain of the run before"), max_length=64, blank=True)
    chain_sha256 = models.CharField(_("chain"), max_length=64)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))

    class Meta:
        verbose_name = _("selection run")
        verbose_name_plural = _("selection runs")
        ordering = ["call", "-number"]
        triggers = [
            Journaled(part_of="call", without=["frozen", "result"]),
            pgtrigger.Protect(name="appended_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="run_number_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="runs_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.call}, {self.number}"

    def get_absolute_url(self) -> str:
        return reverse("run-detail", args=[self.call.code, self.number])


class RunCard(models.Model):
    """The card of reasons of one applicant of a run, as canonical JSON; `Run.result` holds the checksum of them all."""

    run = models.ForeignKey(Run, models.PROTECT, related_name="cards", verbose_name=_("run"))
    applicant = models.CharField(_("applicant"), max_length=30)
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("card of a run")
        verbose_name_plural = _("cards of a run")
        triggers = [pgtrigger.Protect(name="appended_only", operation=pgtrigger.Update | pgtrigger.Delete)]
        constraints = [models.UniqueConstraint(fields=["run", "applicant"], name="one_card_an_applicant")]

    def __str__(self) -> str:
        return f"{self.run}, {self.applicant}"


class Publication(models.Model):
    """A run on its way to everyone: one person prepares it, another publishes it or sends it back."""

    run = models.OneToOneField(Run, models.PROTECT, related_name="publication", verbose_name=_("run"))
    prepared_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("prepared by")
    )
    prepared_at = models.DateTimeField(_("prepared"))
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("published by"),
    )  # fmt: skip
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    objects = PublicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("publication")
        verbose_name_plural = _("publications")
        triggers = [Journaled(part_of="run")]
        constraints = [
            models.CheckConstraint(
                condition=Q(published_by=None, published_at=None)
                | Q(published_by__isnull=False, published_at__isnull=False) & ~Q(published_by=F("prepared_by")),
                name="published_by_a_second_person",
            )
        ]

    def __str__(self) -> str:
        return str(self.run)
