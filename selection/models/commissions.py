from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.calls.models import Call
from mobility.files.models import IssuedDocument
from mobility.journal.triggers import Journaled
from mobility.people.models import Faculty
from mobility.web.fields import NfcCharField

from .standings import Standing


class Seat(models.TextChoices):
    CHAIR = "chair", _("chair")
    SECRETARY = "secretary", _("secretary")
    MEMBER = "member", _("member")


class CommissionMember(models.Model):
    """Who decides for a faculty in a call; named as in protocols, with an account or without."""

    call = models.ForeignKey(Call, models.PROTECT, related_name="commission_members", verbose_name=_("call"))
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="+", verbose_name=_("faculty"))
    seat = models.CharField(_("seat"), max_length=9, choices=Seat, default=Seat.MEMBER)
    name = NfcCharField(_("name"), max_length=200)
    position = NfcCharField(_("position"), max_length=200, blank=True)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("account")
    )

    class Meta:
        verbose_name = _("member of the commission")
        verbose_name_plural = _("members of the commission")
        ordering = ["call", "faculty", "seat", "name"]
        triggers = [Journaled(part_of="call")]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "faculty", "seat"], condition=Q(seat__in=["chair", "secretary"]),
                name="one_chair_and_one_secretary",
                violation_error_message=_("The commission has a chair or a secretary already."),
            ),
            models.UniqueConstraint(fields=["call", "faculty", "name"], name="commission_member_once"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name


class Protocol(models.Model):
    """What a faculty's commission decided at its meeting over a locked standing. Number, date and scan come after."""

    standing = models.OneToOneField(Standing, models.PROTECT, related_name="protocol", verbose_name=_("standing"))
    met_at = models.DateTimeField(_("meeting"))
    place = NfcCharField(_("place"), max_length=200, blank=True)
    present = models.ManyToManyField(
        CommissionMember, through="selection.Attendance", related_name="+", verbose_name=_("present")
    )
    agenda = models.TextField(_("agenda"))
    heard = models.TextField(_("heard"))
    decided = models.TextField(_("decided"))
    votes_for = models.PositiveSmallIntegerField(_("votes for"))
    votes_against = models.PositiveSmallIntegerField(_("votes against"), default=0)
    abstained = models.PositiveSmallIntegerField(_("abstained"), default=0)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("written by")
    )
    written_at = models.DateTimeField(_("written"))
    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, related_name="+", verbose_name=_("document"),
        help_text=_("The paper, with its number, date and signed scan."),
    )  # fmt: skip

    class Meta:
        verbose_name = _("protocol")
        verbose_name_plural = _("protocols")
        triggers = [Journaled(part_of="standing")]

    def __str__(self) -> str:
        return str(self.standing)


class Attendance(models.Model):
    """A member of the commission who was at the meeting."""

    protocol = models.ForeignKey(Protocol, models.CASCADE, related_name="attendances", verbose_name=_("protocol"))
    member = models.ForeignKey(CommissionMember, models.PROTECT, related_name="+", verbose_name=_("member"))

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        triggers = [Journaled(part_of="protocol")]
        constraints = [models.UniqueConstraint(fields=["protocol", "member"], name="present_once")]

    def __str__(self) -> str:
        return str(self.member)
