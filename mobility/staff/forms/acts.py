"""What the acts on an activity ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.files.fields import EvidenceField, EvidenceFilesField
from mobility.staff.models import Activity, OutputKind, Report
from mobility.web.forms import Form
from partners.models import Condition

from .memos import day_field, text_field


class ReasonForm(Form):
    reason = text_field(label=_("Reason"), help_text=_("Whoever it concerns reads these very words."))


class PrepareForm(Form):
    """Under which condition: those of the place and form that hold on the days."""

    condition = forms.ModelChoiceField(
        Condition.objects.none(), label=_("Condition of an agreement"), required=False,
        help_text=_("Empty: outside an agreement, for the reason below."),
    )  # fmt: skip
    host_reason = forms.CharField(label=_("Why outside an agreement"), max_length=300, required=False)

    def __init__(self, *args, activity: Activity, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = Condition.objects.valid_during(activity.starts, activity.ends)
        self.fields["condition"].queryset = held.filter(
            partner=activity.partner_id, kind=activity.form, direction=activity.direction
        )
        self.initial = {"condition": activity.condition_id, "host_reason": activity.host_reason}

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        if not entered.get("condition") and not entered.get("host_reason"):
            self.add_error("host_reason", _("Choose a condition, or say why it takes place outside an agreement."))
        return entered


class OrderForm(Form):
    number = forms.CharField(
        label=_("Number of the order"), max_length=60, widget=forms.TextInput({"class": "width-20"})
    )
    day = day_field(label=_("Date of the order"))


class ScanForm(Form):
    file = EvidenceField(label=_("Signed order"), help_text=_("PDF, JPEG or PNG, at most 10 MB."))


class ChangeForm(Form):
    starts = day_field(label=_("New first day"))
    ends = day_field(label=_("New last day"))
    reason = text_field(label=_("Reason for the change"))


class ReportForm(Form):
    """Results, what may be implemented, outputs one a line, files."""

    button = _("Send the report")
    results = text_field(label=_("Results"))
    proposals = text_field(label=_("Proposals to implement"), required=False)
    hours_taught = forms.IntegerField(
        label=_("Hours taught"), required=False, min_value=1, max_value=2000,
        widget=forms.NumberInput(attrs={"class": "width-4"}),
    )  # fmt: skip
    publication = text_field(label=_("Publications"), required=False, help_text=_("One a line, here and below."))
    talk = text_field(label=_("Talks"), required=False)
    certificate = text_field(label=_("Certificates"), required=False)
    topic = text_field(label=_("New joint topics"), required=False)
    agreement = text_field(label=_("New agreements"), required=False)
    files = EvidenceFilesField(
        label=_("Files"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB each; ten at most.")
    )

    def __init__(self, *args, report: Report | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if report:
            said = {name: getattr(report, name) for name in ("results", "proposals", "hours_taught")}
            self.initial = said | {
                kind: "\n".join(output.text for output in report.outputs.all() if output.kind == kind)
                for kind in OutputKind.values
            }

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        kinds = {kind: lines_of(entered.pop(kind, "")) for kind in OutputKind.values}
        for kind, lines in kinds.items():
            if any(len(line) > 500 for line in lines):
                self.add_error(kind, _("A line has at most 500 letters."))
        return entered | {"outputs": kinds}


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
