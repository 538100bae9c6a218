"""Papers that the call asks of everybody, attached as files: one file a paper, inspected before it comes here."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.calls.rubric import documents_by_code
from mobility.files.actions import store
from mobility.files.inspection import Inspected
from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.students.models import Application, AttachedPaper
from mobility.students.openings import version_in_force

from .editing import locked_for_editing, save


@transaction.atomic
def attach_paper(*, application: Application, code: str, upload: Inspected, by: User, at: datetime) -> AttachedPaper:
    """In place of the one before. The file of a submission stays with it."""
    application = locked_for_editing(application, at=at)
    if code not in documents_by_code(version_in_force(application.call).content):
        raise ValidationError(_("The call no longer asks for this paper."), code="not-asked")
    values = {"file": store(upload=upload, by=by, at=at), "added_at": at}
    paper: AttachedPaper = application.papers.update_or_create(code=code, defaults=values)[0]
    journal.record(event="paper-attached", of=application, by=by)
    save(application, at=at)
    return paper


@transaction.atomic
def remove_paper(*, paper: AttachedPaper, by: User, at: datetime) -> None:
    application = locked_for_editing(paper.application, at=at)
    AttachedPaper.objects.filter(pk=paper.pk).delete()
    journal.record(event="paper-removed", of=application, by=by)
    save(application, at=at)
