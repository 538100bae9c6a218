from typing import Any

from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.calls import permissions, readiness
from mobility.calls.actions import destinations as actions
from mobility.calls.forms.destinations import DestinationForm, LateForm, NewDestinationForm
from mobility.calls.models import Call, Destination

from .acts import Act


@require_safe
def call_destinations(request: HttpRequest, code: str) -> HttpResponse:
    if not permissions.can_edit_calls(request.user):
        raise Http404
    call = get_object_or_404(Call.objects.visible_to(request.user), code=code)
    rows = call.destinations.by_name().annotate(reserved=Sum("quotas__seats", default=0))
    outliving = set(call.destinations.outliving().values_list("pk", flat=True))
    context = {
        "call": call,
        "rows": [
            {"destination": row, "problem": readiness.outlives(row) if row.pk in outliving else ""} for row in rows
        ],
        "may_edit": permissions.can_change_offer(request.user, call),
        "may_remove": permissions.can_change_draft(request.user, call),
    }
    return render(request, "calls/destinations.html", context)


class DestinationAdd(Act):
    form_class = NewDestinationForm
    back = "call-destinations"
    title, button, done = _("Add a destination"), _("Add the destination"), _("The destination is added.")
    sentence = _("A condition in force during the whole stay. To an open call it is a late place: the rules stay.")
    allowed = staticmethod(permissions.can_change_offer)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"call": self.call}

    def entered(self, form: Any) -> dict[str, Any]:
        return {"condition": form.cleaned_data["condition"], "terms": form.terms}

    def act(self, **entered: Any) -> None:
        actions.add(call=self.call, **entered, **self.by)


class OfOne(Act):
    back = "call-destinations"
    destination: Destination

    def find(self) -> None:
        super().find()
        rows = self.call.destinations.by_name()
        self.destination = get_object_or_404(rows, code=self.kwargs["destination"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(line=str(self.destination), **kwargs)


class DestinationEdit(OfOne):
    title, button, done = _("Change the destination"), _("Save the destination"), _("The destination is changed.")
    allowed = staticmethod(permissions.can_change_offer)

    def get_form_class(self) -> Any:
        return DestinationForm if self.call.is_draft else LateForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Destination.objects.get(pk=self.destination.pk)}

    def entered(self, form: Any) -> dict[str, Any]:
        return {"terms": form.terms}

    def act(self, **entered: Any) -> None:
        actions.change(destination=self.destination, **entered, **self.by)


class DestinationRemove(OfOne):
    danger = True
    title, button, done = _("Remove the destination"), _("Remove the destination"), _("The destination is removed.")
    sentence = _("Its quotas go with it.")
    allowed = staticmethod(permissions.can_change_draft)

    def act(self) -> None:
        actions.remove(destination=self.destination, **self.by)
