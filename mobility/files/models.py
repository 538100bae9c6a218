import pgtrigger
from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.files.querysets import StoredFileQuerySet
from mobility.files.storage import MAX_BYTES, STORAGE, random_name
from mobility.journal.triggers import Journaled
from mobility.web.fields import NfcCharField


class ContentType(models.TextChoices):
    PDF = "application/pdf", "PDF"
    JPEG = "image/jpeg", "JPEG"
    PNG = "image/png", "PNG"


class StoredFile(models.Model):
    """An uploaded file that passed inspection. Whoever points at it decides who may read it.

    The sender's name for it is data only: it never becomes a path.
    """

    content = models.FileField(_("content"), storage=STORAGE, upload_to=random_name, max_length=60)
    name = models.CharField(_("name"), max_length=150)
    content_type = models.CharField(_("type"), max_length=20, choices=ContentType)
    size = models.PositiveIntegerField(_("size in bytes"), validators=[MaxValueValidator(MAX_BYTES)])
    pages = models.PositiveIntegerField(_("pages"), default=1)
    sha256 = models.CharField(_("SHA-256"), max_length=64)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name=_("uploaded by"), related_name="+"
    )
    uploaded_at = models.DateTimeField(_("uploaded"))

    objects = StoredFileQuerySet.as_manager()

    class Meta:
        verbose_name = _("file")
        verbose_name_plural = _("files")
        ordering = ["-uploaded_at"]
        triggers = [Journaled()]
        constraints = [
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=MAX_BYTES), name="file_has_a_possible_size"),
            models.CheckConstraint(condition=Q(content_type__in=ContentType.values), name="file_is_of_a_known_type"),
            models.CheckConstraint(condition=Q(sha256__regex=r"^[0-9a-f]{64}$"), name="file_has_a_checksum"),
            models.CheckConstraint(condition=~Q(name=""), name="file_has_a_name"),
            models.CheckConstraint(condition=Q(pages__gte=1), name="file_has_a_page"),
        ]
        indexes = [models.Index(fields=["sha256"], name="file_by_checksum")]

    def __str__(self) -> str:
        return self.name


class IssuedDocument(models.Model):
    """A paper of an office: drawn up from what the deciding app knows, then registered on paper, signed and scanned.

    `content` is what the template draws; until registration it is drawn up anew with each change, then it stays.
    What was decided lives with the app that points here; that app also says who may see it.
    """

    kind = models.SlugField(_("kind"), max_length=40, help_text=_("The deciding app's own word, such as staff-memo."))
    title = NfcCharField(_("title"), max_length=300)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES)
    template = models.CharField(_("template"), max_length=60)
    content = models.JSONField(_("content"))
    drawn_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("drawn up by")
    )
    drawn_up_at = models.DateTimeField(_("drawn up"))
    number = NfcCharField(_("registration number"), max_length=60, blank=True)
    dated = models.DateField(_("date of the document"), null=True, blank=True)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("registered by"),
    )  # fmt: skip
    registered_at = models.DateTimeField(_("registered"), null=True, blank=True)
    scan = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed scan")
    )

    class Meta:
        verbose_name = _("document")
        verbose_name_plural = _("documents")
        ordering = ["-id"]
        triggers = [
            Journaled(without=["content"]),
            pgtrigger.Protect(
                name="registered_stays",
                operation=pgtrigger.Update,
                condition=pgtrigger.Condition(
                    "OLD.registered_at IS NOT NULL"
                    " AND (OLD.kind, OLD.title, OLD.language, OLD.template, OLD.content, OLD.drawn_up_at)"
                    " IS DISTINCT FROM (NEW.kind, NEW.title, NEW.language, NEW.template, NEW.content, NEW.drawn_up_at)"
                ),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "number", "dated"],
                condition=~Q(number=""),
                name="document_number_once",
                violation_error_message=_("Another document of this kind has this number and date."),
            ),
            models.CheckConstraint(
                condition=Q(number="", dated=None, registered_by=None, registered_at=None)
                | ~Q(number="") & Q(dated__isnull=False, registered_by__isnull=False, registered_at__isnull=False),
                name="document_registered_by_someone_with_number_and_date",
            ),
            models.CheckConstraint(
                condition=Q(scan=None) | Q(registered_at__isnull=False), name="document_scanned_when_registered"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="document_has_a_title"),
        ]

    def __str__(self) -> str:
        return f"{self.title} № {self.number}" if self.number else self.title

    @property
    def is_registered(self) -> bool:
        return self.registered_at is not None
