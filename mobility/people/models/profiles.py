from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.web.fields import NfcCharField

from .university import Department


class StaffProfile(models.Model):
    """Where and as what someone works."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="staff", verbose_name=_("person")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="staff", verbose_name=_("department")
    )
    position = NfcCharField(_("position"), max_length=200, blank=True, help_text=_("As orders name it."))

    class Meta:
        verbose_name = _("employee's profile")
        verbose_name_plural = _("employees' profiles")
        triggers = [Journaled(part_of="person")]

    def __str__(self) -> str:
        return str(self.person)
