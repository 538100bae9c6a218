from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.events.querysets import ResultQuerySet
from mobility.files.models import StoredFile
from mobility.journal.triggers import Journaled
from mobility.students.models import Claim
from mobility.web.fields import NfcCharField

from .events import Event
from .members import TeamMember


class EventReport(models.Model):
    """What came of it. Sent and accepted with who and when by the steps; returned, it is sent again."""

    event = models.OneToOneField(Event, models.PROTECT, related_name="report", verbose_name=_("event"))
    text = models.TextField(_("how it went"))

    class Meta:
        verbose_name = _("report of an event")
        verbose_name_plural = _("reports of events")
        triggers = [Journaled(part_of="event")]
        constraints = [models.CheckConstraint(condition=~Q(text=""), name="event_report_says_something")]

    def __str__(self) -> str:
        return str(self.event)


class ResultKind(models.TextChoices):
    DIPLOMA = "diploma", _("diploma")
    PLACE = "place", _("prize-winning place")
    PUBLICATION = "publication", _("publication")
    TALK = "talk", _("talk or poster")
    CERTIFICATE = "certificate", _("certificate of participation")


class Result(models.Model):
    """What one student gained, with the paper that proves it; once the report is accepted, it is verified."""

    member = models.ForeignKey(TeamMember, models.PROTECT, related_name="results", verbose_name=_("student"))
    kind = models.CharField(_("what was gained"), max_length=11, choices=ResultKind)
    title = NfcCharField(_("as the paper says"), max_length=300)
    day = models.DateField(_("date"))
    file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("the paper")
    )

    objects = ResultQuerySet.as_manager()

    class Meta:
        verbose_name = _("result")
        verbose_name_plural = _("results")
        ordering = ["id"]
        triggers = [Journaled(part_of="member")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=ResultKind.values), name="result_kind_is_known"),
            models.UniqueConstraint(
                fields=["member", "kind", "title"],
                name="result_once",
                violation_error_message=_("This result is entered already."),
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ResultClaim(models.Model):
    """A verified result that its student claims in an application; the claim gone, so is this."""

    result = models.ForeignKey(Result, models.PROTECT, related_name="claims", verbose_name=_("result"))
    claim = models.OneToOneField(Claim, models.CASCADE, related_name="result", verbose_name=_("achievement"))

    class Meta:
        verbose_name = _("claim of a result")
        verbose_name_plural = _("claims of results")
        triggers = [Journaled(part_of="claim")]

    def __str__(self) -> str:
        return str(self.result)


class ReportPicture(models.Model):
    """A photograph, or another file of the report."""

    report = models.ForeignKey(EventReport, models.CASCADE, related_name="pictures", verbose_name=_("report"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("photograph of an event")
        verbose_name_plural = _("photographs of events")
        ordering = ["id"]
        triggers = [Journaled(part_of="report")]

    def __str__(self) -> str:
        return str(self.file)
