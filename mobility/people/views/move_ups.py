"""Once a year everyone moves up a course: what it would do, then it, by faculty."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mobility.people import actions
from mobility.people.models import Faculty, MoveUp
from mobility.people.permissions import can_import_rosters

from .account import FORM


@require_safe
def overview(request: HttpRequest) -> HttpResponse:
    faculties = _editable(request)
    done = MoveUp.objects.filter(faculty__in=faculties).select_related("faculty", "done_by")
    return render(request, "people/move_up_list.html", {"faculties": faculties, "done": done})


@FORM
def move_up(request: HttpRequest, pk: int) -> HttpResponse:
    faculty = get_object_or_404(_editable(request), pk=pk)
    if request.method == "POST":
        seen = request.POST.get("seen", "")
        try:
            done = actions.move_up(faculty=faculty, seen=seen, by=request.user, at=timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect("move-up", pk=faculty.pk)
        said = ngettext("%(count)s student moved up.", "%(count)s students moved up.", done.moved)
        messages.success(request, said % {"count": done.moved})
        return redirect("move-up-list")
    plan = actions.plan_move_up(faculty, today=timezone.localdate())
    done = MoveUp.objects.filter(faculty=faculty, year=plan.year).first()
    return render(
        request, "people/move_up.html", {"faculty": faculty, "plan": plan, "done": done, "title": _("Move up")}
    )


def _editable(request: HttpRequest):
    if not can_import_rosters(request.user):
        raise Http404
    return Faculty.objects.editable_by(request.user)
