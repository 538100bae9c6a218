from datetime import date
from typing import Any

from django import forms
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from mobility.files.fields import EvidenceField
from mobility.people.models import RoleKind, User
from mobility.web.forms import Form, ModelForm
from mobility.web.inputs import day_field
from partners.finding import FindsPartner, PartnerChoice
from partners.models import Agreement, Institution, Party, Renewal
from partners.signing import name_on


def letter_field() -> EvidenceField:
    return EvidenceField(label=_("The letter"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB."))


def officers(day: date) -> Any:
    return User.objects.holding(RoleKind.IR_OFFICER, on=day)


class DraftForm(ModelForm):
    """What a draft says of itself; its partners and conditions are entered on its page."""

    signed_on = day_field(label=_("Signed"), required=False, help_text=_("Can be entered later."))
    starts = day_field(label=_("In force from"))
    ends = day_field(label=_("In force until"), required=False, help_text=_("The last day; empty: no end."))
    renewal = forms.ChoiceField(
        label=_("On its last day it"), choices=Renewal.choices, widget=forms.RadioSelect, initial=Renewal.NONE
    )
    button = _("Save the draft")

    class Meta:
        model = Agreement
        fields = ["number", "subject", "signed_on", "starts", "ends", "renewal"]


class NewAgreementForm(FindsPartner, DraftForm):
    partner = PartnerChoice(
        Institution.objects.none(),
        label=_("Which partner"),
        help_text=_("The first one; others are added on the agreement's page."),
    )
    signed_as = forms.CharField(
        label=_("Name under which it signed"),
        max_length=300,
        required=False,
        help_text=_("Empty: the name that it had on the day of signing."),
    )
    owner = forms.ModelChoiceField(User.objects.none(), label=_("Who answers for it"))
    field_order = [
        "find",
        "partner",
        "signed_as",
        "number",
        "subject",
        "signed_on",
        "starts",
        "ends",
        "renewal",
        "owner",
    ]

    class Meta(DraftForm.Meta):
        fields = [*DraftForm.Meta.fields, "owner"]

    def __init__(self, *args, day: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["owner"].queryset = officers(day)

    def show_name_of_the_day(self) -> None:
        """Beside the name that may stay empty: what it would then be."""
        partner = self.cleaned_data.get("partner")
        day = self.cleaned_data.get("signed_on") or self.cleaned_data.get("starts")
        if partner and day:
            told = _("Empty: “%(name)s”, as it was called on %(day)s.")
            self["signed_as"].help_text = told % {"name": name_on(partner, day), "day": date_format(day)}


class PartyForm(FindsPartner, ModelForm):
    institution = PartnerChoice(Institution.objects.none(), label=_("Which partner"))
    partner_field = "institution"
    field_order = ["find", "institution", "signed_as"]
    button = _("Add the partner")

    class Meta:
        model = Party
        fields = ["institution", "signed_as"]
        help_texts = {"signed_as": _("Empty: the name that it had on the day of signing.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["signed_as"].required = False

    def _get_validation_exclusions(self) -> set[str]:
        """An empty name is filled in by the action."""
        return {*super()._get_validation_exclusions(), "signed_as"}


class RenewForm(Form):
    ends = day_field(label=_("New last day"))
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=60, required=False)
    letter_date = day_field(label=_("Date of the letter"))
    file = letter_field()


class TerminateForm(Form):
    last_day = day_field(label=_("Last day in force"))
    reason = forms.CharField(
        label=_("Reason"), max_length=300, help_text=_("Who ended it and by which letter. It stands in the history.")
    )


class HandOverForm(Form):
    to = forms.ModelChoiceField(User.objects.none(), label=_("Who answers for it from now on"))

    def __init__(self, *args, day: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["to"].queryset = officers(day)


class ScanForm(Form):
    file = EvidenceField(label=_("File"), help_text=_("PDF, JPEG or PNG, at most 10 MB."))
    title = forms.CharField(
        label=_("What it is"), max_length=120, required=False, help_text=_("Such as “Signed text” or “Annex 1”.")
    )
