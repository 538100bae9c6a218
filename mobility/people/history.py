from django.utils.translation import gettext_lazy as _

from mobility.journal.doors import open_history
from mobility.people.models import Roster, User
from mobility.people.permissions import can_import_rosters, can_open_people

EVENTS = {
    "role-granted": _("Role given"),
    "role-ended": _("Role ended"),
    "deputy-appointed": _("Deputy appointed"),
    "deputy-dismissed": _("Deputy dismissed"),
    "guest-entered": _("Entered as a guest"),
    "invited": _("Invited"),
    "invitation-accepted": _("Invitation accepted"),
    "blocked": _("Sign-in blocked"),
    "unblocked": _("Sign-in opened again"),
    "email-changed": _("E-mail changed"),
    "second-factor-added": _("Second factor added"),
    "second-factor-removed": _("Second factor removed"),
    "second-factor-reset": _("Second factor taken away"),
    "recovery-codes-renewed": _("New recovery codes"),
    "status-decided": _("Status decided"),
    "transferred": _("Transferred to another faculty"),
    "corrected": _("Data corrected"),
    "leave-given": _("Leave given"),
    "leave-ended": _("Leave ended"),
    "sanction-imposed": _("Sanction entered"),
    "sanction-ended": _("Sanction ended"),
    "left-as-is": _("Missing from a roster, left as they are"),
}
OF_ROSTERS = {"imported": _("Imported")}


def open_doors() -> None:
    """A person's history is read by those in office who see the person."""
    open_history(User, may_read=lambda user, _person: can_open_people(user), events=EVENTS)
    open_history(Roster, may_read=lambda user, _roster: can_import_rosters(user), events=OF_ROSTERS)
