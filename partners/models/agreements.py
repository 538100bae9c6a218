from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.db.models.functions import Coalesce, Concat
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mobility.journal.triggers import Journaled
from mobility.web.fields import NfcCharField
from partners.querysets import AgreementQuerySet, Folded

from .institutions import Institution


class Renewal(models.TextChoices):
    NONE = "none", _("ends on its last day")
    AUTOMATIC = "automatic", _("goes on by itself unless someone ends it")
    ON_REQUEST = "on-request", _("is prolonged by a letter of both sides")


class AgreementState(models.TextChoices):
    DRAFT = "draft", _("Draft")
    UPCOMING = "upcoming", _("Starts later")
    IN_FORCE = "in-force", _("In force")
    EXPIRING = "expiring", _("Expiring")
    EXPIRED = "expired", _("Expired")
    TERMINATED = "terminated", _("Terminated")


class Agreement(models.Model):
    """A signed document with one partner or several. Its state follows from its dates and from who did what when."""

    number = NfcCharField(_("number"), max_length=60, blank=True, help_text=_("As registered, such as 12/2024."))
    subject = NfcCharField(pgettext_lazy("of an agreement", "subject"), max_length=300, blank=True)
    signed_on = models.DateField(_("signed"), null=True, blank=True)
    starts = models.DateField(_("in force from"))
    ends = models.DateField(_("in force until"), null=True, blank=True, help_text=_("The last day; empty: no end."))
    renewal = models.CharField(_("renewal"), max_length=12, choices=Renewal, default=Renewal.NONE)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="agreements", verbose_name=_("who answers for it")
    )
    partners = models.ManyToManyField(
        Institution, through="partners.Party", related_name="agreements", verbose_name=_("partners")
    )
    sealed_at = models.DateTimeField(_("put in force"), null=True, blank=True, editable=False)
    sealed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False,
        related_name="+", verbose_name=_("put in force by"),
    )  # fmt: skip
    terminated_on = models.DateField(_("terminated: the last day"), null=True, blank=True, editable=False)
    terminated_at = models.DateTimeField(_("terminated"), null=True, blank=True, editable=False)
    terminated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False,
        related_name="+", verbose_name=_("terminated by"),
    )  # fmt: skip
    termination_reason = NfcCharField(_("why it was terminated"), max_length=300, blank=True, editable=False)

    last_day = models.GeneratedField(
        verbose_name=_("last day"),
        expression=Coalesce(
            "terminated_on",
            Case(When(renewal="automatic", then=Value(None)), default=F("ends"), output_field=models.DateField()),
        ),
        output_field=models.DateField(),
        db_persist=True,
    )
    search_text = models.GeneratedField(
        expression=Folded(Concat("number", Value(" "), "subject", output_field=models.TextField())),
        output_field=models.TextField(),
        db_persist=True,
    )

    objects = AgreementQuerySet.as_manager()

    class Meta:
        verbose_name = _("agreement")
        verbose_name_plural = _("agreements")
        ordering = ["last_day", "id"]
        triggers = [Journaled()]
        constraints = [
            models.UniqueConstraint(
                fields=["number"],
                condition=~Q(number=""),
                name="agreement_number_once",
                violation_error_message=_("Another agreement has this number."),
            ),
            models.CheckConstraint(
                condition=Q(ends=None) | Q(ends__gte=F("starts")),
                name="agreement_ends_after_it_starts",
                violation_error_message=_("The last day in force is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(sealed_at=None, sealed_by=None) | Q(sealed_at__isnull=False, sealed_by__isnull=False),
                name="agreement_put_in_force_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(sealed_at=None) | (Q(signed_on__isnull=False) & ~Q(number="")),
                name="agreement_in_force_is_signed_and_numbered",
            ),
            models.CheckConstraint(
                condition=Q(terminated_on=None, terminated_at=None, terminated_by=None, termination_reason="")
                | Q(terminated_on__isnull=False, terminated_at__isnull=False, terminated_by__isnull=False)
                & ~Q(termination_reason="")
                & Q(sealed_at__isnull=False),
                name="agreement_terminated_by_someone_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(terminated_on=None) | Q(terminated_on__gte=F("starts")),
                name="agreement_terminated_after_it_starts",
            ),
        ]
        indexes = [
            models.Index("last_day", "id", name="agreement_by_last_day"),
            models.Index("number", "id", name="agreement_by_number"),
            models.Index("signed_on", "id", name="agreement_by_signing"),
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="agreement_search"),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}" if self.number else str(_("Draft without a number"))

    def get_absolute_url(self) -> str:
        return reverse("agreement-detail", args=[self.pk])

    @property
    def is_draft(self) -> bool:
        return self.sealed_at is None

    @property
    def is_terminated(self) -> bool:
        return self.terminated_at is not None


class Party(models.Model):
    """An institution that signed, by the name under which it did. It leaves only while it has no conditions."""

    agreement = models.ForeignKey(Agreement, models.CASCADE, related_name="parties", verbose_name=_("agreement"))
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="parties", verbose_name=_("institution"))
    signed_as = NfcCharField(_("name under which it signed"), max_length=300)
    search_text = models.GeneratedField(
        expression=Folded("signed_as"), output_field=models.TextField(), db_persist=True
    )

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ["id"]
        triggers = [Journaled(part_of="agreement")]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "institution"],
                name="party_once",
                violation_error_message=_("This institution is a party already."),
            ),
            models.CheckConstraint(condition=~Q(signed_as=""), name="party_signed_under_a_name"),
        ]
        indexes = [GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="party_search")]

    def __str__(self) -> str:
        return self.signed_as
