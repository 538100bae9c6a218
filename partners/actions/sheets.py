from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

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
    journal.record_all(event="imported", of=added, by=by)
    Name.objects.bulk_create(
        name for institution, row in zip(added, new, strict=True) for name in _new_names(institution, row)
    )
    old = [row for row in rows if row["code"] in there]
    changed = [there[row["code"]] for row in old]
    journal.record_all(event="imported", of=changed, by=by)
    _change(changed, old)
    _change_names(changed, old)
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


def _change(institutions: Sequence[Institution], rows: Sequence[Row]) -> None:
    """All rows of a file have the same columns."""
    fields = [field for row in rows[:1] for field in _plain(row) if field != "code"]
    if not fields:
        return
    for institution, row in zip(institutions, rows, strict=True):
        for field, value in _plain(row).items():
            setattr(institution, field, value)
    Institution.objects.bulk_create(
        institutions,
        update_conflicts=True,
        unique_fields=["code"],
        update_fields=fields,
    )


class _Changes(NamedTuple):
    """Own names that are no longer own, then what goes, what changes and what comes: in this order, for the index."""

    demoted: list[Name]
    gone: list[Name]
    changed: list[Name]
    added: list[Name]


def _change_names(institutions: Sequence[Institution], rows: Sequence[Row]) -> None:
    names: dict[int, dict[tuple[str, str], Name]] = defaultdict(dict)
    for name in Name.objects.filter(institution__in=institutions).exclude(kind=NameKind.FORMER):
        names[name.institution_id][name.kind, name.language] = name
    changes = _Changes([], [], [], [])
    for institution, row in zip(institutions, rows, strict=True):
        _compare(institution, names[institution.pk], row, changes)
    Name.objects.filter(pk__in=[name.pk for name in changes.demoted]).update(is_primary=False)
    Name.objects.filter(pk__in=[name.pk for name in changes.gone]).delete()
    Name.objects.bulk_update(changes.changed, ["text", "is_primary"], batch_size=1000)
    Name.objects.bulk_create(changes.added)


def _compare(institution: Institution, names: Mapping[tuple[str, str], Name], row: Row, changes: _Changes) -> None:
    own = next(name for name in names.values() if name.is_primary)
    own_language = row.get("own_language", own.language)
    texts = {key: row[field] for field, key in NAMES.items() if field in row}
    texts[NameKind.FULL, own_language] = row.get("own_name") or texts.get((NameKind.FULL, own_language)) or own.text
    if own_language != own.language:
        own.is_primary = False
        changes.demoted.append(own)
    for (kind, language), text in texts.items():
        name = names.get((kind, language))
        is_primary = (kind, language) == (NameKind.FULL, own_language)
        if name is None and text:
            changes.added.append(
                Name(institution=institution, kind=kind, language=language, text=text, is_primary=is_primary)
            )
        elif name and not text:
            changes.gone.append(name)
        elif name and (name.text, name.is_primary) != (text, is_primary):
            name.text, name.is_primary = text, is_primary
            changes.changed.append(name)
