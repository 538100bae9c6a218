"""Who reads the history of an event, and the words of what happened to it."""

from django.utils.translation import gettext_lazy as _

from mobility.events import permissions
from mobility.events.models import Event, StepKind
from mobility.journal.doors import open_history

OF_THE_REPORT = {"result-added": _("Result entered"), "result-removed": _("Result removed")}


def open_doors() -> None:
    """The offices: the team is theirs to know."""
    open_history(Event, may_read=permissions.can_read_history, events=dict(StepKind.choices) | OF_THE_REPORT)
