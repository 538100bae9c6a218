"""Changing what was ordered: a new memo, its way, and the amendment order."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mobility.staff import permissions
from mobility.staff.actions import amendments
from mobility.staff.forms.acts import ChangeForm
from mobility.staff.models import Amendment
from mobility.web.forms import ReasonForm
from mobility.web.templatetags.ui import period

from .acts import Act, OrderAct


class ChangeAsk(Act):
    form_class = ChangeForm
    title, button, done = _("Ask for other days"), _("Send the memo"), _("The memo on the change is sent.")
    sentence = _("The present order holds until an amendment order changes it.")
    allowed = staticmethod(permissions.can_ask_change)

    def get_initial(self) -> dict[str, Any]:
        return {"starts": self.activity.starts, "ends": self.activity.ends}

    def act(self, **entered: Any) -> None:
        amendments.ask(activity=self.activity, **entered, **self.by_at)


class OfChange(Act):
    """An act on one change of the activity."""

    change: Amendment

    def find(self) -> None:
        super().find()
        self.change = get_object_or_404(self.activity.amendments, pk=self.kwargs["change"])
        self.change.activity = self.activity

    @property
    def subject(self) -> Amendment:
        return self.change

    @property
    def where_it_stands(self) -> str:
        return str(self.change.get_state_display())

    @property
    def sentence(self) -> str:
        return _now("New days: %(new)s instead of %(former)s. Reason: %(reason)s") % {
            "new": period(self.change.starts, self.change.ends),
            "former": period(self.change.former_starts, self.change.former_ends),
            "reason": self.change.reason,
        }


class ChangeEndorse(OfChange):
    title, button, done = _("Endorse the change"), _("Endorse the change"), _("The change is endorsed.")
    allowed = staticmethod(permissions.can_endorse_change)

    def act(self) -> None:
        amendments.endorse(change=self.change, **self.by_at)


class ChangeApprove(OfChange):
    title, button, done = _("Approve the change"), _("Approve the change"), _("The change is approved.")
    allowed = staticmethod(permissions.can_decide_change)

    def act(self) -> None:
        amendments.approve(change=self.change, **self.by_at)


class ChangeRefuse(OfChange):
    form_class = ReasonForm
    title, button, done = _("Refuse the change"), _("Refuse the change"), _("The change is refused.")
    allowed = staticmethod(permissions.can_refuse_change)

    def act(self, **entered: Any) -> None:
        amendments.refuse(change=self.change, **entered, **self.by_at)


class ChangeOrder(OfChange, OrderAct):
    title, done = _("Amendment order"), _("The change is in effect.")
    allowed = staticmethod(permissions.can_order_change)
    draft = "change-draft"

    def act(self, **entered: Any) -> None:
        amendments.issue(change=self.change, **entered, **self.by_at)
