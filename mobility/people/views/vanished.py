"""Whom a roster left out, decided at once: who is ticked, then count and names, then it is done."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from mobility.people import actions
from mobility.people.forms import VanishedForm
from mobility.people.models import Faculty, StudentProfile
from mobility.people.rosters.questions import questions_of

from .account import FORM
from .rosters import visible_roster

AT_ONCE = 200


@FORM
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    roster = visible_roster(request, pk)
    if roster.imported_at is None:
        raise Http404
    faculties = list(Faculty.objects.editable_by(request.user))
    students = StudentProfile.objects.of_faculties(faculties)
    asked = questions_of(roster, students=students, today=timezone.localdate()).vanished
    shown = asked[:AT_ONCE]
    form = VanishedForm(request.POST or None, questions=shown, all_ticked="all" in request.GET)
    context = {"roster": roster, "form": form, "shown": len(shown), "all": len(asked)}
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/roster_vanished.html", context)
    if "confirmed" not in request.POST:
        return render(request, "people/roster_vanished_confirm.html", context | {"data": form.cleaned_data})
    try:
        count = actions.decide_vanished(
            roster=roster, faculties=faculties, by=request.user, at=timezone.now(), **form.cleaned_data
        )
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
        return redirect("roster-vanished", pk=roster.pk)
    said = ngettext("%(count)s student is decided.", "%(count)s students are decided.", count)
    messages.success(request, said % {"count": count})
    return redirect(roster)
