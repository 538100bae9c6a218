"""International Relations' and the rector's acts on an event."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from mobility.events import permissions
from mobility.events.actions import decisions, events, orders
from mobility.events.forms.acts import OrderForm
from mobility.events.forms.events import EventForm
from mobility.web.acts import show_refusal
from mobility.web.forms import ReasonForm

from .acts import Act


class EventNew(FormView):
    template_name = "events/form.html"
    form_class = EventForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not permissions.can_announce(request.user):
            raise Http404

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_form(self, form_class: Any = None) -> EventForm:
        form = super().get_form(form_class)
        form.cancel = reverse("event-board")
        return form

    def form_valid(self, form: EventForm) -> HttpResponse:
        invitation = form.cleaned_data["invitation"]
        try:
            event = events.announce(values=form.values, invitation=invitation, by=self.request.user, at=timezone.now())
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The event is announced. Name the team, or leave it to the dean's offices."))
        return redirect(event)


class EventEdit(Act):
    template_name = "events/form.html"
    form_class = EventForm
    title, done = _("Change the event"), _("The event is changed.")
    allowed = staticmethod(permissions.can_change)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"user": self.request.user, "event": self.event}

    def entered(self, form: Any) -> dict[str, Any]:
        return {"values": form.values, "invitation": form.cleaned_data["invitation"]}

    def act(self, **entered: Any) -> None:
        events.change(event=self.event, **entered, **self.by_at)


class OfTeam(Act):
    """A page that shows who goes before it asks for the word."""

    template_name = "events/decide.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        team = self.event.members.in_team().select_related("person__student", "faculty").order_by("person__sort_name")
        return super().get_context_data(team=team, free=self.event.places - len(team), **kwargs)


class EventApprove(OfTeam):
    title, button = _("Approve the team"), _("Approve the team")
    done = _("Approved. The rector decides next.")
    allowed = staticmethod(permissions.can_approve)

    @property
    def sentence(self) -> str:
        if self.event.chaperone and self.event.trip is None:
            told = _now("It then goes to the rector. A staff trip is made for %(person)s at the same time.")
            return told % {"person": self.event.chaperone}
        return _now("It then goes to the rector.")

    def act(self) -> None:
        decisions.approve(event=self.event, **self.by_at)


class EventDecide(OfTeam):
    title, button = _("Decide on the event"), _("Let the team go")
    done = _("Decided. International Relations issues the order.")
    sentence = _("International Relations issues the order next.")
    allowed = staticmethod(permissions.can_decide)

    def act(self) -> None:
        decisions.decide(event=self.event, **self.by_at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(is_decision=True, **kwargs)


class EventSendBack(Act):
    form_class = ReasonForm
    title, button = _("Return the event"), _("Return it to International Relations")
    done = _("Returned to International Relations.")
    sentence = _("They may change the team and approve it anew.")
    allowed = staticmethod(permissions.can_decide)

    def act(self, **entered: Any) -> None:
        decisions.send_back(event=self.event, **entered, **self.by_at)


class EventRefuse(Act):
    form_class = ReasonForm
    title, button, done = _("Refuse the event"), _("Refuse the event"), _("Refused. Everybody's days are free again.")
    sentence = _("It ends here, and the team is told why. To have it corrected, return it instead.")
    allowed = staticmethod(permissions.can_decide)

    def act(self, **entered: Any) -> None:
        decisions.refuse(event=self.event, **entered, **self.by_at)


class EventCancel(Act):
    form_class = ReasonForm
    danger = True
    title, button = _("Call the event off"), _("Call the event off")
    done = _("The event is called off. Everybody's days are free again.")
    allowed = staticmethod(permissions.can_cancel)

    @property
    def sentence(self) -> str:
        told = _now("It does not take place. The team is told, and everybody's days are free again.")
        if self.event.call and not self.event.call.is_draft and not self.event.call.is_settled:
            told += " " + _now("Its call is called off with it, and whoever has applied is told.")
        return told

    def act(self, **entered: Any) -> None:
        events.cancel(event=self.event, **entered, **self.by_at)


class EventOrder(Act):
    form_class = OrderForm
    template_name = "events/order.html"
    title, button = _("Issue the order"), _("Enter the order")
    sentence = _("Print the draft, have it signed and registered, then enter its number and date.")
    done = _("The order is issued. Add the scan of the signed paper when you have it.")
    allowed = staticmethod(permissions.can_order)

    def get_initial(self) -> dict[str, Any]:
        return {"day": timezone.localdate()}

    def act(self, **entered: Any) -> None:
        orders.issue(event=self.event, **entered, **self.by_at)
