from collections.abc import Mapping
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people.models import User
from partners.models import Institution, Name, NameKind


@transaction.atomic
def archive(*, institution: Institution, by: User, at: datetime, reason: str) -> Institution:
    """It leaves the public pages and the choices; everything that was agreed with it stays."""
    institution = _locked(institution)
    if institution.is_archived:
        raise ValidationError(_("This institution is in the archive already."), code="archived-already")
    if institution.is_home:
        raise ValidationError(_("Our own university stays out of the archive."), code="home")
    if not reason.strip():
        raise ValidationError(_("Say why it goes to the archive."), code="no-reason")
    institution.archived_at, institution.archived_by, institution.archive_reason = at, by, reason.strip()
    institution.save(update_fields=["archived_at", "archived_by", "archive_reason"])
    journal.record(event="archived", of=institution, by=by, reason=reason.strip())
    return institution


@transaction.atomic
def restore(*, institution: Institution, by: User) -> Institution:
    institution = _locked(institution)
    if not institution.is_archived:
        raise ValidationError(_("This institution is not in the archive."), code="not-archived")
    institution.archived_at, institution.archived_by, institution.archive_reason = None, None, ""
    institution.save(update_fields=["archived_at", "archived_by", "archive_reason"])
    journal.record(event="restored", of=institution, by=by)
    return institution


@transaction.atomic
def rename(
    *, institution: Institution, full: Mapping[str, str], short: Mapping[str, str], since: date, by: User
) -> Institution:
    """From that day it is called so; what it was called until then, in the languages given, becomes a former name.

    `full` and `short` map a language's tag to the new name.
    """
    institution = _locked(institution)
    if not full:
        raise ValidationError(_("Give the new name in at least one language."), code="no-name")
    names = {(NameKind.FULL, language): text for language, text in full.items()}
    names |= {(NameKind.SHORT, language): text for language, text in short.items()}
    current = {(name.kind, name.language): name for name in institution.names.exclude(kind=NameKind.FORMER)}
    for (kind, language), text in names.items():
        earlier = current.get((kind, language))
        if earlier and earlier.text == text:
            raise ValidationError(_("“%(name)s” is its name already."), code="same-name", params={"name": text})
        _succeed(institution, earlier, kind=kind, language=language, text=text, since=since)
    journal.record(event="renamed", of=institution, by=by)
    institution.refresh_from_db()
    return institution


def _succeed(
    institution: Institution, earlier: Name | None, *, kind: NameKind, language: str, text: str, since: date
) -> None:
    name = Name(institution=institution, text=text, language=language, kind=kind, since=since)
    if earlier:
        name.is_primary = earlier.is_primary
        earlier.kind, earlier.is_primary, earlier.until = NameKind.FORMER, False, since - timedelta(days=1)
        earlier.full_clean()
        earlier.save()
    name.full_clean()
    name.save()


def _locked(institution: Institution) -> Institution:
    locked: Institution = Institution.objects.select_for_update(of=("self",)).get(pk=institution.pk)
    return locked
