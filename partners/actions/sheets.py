from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from mobility.journal import actions as journal
from mobility.people.models import User
from partners.models import Institution, Name, NameKind

NAMES = {
    f"{prefix}_{language}": (kind, language)
    for prefix, kind in (("name", NameKind.FULL), ("short_name", NameKind.SHORT))
    for language in ("en", "ru", "be")
}
"""A spreadsheet's column → the name that it holds."""
OWN = ("own_name", "own_language")

Row = Mapping[str, Any]


@transaction.atomic
def import_institutions(*, rows: Sequence[Row], by: User) -> list[Institution]:
    """Add or change those that the rows speak of, by their codes; a row changes only the columns that it has."""
    codes = [row["code"] for row in rows]
    there = {
        institution.code: institution
        for institution in Institution.objects.select_for_update(of=("self",)).filter(code__in=codes).order_by("pk")
    }
    new = [row for row in rows if row["code"] not in there]
    added = Institution.objects.bulk_create(Institution(**_plain(row)) for row in new)
    for institution in added:
        journal.record(event="imported", of=institution, by=by)
    Name.objects.bulk_create(
        name for institution, row in zip(added, new, strict=True) for name in _new_names(institution, row)
    )
    changed = [_change(there[row["code"]], row, by=by) for row in rows if row["code"] in there]
    return [*added, *changed]


def _plain(row: Row) -> dict[str, Any]:
    """Fields of the institution itself; no id is stored as null, for many may have none."""
    values = {field: value for field, value in row.items() if field not in NAMES and field not in OWN}
    return values | {field: values[field] or None for field in ("ror", "schac") if field in values}


def _new_names(institution: Institution, row: Row) -> list[Name]:
    texts = {key: row[field] for field, key in NAMES.items() if row.get(field)}
    own = (NameKind.FULL, row["own_language"])
    texts[own] = row["own_name"]
    return [
        Name(institution=institution, kind=kind, language=language, text=text, is_primary=(kind, language) == own)
        for (kind, language), text in texts.items()
    ]


def _change(institution: Institution, row: Row, *, by: User) -> Institution:
    journal.record(event="imported", of=institution, by=by)
    plain = _plain(row)
    for field, value in plain.items():
        setattr(institution, field, value)
    institution.save(update_fields=list(plain))
    _change_names(institution, row)
    return institution


def _change_names(institution: Institution, row: Row) -> None:
    names = {(name.kind, name.language): name for name in institution.names.exclude(kind=NameKind.FORMER)}
    own = next(name for name in names.values() if name.is_primary)
    own_language = row.get("own_language", own.language)
    texts = {key: row[field] for field, key in NAMES.items() if field in row}
    texts[NameKind.FULL, own_language] = row.get("own_name") or texts.get((NameKind.FULL, own_language)) or own.text
    if own_language != own.language:
        own.is_primary = False
        own.save(update_fields=["is_primary"])
    for (kind, language), text in texts.items():
        name = names.get((kind, language)) or Name(institution=institution, kind=kind, language=language)
        is_primary = (kind, language) == (NameKind.FULL, own_language)
        if text and (name.text, name.is_primary) != (text, is_primary):
            name.text, name.is_primary = text, is_primary
            name.save()
        elif not text and name.pk:
            name.delete()
