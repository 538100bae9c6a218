"""Who reads the history of an activity, and the words of its events."""

from django.utils.translation import gettext_lazy as _

from mobility.journal.doors import open_history
from mobility.staff.models import Activity, StepKind

OF_THE_MEMO = {
    "drafted": _("Memo written"),
    "revised": _("Memo changed"),
    "discarded": _("Memo thrown away"),
    "funding-added": _("Funding added"),
    "funding-removed": _("Funding removed"),
}


def open_doors() -> None:
    """Whoever sees it: it is theirs, or they decide on it."""
    open_history(Activity, may_read=lambda _user, _activity: True, events=dict(StepKind.choices) | OF_THE_MEMO)
