from django.utils.translation import gettext_lazy as _

from mobility.calls.models import Call
from mobility.journal.doors import open_history, tell_events
from mobility.students.models import Application
from selection.permissions import can_read_history

OF_APPLICATIONS = {
    "claims-read": _("Claims read"),
    "reading-agreed": _("Verdict agreed to by a second person"),
    "reading-not-agreed": _("Verdict not agreed to by a second person"),
    "conflict-declared": _("Conflict of interest declared"),
}
OF_CALLS = {
    "points-shown": _("Points shown to students"),
    "ranking-locked": _("Ranking locked"),
    "ranking-unlocked": _("Ranking unlocked"),
    "commission-changed": _("Commission changed"),
    "protocol-written": _("Protocol written"),
    "protocol-registered": _("Protocol registered"),
    "results-published": _("Results published"),
}


def open_doors() -> None:
    open_history(Application, may_read=can_read_history, events=OF_APPLICATIONS)
    tell_events(Call, OF_CALLS)
