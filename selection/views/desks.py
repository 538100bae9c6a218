"""The tabs of a dean's office: to its own faculty in the call that is in work, or a choice where there are several."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from mobility.calls.models import Call
from mobility.people.models import Faculty, RoleKind
from selection.permissions import READERS

RECENT = 6


@require_safe
def desk(request: HttpRequest, page: str) -> HttpResponse:
    """`page` is the name of the faculty's page that is wanted."""
    faculties = list(faculties_of(request.user, page))
    if not faculties:
        raise Http404
    calls = list(Call.objects.filter(opened_at__isnull=False).order_by("-opens_at")[:RECENT])
    in_work = [call for call in calls if call.finished_at is None]
    if len(in_work) == len(faculties) == 1:
        return redirect(page, in_work[0].code, faculties[0].code)
    rows = [
        {"call": call, "ways": [(faculty, reverse(page, args=[call.code, faculty.code])) for faculty in faculties]}
        for call in calls
    ]
    return render(request, "selection/desk.html", {"rows": rows, "page": page})


def faculties_of(user: Any, page: str) -> Any:
    """One's own; of the pages that others may read, all faculties for them."""
    if page != "queue" and READERS & {role.kind for role in user.roles}:
        return Faculty.objects.all()
    own = [role.faculty_id for role in user.roles if role.kind == RoleKind.DEANS_OFFICE]
    return Faculty.objects.filter(pk__in=own)
