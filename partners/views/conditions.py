from datetime import date
from typing import Any

from django.forms import BaseForm
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mobility.people.academic_years import AcademicYear
from partners import permissions
from partners.actions import conditions as actions
from partners.forms.conditions import ConditionForm, ConfirmForm, ExchangeForm, TermsForm
from partners.models import Condition

from .acts import Act


class ConditionAdd(Act):
    form_class = ConditionForm
    title, button, done = _("Add a condition"), _("Add the condition"), _("The condition is added.")
    sentence = _("One line, one way. For an exchange both ways, add an exchange.")
    allowed = staticmethod(permissions.can_change_conditions)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"agreement": self.agreement}

    def get_initial(self) -> dict[str, Any]:
        """What the page that sent us here knows already."""
        return {name: self.request.GET[name] for name in ConditionForm.Meta.fields if name in self.request.GET}

    def entered(self, form: Any) -> dict[str, Any]:
        return {
            "partner": form.cleaned_data["partner"],
            "direction": form.cleaned_data["direction"],
            "terms": form.terms,
        }

    def act(self, **entered: Any) -> None:
        actions.add_condition(agreement=self.agreement, **entered, **self.by)


class ExchangeAdd(Act):
    form_class = ExchangeForm
    title, button, done = _("Add an exchange"), _("Add both ways"), _("Both ways of the exchange are added.")
    sentence = _("Two conditions at once, one each way. They may differ in seats; the rest is the same.")
    allowed = staticmethod(permissions.can_change_conditions)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"agreement": self.agreement}

    def entered(self, form: Any) -> dict[str, Any]:
        seats = {name: form.cleaned_data[name] for name in ("seats_out", "seats_in")}
        return {"partner": form.cleaned_data["partner"], "terms": form.terms, **seats}

    def act(self, **entered: Any) -> None:
        actions.add_exchange(agreement=self.agreement, **entered, **self.by)


class OfOne(Act):
    """An act on one condition of the agreement."""

    condition: Condition

    def find(self) -> None:
        super().find()
        conditions = self.agreement.conditions.select_related("partner")
        self.condition = get_object_or_404(conditions, pk=self.kwargs["condition"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(condition=self.condition, **kwargs)


class ConditionEdit(OfOne):
    form_class = TermsForm
    title, button, done = _("Change the condition"), _("Save the condition"), _("The condition is changed.")
    allowed = staticmethod(permissions.can_change_conditions)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.condition}

    def entered(self, form: Any) -> dict[str, Any]:
        return {"terms": form.terms}

    def act(self, **entered: Any) -> None:
        actions.change_condition(condition=self.condition, **entered, **self.by)


class ConditionRemove(OfOne):
    danger = True
    title, button, done = _("Remove the condition"), _("Remove the condition"), _("The condition is removed.")
    sentence = _("Do this when it was entered by mistake. When it has ended, give it a last day instead.")
    allowed = staticmethod(permissions.can_change_conditions)

    def act(self) -> None:
        actions.remove_condition(condition=self.condition, **self.by)


class SeatsConfirm(OfOne):
    form_class = ConfirmForm
    title, button, done = _("Seats of the year"), _("Save the seats"), _("The seats of the year are entered.")
    allowed = staticmethod(permissions.can_terminate)

    @property
    def sentence(self) -> str:
        told = _now("What the partner's letter says for %(year)s. The agreement says %(seats)s; earlier letters stay.")
        return told % {"year": self.year, "seats": self.condition.seats}

    @property
    def year(self) -> AcademicYear:
        return asked_year(self.request.GET.get("year", ""), today=timezone.localdate())

    def get_initial(self) -> dict[str, Any]:
        latest = self.condition.confirmations.latest_of(str(self.year)).first()
        return {"year": str(self.year), "seen": latest.pk if latest else None}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.cancel = f"{form.cancel}?year={self.year}"
        return form

    def act(self, **entered: Any) -> None:
        actions.confirm_seats(condition=self.condition, **entered, **self.by_at)


def asked_year(text: str, *, today: date) -> AcademicYear:
    """The present one where none is asked for."""
    if not text:
        return AcademicYear.of(today)
    try:
        return AcademicYear.read(text)
    except ValueError as wrong:
        raise Http404 from wrong
