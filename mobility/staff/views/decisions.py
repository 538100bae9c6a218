"""The acts of the head, of International Relations and of the rector."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mobility.staff import papers, permissions, seats
from mobility.staff.actions import decisions, orders
from mobility.staff.forms.acts import PrepareForm
from mobility.staff.models import ORDERED_STATES
from mobility.web.forms import ReasonForm

from .acts import Act, OrderAct


class ActivityEndorse(Act):
    title, button, done = _("Endorse the memo"), _("Endorse the memo"), _("The memo is endorsed.")
    sentence = _("It then goes to International Relations to be prepared.")
    allowed = staticmethod(permissions.can_endorse)

    def act(self) -> None:
        decisions.endorse(activity=self.activity, **self.by_at)


class ActivityPrepare(Act):
    form_class = PrepareForm
    title, button = _("Prepare for the rector"), _("Pass it to the rector")
    done = _("The memo is prepared and lies with the rector.")
    allowed = staticmethod(permissions.can_prepare)

    @property
    def sentence(self) -> str:
        return seats.in_words(self.activity)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"activity": self.activity}

    def act(self, **entered: Any) -> None:
        decisions.prepare(activity=self.activity, **entered, **self.by_at)


class ActivityApprove(Act):
    template_name = "staff/approve.html"
    title, done = _("Approve"), _("Approved. International Relations issues the order.")
    allowed = staticmethod(permissions.can_decide)

    @property
    def button(self) -> str:
        return _now("Approve the visit") if self.activity.is_guest else _now("Approve the trip")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(facts=papers.facts_of(self.activity), **kwargs)

    @property
    def sentence(self) -> str:
        return seats.in_words(self.activity)

    def act(self) -> None:
        decisions.approve(activity=self.activity, **self.by_at)


class ActivityReturn(Act):
    form_class = ReasonForm
    title, button, done = _("Return for correction"), _("Return the memo"), _("The memo is returned.")
    sentence = _("Whoever wrote it corrects it and sends it again, from the beginning.")
    allowed = staticmethod(permissions.can_send_back)

    def act(self, **entered: Any) -> None:
        decisions.send_back(activity=self.activity, **entered, **self.by_at)


class ActivityRefuse(Act):
    form_class = ReasonForm
    title, button, done = _("Refuse"), _("Refuse the memo"), _("The memo is refused.")
    sentence = _("It ends here. To have it corrected, return it instead.")
    allowed = staticmethod(permissions.can_refuse)

    def act(self, **entered: Any) -> None:
        decisions.refuse(activity=self.activity, **entered, **self.by_at)


class ActivityCancel(Act):
    form_class = ReasonForm
    danger = True
    title, button, done = _("Call it off"), _("Call it off"), _("It is called off; its seat and days are free again.")
    allowed = staticmethod(permissions.can_cancel)

    @property
    def sentence(self) -> str:
        told = _now("It does not take place. Its seat and days are free again.")
        if self.activity.state in ORDERED_STATES:
            told += " " + _now("An order of cancellation follows: its draft is printed from the page of the trip.")
        return told

    def act(self, **entered: Any) -> None:
        decisions.cancel(activity=self.activity, **entered, **self.by_at)


class ActivityOrder(OrderAct):
    title = _("Issue the order")
    sentence = _("Print the draft, have it signed and registered, then enter its number and date.")
    done = _("The order is issued. Add the scan of the signed paper when you have it.")
    allowed = staticmethod(permissions.can_order)
    draft = "order-draft"

    def act(self, **entered: Any) -> None:
        orders.issue(activities=[self.activity], **entered, **self.by_at)


class ActivityCallOff(OrderAct):
    title = _("Order of cancellation")
    sentence = _("Print the draft, have it signed and registered, then enter its number and date.")
    done = _("The order of cancellation is issued. Add the scan of the signed paper when you have it.")
    allowed = staticmethod(permissions.can_call_off_by_order)
    draft = "call-off-draft"

    def could_be_late(self) -> bool:
        """The state stays as it is: whoever keeps orders reads that it is cancelled."""
        return permissions.can_keep_orders(self.request.user, self.activity)

    def act(self, **entered: Any) -> None:
        orders.call_off(activity=self.activity, **entered, **self.by_at)
