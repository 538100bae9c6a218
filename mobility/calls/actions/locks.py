"""Rows that decide, locked in the one order: condition, call, destination."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from mobility.calls.models import Call
from partners.models import Condition


def locked_call(call: Call) -> Call:
    """One that was called off is as it was: whoever comes later is told."""
    found: Call = Call.objects.select_for_update(of=("self",), no_key=True).get(pk=call.pk)
    refuse_called_off(found)
    return found


def refuse_called_off(call: Call) -> None:
    if call.called_off_at:
        raise ValidationError(
            _("The call is called off: %(reason)s"), code="called-off", params={"reason": call.called_off_because}
        )


def locked_draft(call: Call) -> Call:
    found = locked_call(call)
    if not found.is_draft:
        raise ValidationError(_("The call is open already: this no longer changes."), code="opened-already")
    return found


def locked_before_results(call: Call) -> Call:
    found = locked_call(call)
    if found.published_at:
        raise ValidationError(_("The results are published: seats no longer change here."), code="published-already")
    return found


def lock_condition(condition: Condition) -> None:
    Condition.objects.select_for_update(of=("self",), no_key=True).get(pk=condition.pk)
