from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from mobility.web.acts import show_refusal
from mobility.web.templatetags.ui import day
from partners import permissions
from partners.actions import agreements as actions
from partners.forms.agreements import (
    DraftForm,
    HandOverForm,
    NewAgreementForm,
    PartyForm,
    RenewForm,
    ScanForm,
    TerminateForm,
)

from .acts import Act


class AgreementNew(FormView):
    template_name = "agreements/act.html"
    form_class = NewAgreementForm
    extra_context = {
        "title": _("New agreement"),
        "sentence": _("It is a draft until you put it in force. Conditions and scans are added on its page."),
    }

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not permissions.can_write_agreements(request.user):
            raise Http404

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"day": timezone.localdate()}

    def get_initial(self) -> dict[str, Any]:
        return {"owner": self.request.user.pk, "renewal": "none"}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.cancel = reverse("agreement-list")
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            agreement = actions.draft(by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The draft is saved. Add its conditions, then put it in force."))
        return redirect(agreement)

    def form_invalid(self, form: Any) -> HttpResponse:
        form.show_name_of_the_day()
        return super().form_invalid(form)


class AgreementEdit(Act):
    form_class = DraftForm
    title, button, done = _("Change the draft"), _("Save the draft"), _("The draft is saved.")
    allowed = staticmethod(permissions.can_change_draft)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.agreement}

    def act(self, **entered: Any) -> None:
        actions.revise(agreement=self.agreement, **entered, **self.by)


class AgreementPutInForce(Act):
    title = button = _("Put the agreement in force")
    sentence = _(
        "From then on its number, dates and partners stay as they are; it changes by a letter only. "
        "Check them against the signed text first."
    )
    allowed = staticmethod(permissions.can_change_draft)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        further = (reverse("agreement-edit", args=[self.agreement.pk]), _("Change the draft"))
        return super().get_context_data(further=further, **kwargs)

    def act(self) -> None:
        actions.put_in_force(agreement=self.agreement, **self.by_at)

    @property
    def done(self) -> str:
        """One that starts later is not said to hold today."""
        if self.agreement.starts > timezone.localdate():
            return _("The agreement is sealed: it is in force from %(day)s.") % {"day": day(self.agreement.starts)}
        return str(_("The agreement is in force."))


class AgreementRenew(Act):
    form_class = RenewForm
    title, button = _("Prolong the agreement"), _("Prolong the agreement")
    sentence = _("It goes on until a later day. Conditions with a last day of their own keep it.")
    done = _("The agreement is prolonged.")
    allowed = staticmethod(permissions.can_renew)

    def act(self, **entered: Any) -> None:
        actions.renew(agreement=self.agreement, **entered, **self.by_at)


class AgreementTerminate(Act):
    form_class = TerminateForm
    danger = True
    title, button = _("Terminate the agreement"), _("Terminate the agreement")
    sentence = _("Its conditions hold until that day. This cannot be undone; what was agreed stays to be read.")
    done = _("The agreement is terminated.")
    allowed = staticmethod(permissions.can_terminate)

    def act(self, **entered: Any) -> None:
        actions.terminate(agreement=self.agreement, **entered, **self.by_at)


class AgreementHandOver(Act):
    form_class = HandOverForm
    title, button = _("Hand over"), _("Hand the agreement over")
    sentence = _("Letters about its last day go to whoever answers for it.")
    done = _("Another officer answers for the agreement now.")
    allowed = staticmethod(permissions.can_keep_papers)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"day": timezone.localdate()}

    def act(self, **entered: Any) -> None:
        actions.hand_over(agreement=self.agreement, **entered, **self.by)


class ScanAdd(Act):
    form_class = ScanForm
    title, button, done = _("Add a scan"), _("Add the scan"), _("The scan is added.")
    allowed = staticmethod(permissions.can_keep_papers)

    def act(self, **entered: Any) -> None:
        actions.add_scan(agreement=self.agreement, **entered, **self.by_at)


class PartyAdd(Act):
    form_class = PartyForm
    title, button, done = _("Add a partner"), _("Add the partner"), _("The partner is added.")
    sentence = _("With several partners the agreement is multilateral, and each has conditions of its own.")
    allowed = staticmethod(permissions.can_change_draft)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": None}

    def act(self, **entered: Any) -> None:
        actions.add_party(agreement=self.agreement, **entered, **self.by)


class PartyRemove(Act):
    danger = True
    title, button, done = _("Remove a partner"), _("Remove the partner"), _("The partner is removed.")
    allowed = staticmethod(permissions.can_change_draft)

    def find(self) -> None:
        super().find()
        self.party = get_object_or_404(self.agreement.parties, pk=self.kwargs["party"])

    @property
    def sentence(self) -> str:
        return _("“%(name)s” signed no such agreement.") % {"name": self.party.signed_as}

    def act(self) -> None:
        actions.remove_party(party=self.party, **self.by)
