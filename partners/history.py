from django.utils.translation import gettext_lazy as _

from mobility.journal.doors import open_history
from partners.models import Institution
from partners.permissions import can_edit_institutions

EVENTS = {
    "archived": _("Moved to the archive"),
    "restored": _("Taken out of the archive"),
    "renamed": _("Renamed"),
    "imported": _("Imported from a spreadsheet"),
}


def open_doors() -> None:
    open_history(Institution, may_read=lambda user, _institution: can_edit_institutions(user), events=EVENTS)
