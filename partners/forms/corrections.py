from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.web.forms import Form, ModelForm
from mobility.web.inputs import day_field
from partners.models import Agreement, Party


class DiscardForm(Form):
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Such as: entered twice."))


class CorrectForm(ModelForm):
    """What the signed text says, and each party's name in it."""

    signed_on = day_field(label=_("Signed"))
    starts = day_field(label=_("In force from"))
    ends = day_field(label=_("In force until"), required=False, help_text=_("The last day; empty: no end."))
    reason = forms.CharField(
        label=_("What was entered wrongly"), max_length=300, help_text=_("It stands in the history beside the change.")
    )

    class Meta:
        model = Agreement
        fields = ["number", "subject", "signed_on", "starts", "ends"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].required = True
        reason = self.fields.pop("reason")
        self.parties = list(self.instance.parties.select_related("institution"))
        for party in self.parties:
            label = _("%(partner)s signed as") % {"partner": party.institution.short_name}
            self.fields[name_field(party)] = forms.CharField(label=label, max_length=300, initial=party.signed_as)
        self.fields["reason"] = reason

    @property
    def entered(self) -> dict[str, Any]:
        fields = {field: self.cleaned_data[field] for field in (*self.Meta.fields, "reason")}
        return fields | {"names": {party.pk: self.cleaned_data[name_field(party)] for party in self.parties}}


def name_field(party: Party) -> str:
    return f"name_{party.pk}"
