"""What the acts on an event ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.calls.models import RulesTemplate
from mobility.events.models import EventReport, ResultKind, TeamMember
from mobility.files.fields import EvidenceField, EvidenceFilesField
from mobility.web.forms import Form, language_field
from mobility.web.inputs import day_field, text_field


class OrderForm(Form):
    number = forms.CharField(
        label=_("Number of the order"), max_length=60, widget=forms.TextInput({"class": "width-20"})
    )
    day = day_field(label=_("Date of the order"))
    language = language_field()


class ScanForm(Form):
    file = EvidenceField(label=_("Signed order"), help_text=_("PDF, JPEG or PNG, at most 10 MB."))


class CallForm(Form):
    """All the rest of the call is the event's own."""

    code = forms.SlugField(
        label=_("Code of the call"), max_length=20, help_text=_("The numbers of its applications begin with it.")
    )
    deadline = day_field(label=_("Applications until"), help_text=_("18:00. The dates after it can be changed later."))
    template = forms.ModelChoiceField(
        RulesTemplate.objects.all(), label=_("Start the rules from"), required=False, empty_label=_("No template")
    )


class ClaimForm(Form):
    button = _("Add the achievement")
    kind = forms.ChoiceField(label=_("What it counts as"))

    def __init__(self, *args, kinds: Any, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", _("Choose one")), *kinds]  # the first of them is nobody's guess


class ReportForm(Form):
    button = _("Send the report")
    text = text_field(label=_("How it went"), max_length=5000)
    pictures = EvidenceFilesField(
        label=_("Photographs and files"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB each.")
    )

    def __init__(self, *args, report: EventReport | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if report:
            self.initial = {"text": report.text}


class ResultForm(Form):
    button = _("Enter the result")
    member = forms.ModelChoiceField(TeamMember.objects.none(), label=_("Who gained it"), empty_label=None)
    kind = forms.ChoiceField(label=_("What was gained"), choices=ResultKind.choices, widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("As the paper says"), max_length=300, help_text=_("Such as “Diploma of first degree, section Surgery”.")
    )
    day = day_field(label=_("Date"))
    file = EvidenceField(
        label=_("Diploma, certificate or publication"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB.")
    )

    def __init__(self, *args, members: Any, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members
