"""What a spreadsheet of institutions holds: its columns, the rows of an export, what is there before an import."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

from mobility.web.spreadsheets import Heading
from partners.actions.sheets import NAMES
from partners.models import Institution, Name

PLAIN = (
    "ror",
    "schac",
    "country",
    "city",
    "city_en",
    "city_ru",
    "city_be",
    "latitude",
    "longitude",
    "website",
    "is_key",
)

HEADINGS = [
    Heading("code", [_("code")]),
    Heading("ror", [_("ROR id")]),
    Heading("own_name", [_("own name")]),
    Heading("own_language", [_("language of the own name")]),
    Heading("name_en", [_("name in English")]),
    Heading("name_ru", [_("name in Russian")]),
    Heading("name_be", [_("name in Belarusian")]),
    Heading("short_name_en", [_("short name in English")]),
    Heading("short_name_ru", [_("short name in Russian")]),
    Heading("short_name_be", [_("short name in Belarusian")]),
    Heading("country", [_("country")]),
    Heading("city", [_("city")]),
    Heading("city_en", [_("city in English")]),
    Heading("city_ru", [_("city in Russian")]),
    Heading("city_be", [_("city in Belarusian")]),
    Heading("latitude", [_("latitude")]),
    Heading("longitude", [_("longitude")]),
    Heading("website", [_("website")]),
    Heading("schac", [_("SCHAC id")]),
    Heading("is_key", [_("key partner")]),
]


def header() -> list[str]:
    return [str(heading.names[0]) for heading in HEADINGS]


def rows(institutions) -> Iterator[list[Any]]:
    """As many lists as institutions; an import of them changes nothing."""
    for institution in institutions.prefetch_related("names").iterator(chunk_size=1000):
        values = values_of(institution, institution.names.all())
        values["is_key"] = int(values["is_key"])
        yield [values[heading.field] for heading in HEADINGS]


def present(codes: Iterable[str]) -> dict[str, Mapping[str, Any]]:
    found = Institution.objects.filter(code__in=list(codes)).prefetch_related("names")
    return {institution.code: values_of(institution, institution.names.all()) for institution in found}


def values_of(institution: Institution, names: Iterable[Name]) -> dict[str, Any]:
    current = {(name.kind, name.language): name.text for name in names}
    plain = {field: getattr(institution, field) for field in PLAIN}
    return {
        **plain,
        "code": institution.code,
        "country": institution.country.code,
        "ror": institution.ror or "",
        "schac": institution.schac or "",
        "own_name": institution.own_name,
        "own_language": institution.own_language,
        **{field: current.get(key, "") for field, key in NAMES.items()},
    }
