from django.utils.translation import gettext_lazy as _

from mobility.journal.doors import open_history
from partners.models import Agreement, Condition, Institution
from partners.permissions import can_edit_institutions, can_read_agreements

EVENTS = {
    "archived": _("Moved to the archive"),
    "restored": _("Taken out of the archive"),
    "renamed": _("Renamed"),
    "imported": _("Imported from a spreadsheet"),
}


AGREEMENT_EVENTS = {
    "drafted": _("Drafted"),
    "revised": _("Draft changed"),
    "party-added": _("Partner added"),
    "party-removed": _("Partner removed"),
    "put-in-force": _("Put in force"),
    "discarded": _("Draft discarded"),
    "corrected": _("Corrected"),
    "prolonged": _("Prolonged"),
    "terminated": _("Terminated"),
    "expiry-told": _("Reminded that it ends soon"),
    "handed-over": _("Handed over"),
    "scan-added": _("Scan added"),
    "condition-added": _("Condition added"),
    "exchange-added": _("Exchange added, both ways"),
    "condition-changed": _("Condition changed"),
    "condition-removed": _("Condition removed"),
}


def open_doors() -> None:
    open_history(Institution, may_read=lambda user, _institution: can_edit_institutions(user), events=EVENTS)
    open_history(Agreement, may_read=lambda user, _agreement: can_read_agreements(user), events=AGREEMENT_EVENTS)
    open_history(
        Condition,
        may_read=lambda user, _condition: can_read_agreements(user),
        events={"seats-confirmed": _("Seats of the year entered")},
        is_told_in_whole=True,
    )
