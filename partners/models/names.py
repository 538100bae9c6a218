from django.db import models
from django.db.models import Case, F, Q, Value, When
from django.utils.text import capfirst
from django.utils.translation import get_language_info, gettext
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.web.fields import NfcCharField

from .identifiers import LANGUAGE_PATTERN, validate_language

KANA, HAN, HANGUL = "[\u3040-\u30ff]", "[\u3400-\u4dbf\u4e00-\u9fff]", "[\uac00-\ud7af]"


def _written(letters: str, **also) -> Q:
    return Q(text__regex=letters, **also)


# ISO 15924, told by the letters; where Chinese characters are shared, by the language.
SCRIPT = Case(
    When(_written(KANA) | _written(HAN, language__startswith="ja"), then=Value("Jpan")),
    When(_written(HANGUL) | _written(HAN, language__startswith="ko"), then=Value("Kore")),
    When(_written(HAN, language__contains="Hant"), then=Value("Hant")),
    When(_written(HAN), then=Value("Hans")),
    When(_written("[\u0400-\u052f]"), then=Value("Cyrl")),
    When(_written("[\u0370-\u03ff]"), then=Value("Grek")),
    When(_written("[\u0530-\u058f]"), then=Value("Armn")),
    When(_written("[\u10a0-\u10ff]"), then=Value("Geor")),
    When(_written("[\u0590-\u05ff]"), then=Value("Hebr")),
    When(_written("[\u0600-\u06ff]"), then=Value("Arab")),
    When(_written("[\u0900-\u097f]"), then=Value("Deva")),
    When(_written("[\u0e00-\u0e7f]"), then=Value("Thai")),
    When(_written("[A-Za-z\u00c0-\u024f]"), then=Value("Latn")),
    default=Value("Zyyy"),
    output_field=models.CharField(max_length=4),
)


class NameKind(models.TextChoices):
    FULL = "full", _("full name")
    SHORT = "short", _("short name")
    FORMER = "former", _("former name")


class Name(models.Model):
    """What an institution is or was called in one language. The database tells the script by the letters."""

    institution = models.ForeignKey(
        "partners.Institution", models.CASCADE, related_name="names", verbose_name=_("institution")
    )
    text = NfcCharField(_("name"), max_length=300)
    language = models.CharField(
        _("language"),
        max_length=12,
        validators=[validate_language],
        help_text=_("Its tag: en, ru, be, ja, zh-Hans."),
    )
    script = models.GeneratedField(
        expression=SCRIPT, output_field=models.CharField(_("script"), max_length=4), db_persist=True
    )
    kind = models.CharField(_("kind of name"), max_length=6, choices=NameKind, default=NameKind.FULL)
    is_primary = models.BooleanField(
        _("own name"), default=False, help_text=_("The full name in the institution's own language and script.")
    )
    since = models.DateField(_("from"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day of a former name."))

    class Meta:
        verbose_name = _("name of an institution")
        verbose_name_plural = _("names of institutions")
        ordering = ["-is_primary", "kind", "language", "-until", "id"]
        triggers = [Journaled(part_of="institution")]
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="name_is_not_empty"),
            models.CheckConstraint(condition=Q(kind__in=NameKind.values), name="kind_of_name_is_known"),
            models.CheckConstraint(condition=Q(language__regex=LANGUAGE_PATTERN), name="language_of_name_is_a_tag"),
            models.CheckConstraint(
                condition=Q(is_primary=False) | Q(kind="full"),
                name="own_name_is_a_full_name",
                violation_error_message=_("Only a full name can be the institution's own name."),
            ),
            models.CheckConstraint(
                condition=Q(kind="former") | Q(until__isnull=True),
                name="only_a_former_name_has_ended",
                violation_error_message=_("Only a former name has a last day."),
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True) | Q(until__isnull=True) | Q(until__gte=F("since")),
                name="name_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.UniqueConstraint(
                fields=["institution"],
                condition=Q(is_primary=True),
                name="one_own_name",
                violation_error_message=_("The institution has its own name already."),
            ),
            models.UniqueConstraint(
                fields=["institution", "language", "kind"],
                condition=~Q(kind="former"),
                name="one_name_of_a_kind_in_a_language",
                violation_error_message=_("The institution has a name of this kind in this language already."),
            ),
        ]

    def __str__(self) -> str:
        return self.text

    @property
    def language_name(self) -> str:
        """In the reader's language, or the bare tag where Django knows no such language."""
        try:
            return capfirst(gettext(get_language_info(self.language)["name"]))
        except KeyError:
            return self.language
