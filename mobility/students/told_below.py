"""What the room of calls asks of its applicants, which it must not import."""

from collections.abc import Mapping

from django.db.models import Count, QuerySet

from mobility.calls.models import Call
from mobility.people.models import User
from mobility.students.models import ApplicationState


def concerned(call: Call) -> QuerySet[User]:
    """Whoever has begun, and has not withdrawn."""
    return User.objects.filter(applications__call=call).exclude(
        applications__call=call, applications__state=ApplicationState.WITHDRAWN
    )


def applied(call: Call) -> dict[str, int]:
    submitted = call.applications.submitted().order_by()
    return dict(submitted.values_list("faculty__code").annotate(count=Count("pk")))


def points(call: Call) -> list[Mapping[str, int]]:
    """Of those who were scored."""
    return list(call.applications.submitted().exclude(parts={}).values_list("parts", flat=True))
