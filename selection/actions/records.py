"""The roster's state of now comes into an application that was sent: a decision of the office, with a reason."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.people.models import User
from mobility.students.actions import refresh_record
from mobility.students.models import Application
from selection import mails
from selection.actions.scoring import rescore
from selection.actions.sheets import held
from selection.records import compared


@transaction.atomic
def take_record_over(*, application: Application, reason: str, by: User, at: datetime) -> Application:
    """Refused as a verdict is; then record, points and order follow the roster, and the student is told."""
    application = held(Application.objects.filter(pk=application.pk), by, at).application
    found = compared(application, at=at)
    if found.has_moved:
        raise ValidationError(
            _("The student is at another faculty by now. The application stays with the faculty it was sent to."),
            code="moved",
        )
    if not found.differences:
        raise ValidationError(_("The roster says the same as the application."), code="same")
    refresh_record(application=application, by=by, at=at, reason=reason)
    application = rescore(application=application)
    if application.student.email:
        mails.send_record(application=application, differences=found.differences, reason=reason)
    return application
