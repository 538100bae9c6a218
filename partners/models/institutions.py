from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from mobility.journal.triggers import Journaled
from mobility.people.models.university import in_active_language
from mobility.people.querysets import folded
from mobility.web.fields import NfcCharField
from partners.querysets import InstitutionQuerySet

from .identifiers import ROR_ADDRESS, ROR_PATTERN, SCHAC_PATTERN, bare_ror, validate_ror, validate_schac

KEPT_BY_THE_DATABASE = (
    "own_name",
    "own_language",
    "name_en",
    "name_ru",
    "name_be",
    "short_name_en",
    "short_name_ru",
    "short_name_be",
    "search_text",
)

READ_BY = {"ru": ("ru", "en"), "be": ("be", "ru", "en")}
"""What readers of a language read when a name in it is missing; migration 0002 says the same of names."""


def kept_by_the_database() -> models.TextField:
    """Written by the triggers of migration 0002 from the names, whoever changes them: what lists show and sort by."""
    return models.TextField(editable=False, default="")


class Institution(models.Model):
    """A higher-education institution: a partner, or ourselves."""

    country = CountryField(_("country"))
    city = NfcCharField(_("city"), max_length=100, help_text=_("In the institution's own language."))
    city_en = NfcCharField(_("city in English"), max_length=100, blank=True)
    city_ru = NfcCharField(_("city in Russian"), max_length=100, blank=True)
    city_be = NfcCharField(_("city in Belarusian"), max_length=100, blank=True)
    latitude = models.DecimalField(
        _("latitude"),
        max_digits=7,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-90), MaxValueValidator(90)],
        help_text=_("Degrees; south is negative."),
    )
    longitude = models.DecimalField(
        _("longitude"),
        max_digits=8,
        decimal_places=5,
        null=True,
        blank=True,
        validators=[MinValueValidator(-180), MaxValueValidator(180)],
        help_text=_("Degrees; west is negative."),
    )
    website = models.URLField(_("website"), blank=True)
    ror = models.CharField(
        _("ROR id"),
        max_length=9,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_ror],
        help_text=_("From ror.org; the whole address may be pasted."),
        error_messages={"unique": _("Another institution has this ROR id.")},
    )
    schac = models.CharField(
        _("SCHAC id"),
        max_length=100,
        unique=True,
        null=True,
        blank=True,
        validators=[validate_schac],
        help_text=_("The institution's own domain, as student records are exchanged under it: nagasaki-u.ac.jp."),
        error_messages={"unique": _("Another institution has this SCHAC id.")},
    )
    code = models.SlugField(
        _("code"),
        max_length=40,
        unique=True,
        help_text=_("Short and lasting, such as nagasaki: imports name the institution by it."),
        error_messages={"unique": _("Another institution has this code.")},
    )
    is_key = models.BooleanField(_("key partner"), default=False)
    is_home = models.BooleanField(_("our university"), default=False)
    archived_at = models.DateTimeField(_("archived at"), null=True, blank=True, editable=False)
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("archived by"),
    )
    archive_reason = models.TextField(_("reason for archiving"), blank=True, editable=False)

    own_name = kept_by_the_database()
    own_language = kept_by_the_database()
    name_en = kept_by_the_database()
    name_ru = kept_by_the_database()
    name_be = kept_by_the_database()
    short_name_en = kept_by_the_database()
    short_name_ru = kept_by_the_database()
    short_name_be = kept_by_the_database()
    search_text = kept_by_the_database()
    sort_name_en = models.GeneratedField(
        expression=folded("short_name_en"), output_field=models.TextField(), db_persist=True
    )
    sort_name_ru = models.GeneratedField(
        expression=folded("short_name_ru"), output_field=models.TextField(), db_persist=True
    )
    sort_name_be = models.GeneratedField(
        expression=folded("short_name_be"), output_field=models.TextField(), db_persist=True
    )

    successors = models.ManyToManyField(
        "self",
        through="partners.Succession",
        through_fields=("predecessor", "successor"),
        symmetrical=False,
        related_name="predecessors",
        verbose_name=_("successors"),
    )

    objects = InstitutionQuerySet.as_manager()

    class Meta:
        verbose_name = _("institution")
        verbose_name_plural = _("institutions")
        ordering = ["sort_name_en", "id"]
        triggers = [Journaled(derived=KEPT_BY_THE_DATABASE)]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="place_on_the_map_is_whole_and_on_earth",
                violation_error_message=_("A place on the map has both a latitude and a longitude."),
            ),
            models.CheckConstraint(condition=Q(website="") | Q(website__regex="^https?://"), name="website_is_a_page"),
            models.CheckConstraint(condition=Q(ror__regex=ROR_PATTERN), name="ror_id_is_bare"),
            models.CheckConstraint(condition=Q(schac__regex=SCHAC_PATTERN), name="schac_id_is_a_domain"),
            models.CheckConstraint(
                condition=Q(archived_at__isnull=True, archived_by__isnull=True, archive_reason="")
                | (Q(archived_at__isnull=False, archived_by__isnull=False) & ~Q(archive_reason="")),
                name="archived_with_who_when_and_why",
            ),
            models.CheckConstraint(
                condition=Q(is_home=False) | Q(archived_at__isnull=True, is_key=False),
                name="our_university_is_no_partner",
                violation_error_message=_("Our own university is neither a key partner nor archived."),
            ),
            models.UniqueConstraint(
                fields=["is_home"],
                condition=Q(is_home=True),
                name="one_home",
                violation_error_message=_("Another institution is marked as our university."),
            ),
        ]
        indexes = [
            models.Index("sort_name_en", "id", name="institution_by_name_en"),
            models.Index("sort_name_ru", "id", name="institution_by_name_ru"),
            models.Index("sort_name_be", "id", name="institution_by_name_be"),
            models.Index("country", "city", name="institution_by_place"),
            models.Index("country", condition=Q(archived_at__isnull=True, is_home=False), name="partner_by_country"),
            models.Index("id", condition=Q(is_key=True), name="key_partner"),
            models.Index(
                "id",
                condition=Q(latitude__isnull=True, archived_at__isnull=True, is_home=False),
                name="partner_off_the_map",
            ),
            GinIndex(OpClass(F("search_text"), name="gin_trgm_ops"), name="institution_search"),
        ]

    def __str__(self) -> str:
        return self.name or self.code

    def save(self, **kwargs) -> None:
        self._settle_ids()
        super().save(**kwargs)

    def get_absolute_url(self) -> str:
        return reverse("partner-detail", args=[self.code])

    @property
    def name(self) -> str:
        return in_active_language(self, "name")

    @property
    def short_name(self) -> str:
        """For tables and maps."""
        return in_active_language(self, "short_name")

    @property
    def city_name(self) -> str:
        languages = READ_BY.get(get_language(), ("en",))
        return next((city for code in languages if (city := getattr(self, f"city_{code}"))), self.city)

    @property
    def ror_address(self) -> str:
        return f"{ROR_ADDRESS}{self.ror}" if self.ror else ""

    @property
    def is_archived(self) -> bool:
        return self.archived_at is not None

    def clean_fields(self, exclude=None) -> None:
        self._settle_ids()
        super().clean_fields(exclude=exclude)

    def _settle_ids(self) -> None:
        self.ror = bare_ror(self.ror or "") or None
        self.schac = (self.schac or "").strip().lower() or None
