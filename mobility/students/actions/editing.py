"""What every change of an application begins and ends with: its lock, the server's clock, the moment it was saved."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mobility.calls.actions.locks import refuse_called_off
from mobility.calls.models import Call
from mobility.students.models import Application


def locked(application: Application) -> Application:
    rows = Application.objects.select_for_update(of=("self",)).select_related("call", "student", "faculty")
    found: Application = rows.get(pk=application.pk)
    return found


def locked_for_editing(application: Application, *, at: datetime) -> Application:
    """`at` is when the server received the change: at the deadline itself it is too late."""
    found = locked(application)
    if found.is_withdrawn:
        raise ValidationError(_("This application is withdrawn: nothing in it changes."), code="withdrawn")
    refuse_outside(found.call, at=at)
    return found


def refuse_outside(call: Call, *, at: datetime) -> None:
    refuse_called_off(call)
    if call.opened_at is None or at < call.opens_at:
        raise ValidationError(_("This call does not take applications yet."), code="too-early")
    if at >= call.deadline:
        raise ValidationError(
            _("This was not saved: the call closed before it reached the server. What you submitted in time counts."),
            code="closed",
        )


def save(application: Application, *, at: datetime, **changes: Any) -> None:
    for name, value in changes.items():
        setattr(application, name, value)
    application.saved_at = at
    application.save(update_fields=["saved_at", *changes])
