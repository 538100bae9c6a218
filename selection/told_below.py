"""What pages of calls show of the room above them."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _

from mobility.calls.above import Way
from mobility.calls.models import Call
from mobility.people.models import User
from selection.permissions import can_read_runs


def ways(call: Call, user: User, _at: datetime) -> Iterator[Way]:
    """To the runs and the faculties' rankings, for whoever oversees them."""
    if user.is_authenticated and can_read_runs(user) and not call.is_draft:
        yield Way(_("Selection and results"), reverse("run-list", args=[call.code]))
