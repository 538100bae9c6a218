"""What the worker does for the selection."""

from django_tasks import task

from selection.actions import scoring
from selection.models import Outlook


@task()
def refresh(call: int, faculty: int) -> None:
    """The outlook of a faculty with very many applicants, until it knows all that happened."""
    row = Outlook.objects.select_related("call", "faculty").get(call=call, faculty=faculty)
    while not row.is_current:
        scoring.compute_outlook(call=row.call, faculty=row.faculty)
        row.refresh_from_db(fields=["changes", "computed"])
