"""What the worker does for the selection."""

from django_tasks import task

from mobility.calls.models import Call
from selection.actions import needed, scoring
from selection.models import Outlook


@task()
def refresh(call: int, faculty: int) -> None:
    """The outlook of a faculty with very many applicants, until it knows all that happened."""
    row = Outlook.objects.select_related("call", "faculty").get(call=call, faculty=faculty)
    while not row.is_current:
        scoring.compute_outlook(call=row.call, faculty=row.faculty)
        row.refresh_from_db(fields=["changes", "computed"])


@task()
def find_needed(call: int) -> None:
    """After publication: what would have changed each outcome."""
    needed.find_needed(call=Call.objects.get(pk=call))
