"""The list of destinations: one press, one change, without a script."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from mobility.calls.offer import last_cutoffs
from mobility.students import actions
from mobility.students.dossier import Dossier
from mobility.students.forms import ChoiceForm

from .acts import Reading, Task
from .shown import shown_opening

ACTS = {
    "add": actions.add_choice,
    "remove": actions.remove_choice,
    "up": actions.move_choice_up,
    "down": actions.move_choice_down,
}


class Choices(Task, Reading):
    template_name = "applications/choices.html"

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """A refusal stands above the list as it is now: it may have changed in another window."""
        form = ChoiceForm(request.POST)
        if not form.is_valid():
            return self.get(request, *args, **kwargs)
        entered = form.cleaned_data
        destination = get_object_or_404(self.application.call.destinations, code=entered["destination"])
        act = ACTS[entered["act"]]
        try:
            act(application=self.application, destination=destination, seen=entered["seen"], **self.by_at)
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, self.said(destination))
        return redirect("application-choices", self.application.number)

    def said(self, destination: Any) -> str:
        place = dict(self.application.choices.values_list("destination", "position")).get(destination.pk)
        name = destination.condition.partner.short_name
        if place is None:
            return _("%(name)s is off your list.") % {"name": name}
        return _("%(name)s is number %(place)s on your list.") % {"name": name, "place": place}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dossier = Dossier(self.application, at=self.at)
        last = last_cutoffs(self.application.call, self.application.faculty)
        rows = {opening.destination.pk: shown_opening(opening, last) for opening in dossier.openings}
        chosen = [rows.pop(choice.destination_id) for choice in dossier.choices]
        told = {
            "chosen": chosen,
            "seen": " ".join(row["destination"].code for row in chosen),
            "eligible": [row for row in rows.values() if row["opening"].is_eligible],
            "others": [row for row in rows.values() if not row["opening"].is_eligible],
        }
        return super().get_context_data(**told, **kwargs)
