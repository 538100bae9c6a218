"""Who reads the history of an activity, and the words of its events."""

from mobility.journal.doors import open_history
from mobility.staff.models import Activity, StepKind


def open_doors() -> None:
    """Whoever sees it: it is theirs, or they decide on it."""
    open_history(Activity, may_read=lambda _user, _activity: True, events=dict(StepKind.choices))
