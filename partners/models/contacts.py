from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.web.fields import NfcCharField
from partners.querysets import ContactQuerySet

from .identifiers import validate_language


class ContactRole(models.TextChoices):
    COORDINATOR = "coordinator", _("mobility coordinator")
    RECTORS_OFFICE = "rectors-office", _("rector's office")
    ADMISSIONS = "admissions", _("admissions")
    OTHER = "other", _("other")


class Contact(models.Model):
    """Whom to write to at an institution. The person has no account here."""

    institution = models.ForeignKey(
        "partners.Institution", models.CASCADE, related_name="contacts", verbose_name=_("institution")
    )
    person = NfcCharField(_("person"), max_length=200)
    role = models.CharField(_("role"), max_length=20, choices=ContactRole, default=ContactRole.COORDINATOR)
    email = models.EmailField(_("e-mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=50, blank=True)
    language = models.CharField(
        _("language of letters"),
        max_length=12,
        blank=True,
        validators=[validate_language],
        help_text=_("Its tag: en, ru."),
    )
    note = NfcCharField(_("note"), max_length=500, blank=True)
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["role", "person", "id"]
        triggers = [Journaled(part_of="institution")]
        constraints = [
            models.CheckConstraint(condition=~Q(person=""), name="contact_has_a_name"),
            models.CheckConstraint(condition=Q(role__in=ContactRole.values), name="role_of_contact_is_known"),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="contact_ends_after_starting",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return self.person

    def is_active_on(self, day: date) -> bool:
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)
