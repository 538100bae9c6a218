from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from partners import permissions
from partners.actions import corrections as actions
from partners.forms.corrections import CorrectForm, DiscardForm

from .acts import Act


class AgreementDiscard(Act):
    form_class = DiscardForm
    danger = True
    title, button = _("Discard the draft"), _("Discard the draft")
    sentence = _("The draft goes with its conditions and scans. This cannot be undone; the journal keeps what it said.")
    done = _("The draft is discarded.")
    allowed = staticmethod(permissions.can_change_draft)

    def act(self, **entered: Any) -> None:
        actions.discard(agreement=self.agreement, **entered, **self.by)

    def where_next(self) -> str:
        return reverse("agreement-list")


class AgreementCorrect(Act):
    form_class = CorrectForm
    title, button = _("Correct a typing error"), _("Save the correction")
    sentence = _(
        "Only where what is entered differs from the signed text. What both sides changed later is a prolongation, "
        "a condition or a termination."
    )
    done = _("The correction is saved.")
    allowed = staticmethod(permissions.can_correct)

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.agreement}

    def entered(self, form: Any) -> dict[str, Any]:
        return form.entered

    def act(self, **entered: Any) -> None:
        actions.correct(agreement=self.agreement, **entered, **self.by)
