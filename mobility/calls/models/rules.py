import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.people.models.university import in_active_language
from mobility.web.fields import NfcCharField

from .calls import Call


class RulesTemplate(models.Model):
    """Rules that a new call may start from: the university's own rubric, a ministry's. `content` as in `rubric.py`."""

    code = models.SlugField(_("code"), max_length=40, unique=True)
    name_en = NfcCharField(_("name in English"), max_length=200)
    name_ru = NfcCharField(_("name in Russian"), max_length=200)
    name_be = NfcCharField(_("name in Belarusian"), max_length=200)
    content = models.JSONField(_("content"))

    class Meta:
        verbose_name = _("template of rules")
        verbose_name_plural = _("templates of rules")
        ordering = ["code"]
        triggers = [Journaled()]

    def __str__(self) -> str:
        return in_active_language(self, "name")


class RulesVersion(models.Model):
    """Who may apply, what counts and how ties break. Frozen when the call opens; a change is a new version.

    `content` is read by `mobility.calls.rubric`, which says its shape.
    """

    call = models.ForeignKey(Call, models.CASCADE, related_name="rules_versions", verbose_name=_("call"))
    number = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    reason = NfcCharField(_("reason"), max_length=300, blank=True)
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("made by"))
    made_at = models.DateTimeField(_("made"))
    frozen_at = models.DateTimeField(_("frozen"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("rules of the call")
        verbose_name_plural = _("rules of the call")
        ordering = ["call", "-number"]
        triggers = [
            Journaled(part_of="call"),
            pgtrigger.Protect(
                name="frozen",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__frozen_at__isnull=False),
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["call", "number"], name="rules_version_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="rules_versions_from_1"),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="later_rules_have_a_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.call}: {self.number}"
