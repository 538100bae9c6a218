"""What any room's actions refuse in the same words."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

MOVED_ON = gettext_lazy("This was done already, or moved on meanwhile. Where it stands now: %(state)s.")


def refuse_unless(found: Any, *states: str) -> None:
    """Of two that press at once, the second finds the state that the first has left."""
    if found.state not in states:
        raise ValidationError(MOVED_ON, code="moved-on", params={"state": found.get_state_display()})


def need(reason: str) -> str:
    """What goes back or ends says why."""
    if not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why."), code="no-reason")})
    return reason.strip()
