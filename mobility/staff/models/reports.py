from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.files.models import StoredFile
from mobility.journal.triggers import Journaled
from mobility.web.fields import NfcCharField

from .activities import Activity


class Report(models.Model):
    """What came of it. Sent and accepted with who and when by the steps; returned, it is sent again."""

    activity = models.OneToOneField(Activity, models.PROTECT, related_name="report", verbose_name=_("activity"))
    results = models.TextField(_("results"))
    proposals = models.TextField(_("proposals to implement"), blank=True)
    hours_taught = models.PositiveSmallIntegerField(_("hours taught"), null=True, blank=True)

    class Meta:
        verbose_name = _("report")
        verbose_name_plural = _("reports")
        triggers = [Journaled(part_of="activity")]
        constraints = [models.CheckConstraint(condition=~Q(results=""), name="report_says_results")]

    def __str__(self) -> str:
        return str(self.activity)


class OutputKind(models.TextChoices):
    PUBLICATION = "publication", _("publications")
    TALK = "talk", _("talks")
    CERTIFICATE = "certificate", _("certificates")
    TOPIC = "topic", _("new topics")
    AGREEMENT = "agreement", _("new agreements")


class Output(models.Model):
    report = models.ForeignKey(Report, models.CASCADE, related_name="outputs", verbose_name=_("report"))
    kind = models.CharField(_("kind"), max_length=12, choices=OutputKind)
    text = NfcCharField(_("what it is"), max_length=500)

    class Meta:
        verbose_name = _("output")
        verbose_name_plural = _("outputs")
        ordering = ["kind", "id"]
        triggers = [Journaled(part_of="report")]
        constraints = [models.UniqueConstraint(fields=["report", "kind", "text"], name="output_once")]

    def __str__(self) -> str:
        return self.text


class ReportFile(models.Model):
    report = models.ForeignKey(Report, models.CASCADE, related_name="files", verbose_name=_("report"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("file of a report")
        verbose_name_plural = _("files of reports")
        ordering = ["id"]
        triggers = [Journaled(part_of="report")]

    def __str__(self) -> str:
        return str(self.file)
