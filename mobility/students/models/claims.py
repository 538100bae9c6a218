import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.files.models import StoredFile
from mobility.journal.triggers import Journaled
from mobility.people.models.university import in_active_language
from mobility.students.querysets import ClaimQuerySet, ConsentTextQuerySet, EvidenceQuerySet
from mobility.web.fields import NfcCharField
from partners.models import LanguageLevel

from .applications import Application

LANGUAGE = "language"  # the kind of a claim that states a level of a language instead of an achievement


class Verdict(models.TextChoices):
    """The verdict in force, pushed by the room that verifies; each reading with its reader stays there."""

    UNREAD = "", _("not read")
    ACCEPTED = "accepted", _("counted")
    CORRECTED = "corrected", _("counted with a correction")
    REFUSED = "refused", _("not counted")


class Claim(models.Model):
    """One achievement that the student claims, of a kind in the call's catalogue, or a level of a language.

    Points are in hundredths: `points_claimed` by the catalogue; `points_counted` after verification, windows and events
    (caps are of the criterion, not of the claim). Claims that name the same `event` are of one event.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="claims", verbose_name=_("application"))
    kind = models.SlugField(_("kind"), max_length=60)
    title = NfcCharField(_("what it was"), max_length=300)
    event = NfcCharField(_("event"), max_length=200, blank=True)
    place = NfcCharField(_("place"), max_length=200, blank=True)
    day = models.DateField(_("date"))
    amount = models.PositiveIntegerField(_("how much"), default=1)
    language = models.CharField(_("language"), max_length=12, blank=True)
    level = models.CharField(_("level"), max_length=2, choices=LanguageLevel, blank=True)
    note = NfcCharField(_("note"), max_length=500, blank=True)
    added_at = models.DateTimeField(_("added"))

    points_claimed = models.IntegerField(_("points claimed"), default=0)
    verdict = models.CharField(_("verdict"), max_length=9, choices=Verdict, default=Verdict.UNREAD, blank=True)
    accepted_kind = models.SlugField(_("counted as"), max_length=60, blank=True)
    accepted_amount = models.PositiveIntegerField(_("how much is counted"), default=1)
    accepted_level = models.CharField(_("level counted"), max_length=2, choices=LanguageLevel, blank=True)
    points_counted = models.IntegerField(_("points counted"), default=0)
    fate = models.CharField(_("how it counts"), max_length=20, blank=True)
    reason = models.SlugField(_("reason"), max_length=40, blank=True)
    reason_text = models.TextField(_("what the student reads"), blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)

    objects = ClaimQuerySet.as_manager()

    class Meta:
        verbose_name = _("achievement")
        verbose_name_plural = _("achievements")
        ordering = ["application", "id"]
        triggers = [Journaled(part_of="application", derived=["points_claimed", "points_counted", "fate"])]
        constraints = [
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="claim_verdict_is_known"),
            models.CheckConstraint(
                condition=Q(verdict="", read_at=None) | ~Q(verdict="") & Q(read_at__isnull=False),
                name="claim_read_at_some_time",
            ),
            models.CheckConstraint(condition=~Q(verdict="refused") | ~Q(reason=""), name="refused_claim_has_a_reason"),
            models.CheckConstraint(
                condition=Q(kind=LANGUAGE) & ~Q(language="") & ~Q(level="") | ~Q(kind=LANGUAGE) & Q(language=""),
                name="claim_of_a_language_names_it",
            ),
        ]
        indexes = [models.Index(fields=["application", "verdict"], name="claims_of_an_application")]

    def __str__(self) -> str:
        return self.title

    @property
    def is_language(self) -> bool:
        return self.kind == LANGUAGE


class Evidence(models.Model):
    """A file that proves a claim. The same file may prove a claim of a later year again."""

    claim = models.ForeignKey(Claim, models.CASCADE, related_name="evidence", verbose_name=_("achievement"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="evidence", verbose_name=_("file"))
    added_at = models.DateTimeField(_("added"))

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("evidence")
        verbose_name_plural = _("evidence")
        ordering = ["claim", "id"]
        triggers = [Journaled(part_of="claim")]
        constraints = [models.UniqueConstraint(fields=["claim", "file"], name="evidence_once")]

    def __str__(self) -> str:
        return str(self.file)


class AttachedPaper(models.Model):
    """A paper that the call asks of everybody, as a file; on paper it may be brought all the same."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers", verbose_name=_("application"))
    code = models.SlugField(_("code"), max_length=60, help_text=_("As the rules of the call name the paper."))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))
    added_at = models.DateTimeField(_("added"))

    class Meta:
        verbose_name = _("attached paper")
        verbose_name_plural = _("attached papers")
        ordering = ["application", "id"]
        triggers = [Journaled(part_of="application")]
        constraints = [models.UniqueConstraint(fields=["application", "code"], name="one_file_a_paper")]

    def __str__(self) -> str:
        return str(self.file)


KEEP_CONSENTED = """
    IF EXISTS (SELECT FROM students_consent WHERE text_id = OLD.id) THEN
        RAISE EXCEPTION 'consent text % was consented to and stays', OLD.id USING ERRCODE = 'check_violation';
    END IF;
    RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
"""


class ConsentText(models.Model):
    """A version of what one consents to: the processing of personal data, or their transfer to a country abroad.

    Once somebody consented to it, it stays as it was read.
    """

    class Purpose(models.TextChoices):
        PROCESSING = "processing", _("processing of personal data")
        TRANSFER = "transfer", _("transfer of personal data abroad")

    purpose = models.CharField(_("purpose"), max_length=10, choices=Purpose)
    version = models.PositiveSmallIntegerField(_("version"))
    text_en = models.TextField(_("text in English"))
    text_ru = models.TextField(_("text in Russian"))
    text_be = models.TextField(_("text in Belarusian"))
    since = models.DateField(_("in force from"))

    objects = ConsentTextQuerySet.as_manager()

    class Meta:
        verbose_name = _("text of a consent")
        verbose_name_plural = _("texts of consents")
        ordering = ["purpose", "-version"]
        triggers = [
            Journaled(),
            pgtrigger.Trigger(
                name="stays_once_consented",
                when=pgtrigger.Before,
                operation=pgtrigger.Update | pgtrigger.Delete,
                func=KEEP_CONSENTED,
            ),
        ]
        constraints = [models.UniqueConstraint(fields=["purpose", "version"], name="consent_text_once")]

    def __str__(self) -> str:
        return f"{self.get_purpose_display()}, {self.version}"

    @property
    def text(self) -> str:
        return in_active_language(self, "text")


class Consent(models.Model):
    """What a student consented to, in which version, when; of a transfer, to which country."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="consents", verbose_name=_("application"))
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="consents", verbose_name=_("text"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by"))

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        ordering = ["application", "id"]
        triggers = [Journaled(part_of="application")]
        constraints = [models.UniqueConstraint(fields=["application", "text", "country"], name="consent_once")]

    def __str__(self) -> str:
        return str(self.text)
