"""An application is taken back: by the student until the deadline, afterwards by the dean's office on request."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.students import mails
from mobility.students.models import Application, ApplicationState

from .editing import locked


@transaction.atomic
def withdraw(*, application: Application, by: User, at: datetime, reason: str = "") -> Application:
    """The student without a reason before the deadline; the office with one at any time before the results."""
    application = locked(application)
    if application.is_withdrawn:
        return application
    if application.is_draft:
        raise ValidationError(_("A draft counts for nothing: there is nothing to withdraw."), code="draft")
    if by.pk == application.student_id and at >= application.call.deadline:
        raise ValidationError(
            _("The deadline has passed: ask the dean's office to withdraw the application, and say why."), code="closed"
        )
    _refuse_after_results(application)
    journal.record(event="withdrawn", of=application, by=by, reason=reason)
    application.state, application.withdrawn_at, application.withdrawn_by = ApplicationState.WITHDRAWN, at, by
    application.save(update_fields=["state", "withdrawn_at", "withdrawn_by"])
    mails.send_withdrawn(application)
    return application


@transaction.atomic
def ask_to_withdraw(*, application: Application, reason: str, by: User, at: datetime) -> Application:
    """After the deadline: the dean's office reads the reason and decides. Asked twice, the first stands."""
    application = locked(application)
    if application.withdrawal_asked_at is not None:
        return application
    if not application.is_submitted or at < application.call.deadline:
        raise ValidationError(_("Until the deadline you withdraw the application yourself."), code="not-needed")
    _refuse_after_results(application)
    journal.record(event="withdrawal-asked", of=application, by=by, reason=reason)
    application.withdrawal_asked_at, application.withdrawal_reason = at, reason
    application.save(update_fields=["withdrawal_asked_at", "withdrawal_reason"])
    return application


def _refuse_after_results(application: Application) -> None:
    if application.call.published_at is not None:
        raise ValidationError(
            _("The results are out. Who was given a place declines it on the page of the results."), code="published"
        )
