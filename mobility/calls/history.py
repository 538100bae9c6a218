"""Who reads the history of a call, and the words of its events."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mobility.journal.doors import open_history

from .models import Call
from .permissions import can_edit_calls

EVENTS = {
    "call-drafted": _("Drafted"),
    "call-copied": _("Copied from last year’s call"),
    "call-revised": _("Dates or texts changed"),
    "call-removed": _("Draft removed"),
    "call-opened": _("Opened"),
    "deadline-extended": _("Deadline extended for everyone"),
    "called-off": pgettext_lazy("call", "Called off"),
    "rules-written": _("Rules changed"),
    "rules-changed": _("New version of the rules"),
    "destination-added": _("Destination added"),
    "destination-changed": _("Destination changed"),
    "destination-removed": _("Destination removed"),
    "quotas-set": _("Quotas set"),
    "quota-narrowed": _("Quota restricted"),
    "quotas-approved": _("Approval of the quotas entered"),
}


def open_doors() -> None:
    open_history(Call, may_read=lambda user, _call: can_edit_calls(user), events=EVENTS)
