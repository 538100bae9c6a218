from django.conf import settings
from django.core.validators import MaxValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.files.querysets import StoredFileQuerySet
from mobility.files.storage import MAX_BYTES, STORAGE, random_name
from mobility.journal.triggers import Journaled


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
        ]

    def __str__(self) -> str:
        return self.name
