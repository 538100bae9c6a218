from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _

from mobility.post.querysets import LetterQuerySet


class LetterState(models.TextChoices):
    QUEUED = "queued", _("waiting to be sent")
    SENDING = "sending", _("being sent")
    SENT = "sent", _("sent")
    FAILED = "failed", _("not delivered")


class Letter(models.Model):
    """One mail to one address, rendered when it was queued. Its Message-ID stays the same in every attempt.

    A secret letter (it holds a link that lets in whoever has it) is shown to nobody and forgotten once sent.
    """

    message_id = models.TextField(_("Message-ID"), unique=True)
    recipient = models.TextField(_("to"))
    language = models.TextField(_("language"))
    subject = models.TextField(_("subject"))
    text = models.TextField(_("text"))
    html = models.TextField(_("HTML"), blank=True)
    secret = models.BooleanField(_("secret"), default=False)

    state = models.TextField(_("state"), choices=LetterState, default=LetterState.QUEUED)
    queued_at = models.DateTimeField(_("queued"), db_default=Now())
    attempts = models.PositiveIntegerField(_("attempts"), default=0)
    next_attempt_at = models.DateTimeField(_("next attempt"), db_default=Now())
    claimed_at = models.DateTimeField(_("being sent since"), null=True, blank=True)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True)
    failed_at = models.DateTimeField(_("given up"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    objects = LetterQuerySet.as_manager()

    class Meta:
        verbose_name = _("letter")
        verbose_name_plural = _("letters")
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_attempt_at", "id"], condition=Q(state="queued"), name="letter_due"),
            models.Index(fields=["claimed_at"], condition=Q(state="sending"), name="letter_being_sent"),
            models.Index(fields=["id"], condition=Q(state="failed"), name="letter_undelivered"),
        ]
        constraints = [
            models.CheckConstraint(condition=~Q(recipient=""), name="letter_has_a_recipient"),
            models.CheckConstraint(
                condition=Q(state=LetterState.QUEUED, claimed_at=None, sent_at=None, failed_at=None)
                | Q(state=LetterState.SENDING, claimed_at__isnull=False, sent_at=None, failed_at=None)
                | Q(state=LetterState.SENT, claimed_at=None, sent_at__isnull=False, failed_at=None)
                | Q(state=LetterState.FAILED, claimed_at=None, sent_at=None, failed_at__isnull=False),
                name="letter_state_has_its_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.subject} → {self.recipient}"


class JobRun(models.Model):
    """How far a periodic job of settings.SCHEDULE has come."""

    name = models.TextField(_("job"), unique=True)
    done_until = models.DateTimeField(_("done until"), null=True, blank=True)
    failed_at = models.DateTimeField(_("failed"), null=True, blank=True)
    last_error = models.TextField(_("last error"), blank=True)

    class Meta:
        verbose_name = _("periodic job")
        verbose_name_plural = _("periodic jobs")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
