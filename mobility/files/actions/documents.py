"""A document's life: drawn up, registered under the number it got on paper, scanned when it is signed."""

from collections.abc import Callable
from datetime import date, datetime

from django.contrib.auth.base_user import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from mobility.files.actions.uploads import store
from mobility.files.documents import Paper
from mobility.files.documents.drawing import PAPER
from mobility.files.inspection import Inspected
from mobility.files.models import IssuedDocument
from mobility.journal import actions as journal


@transaction.atomic
def draw_up(*, kind: str, paper: Paper, by: AbstractBaseUser, at: datetime, template: str = PAPER) -> IssuedDocument:
    """A new draft. The app that decides keeps the pointer to it."""
    document = IssuedDocument(kind=kind, template=template)
    _take(document, paper, by=by, at=at)
    journal.record(event="document-drawn-up", of=document, by=by)
    return document


@transaction.atomic
def draw_up_anew(*, document: IssuedDocument, paper: Paper, by: AbstractBaseUser, at: datetime) -> IssuedDocument:
    """After what it tells of has changed. A registered document stays as it is: a change is a new one."""
    document = _locked(document)
    if document.is_registered:
        raise ValidationError(
            _("This document is registered and no longer changes. Draw up a new one."), code="registered"
        )
    _take(document, paper, by=by, at=at)
    journal.record(event="document-drawn-up-anew", of=document, by=by)
    return document


def _take(document: IssuedDocument, paper: Paper, *, by: AbstractBaseUser, at: datetime) -> None:
    document.title, document.language = f"{paper.name} {paper.title}"[:300], paper.language
    document.content = paper.as_content()
    document.drawn_up_by_id, document.drawn_up_at = by.pk, at
    document.save()


@transaction.atomic
def register(
    *, document: IssuedDocument, number: str, dated: date, by: AbstractBaseUser, at: datetime
) -> IssuedDocument:
    """Enters the number and date that it got on paper; from now on its content stays."""
    document = _locked(document)
    if document.is_registered:
        raise ValidationError(
            _("This document is registered already, as No. %(number)s."),
            code="registered",
            params={"number": document.number},
        )
    _number(document, number, dated)
    document.registered_by_id, document.registered_at = by.pk, at
    _save(document)
    journal.record(event="document-registered", of=document, by=by)
    return document


@transaction.atomic
def issue_order(
    *, kind: str, paper: Callable[[], Paper], language: str, number: str, day: date, by: AbstractBaseUser, at: datetime
) -> IssuedDocument:
    """What was signed on paper is entered: written in `language`, else the reader's, and registered at once."""
    if day > timezone.localdate(at):
        raise ValidationError({"day": ValidationError(_("An order is not dated ahead."), code="dated-ahead")})
    with override(language or get_language()):
        written = paper()
    document = draw_up(kind=kind, paper=written, by=by, at=at)
    return register(document=document, number=number, dated=day, by=by, at=at)


@transaction.atomic
def correct_registration(
    *, document: IssuedDocument, number: str, dated: date, reason: str, by: AbstractBaseUser
) -> IssuedDocument:
    """A slip of the pen in number or date; the journal keeps what stood there."""
    document = _locked(document)
    _refuse_unregistered(document)
    _number(document, number, dated)
    _save(document)
    journal.record(event="document-registration-corrected", of=document, by=by, reason=reason)
    return document


@transaction.atomic
def attach_scan(*, document: IssuedDocument, scan: Inspected, by: AbstractBaseUser, at: datetime) -> IssuedDocument:
    """The signed paper as a file; a better scan takes the place of an earlier one."""
    document = _locked(document)
    _refuse_unregistered(document)
    document.scan = store(upload=scan, by=by, at=at)
    document.save(update_fields=["scan"])
    journal.record(event="document-scanned", of=document, by=by)
    return document


def _number(document: IssuedDocument, number: str, dated: date) -> None:
    document.number, document.dated = number.strip(), dated
    if not document.number:
        raise ValidationError(_("Enter the number under which the document is registered."), code="no-number")


def _save(document: IssuedDocument) -> None:
    document.validate_constraints()
    document.save(update_fields=["number", "dated", "registered_by", "registered_at"])


def _refuse_unregistered(document: IssuedDocument) -> None:
    if not document.is_registered:
        raise ValidationError(_("Enter the document's number and date first."), code="not-registered")


def _locked(document: IssuedDocument) -> IssuedDocument:
    return IssuedDocument.objects.select_for_update(of=("self",), no_key=True).get(pk=document.pk)
