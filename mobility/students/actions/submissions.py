"""An application is sent, and what was sent is kept."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.students import mails
from mobility.students.completeness import Gap
from mobility.students.dossier import Dossier
from mobility.students.models import Application, ApplicationState, Submission, SubmittedFile
from mobility.students.sentences import sentence_of
from selection.engine.exchange import sha256

from .applications import copy_roster
from .editing import locked, locked_for_editing
from .restoring import restore


@transaction.atomic
def submit(*, application: Application, by: User, at: datetime) -> Submission:
    """The roster's state of now is copied, what is missing refuses, and one version is kept, with one letter.

    Pressed again without a change in between, it answers with the version that is there.
    """
    application = locked_for_editing(application, at=at)
    copied = copy_roster(application, at=at)
    dossier = Dossier(application, at=at)
    if dossier.gaps:
        raise ValidationError([_refusal(gap) for gap in dossier.gaps])
    content = dossier.content
    checksum = sha256(content)
    last: Submission | None = application.submissions.order_by("-version").first()
    if last is not None and last.sha256 == checksum and application.is_submitted:
        _mark(application, last.at, copied)
        return last
    submission: Submission = Submission.objects.create(
        application=application,
        version=last.version + 1 if last else 1,
        content=content,
        sha256=checksum,
        by=by,
        at=at,
    )
    files = {evidence.file_id for claim in dossier.claims for evidence in claim.evidence.all()}
    files |= {paper.file_id for paper in dossier.papers}
    SubmittedFile.objects.bulk_create(SubmittedFile(submission=submission, file_id=file) for file in sorted(files))
    _mark(application, at, copied)
    journal.record(event="submitted", of=application, by=by)
    mails.send_received(submission)
    return submission


def _refusal(gap: Gap) -> ValidationError:
    return ValidationError(sentence_of(gap), code=gap.code)


def _mark(application: Application, at: datetime, copied: list[str]) -> None:
    application.state, application.submitted_at, application.saved_at = ApplicationState.SUBMITTED, at, at
    application.save(update_fields=["state", "submitted_at", "saved_at", *copied])


@transaction.atomic
def discard_changes(*, application: Application, by: User, at: datetime) -> Application:
    """Back to what was submitted last."""
    application = locked_for_editing(application, at=at)
    if application.has_unsent_changes:
        journal.record(event="changes-discarded", of=application, by=by)
        _restore(application)
    return application


def settle(*, at: datetime) -> None:
    """The minute's job: where the deadline has passed, changes that were not submitted again are undone.

    The journal keeps them; from now on the rows are what was submitted, for those who verify and rank.
    """
    for key in Application.objects.with_unsent_changes().closed_at(at).values_list("pk", flat=True):
        with transaction.atomic():
            application = locked(Application(pk=key))
            if application.has_unsent_changes and application.call.deadline <= at:
                journal.record(event="unsent-changes-undone", of=application, by=None)
                _restore(application)


def _restore(application: Application) -> None:
    submission = application.submissions.all()[0]
    content = submission.content
    restore(application, submission)
    application.phone, application.points_claimed = content["phone"], content["points_claimed"]
    application.claims_count, application.saved_at = len(content["claims"]), submission.at
    application.save(update_fields=["phone", "points_claimed", "claims_count", "saved_at"])
