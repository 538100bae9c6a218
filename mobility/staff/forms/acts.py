"""What the acts on an activity ask."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.files.fields import EvidenceField, EvidenceFilesField
from mobility.staff.models import Activity, OutputKind, Report, ReportFile
from mobility.staff.models import Form as Kind
from mobility.web.forms import Form, language_field
from mobility.web.inputs import day_field, text_field
from partners.models import Condition


def lines_field(**options: Any) -> forms.CharField:
    """Several, one a line."""
    return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), max_length=5000, required=False, **options)


class Conditions(forms.ModelChoiceField):
    def label_from_instance(self, condition: Condition) -> str:
        return f"{condition.agreement}: {condition}"


class PrepareForm(Form):
    """Under which condition: those of the place and form that hold on the days; without any, only the reason."""

    condition = Conditions(
        Condition.objects.none(), label=_("Under which agreement"), required=False, blank=True,
        empty_label=_("outside an agreement, for the reason below"), widget=forms.RadioSelect,
    )  # fmt: skip
    host_reason = forms.CharField(label=_("Why outside an agreement"), max_length=300, required=False)

    def __init__(self, *args, activity: Activity, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        held = Condition.objects.valid_during(activity.starts, activity.ends)
        there = held.filter(partner=activity.partner_id, kind=activity.form, direction=activity.direction)
        self.fields["condition"].queryset = there.select_related("agreement")
        if not there.exists():
            del self.fields["condition"]
            self.fields["host_reason"].required = True
        self.initial = {"condition": activity.condition_id, "host_reason": activity.host_reason}

    def clean(self) -> dict[str, Any]:
        entered = super().clean()
        if "condition" in self.fields and not entered.get("condition") and not entered.get("host_reason"):
            self.add_error("host_reason", _("Choose a condition, or say why it takes place outside an agreement."))
        return {"condition": None} | entered


class OrderForm(Form):
    number = forms.CharField(
        label=_("Number of the order"), max_length=60, widget=forms.TextInput({"class": "width-20"})
    )
    day = day_field(label=_("Date of the order"))
    language = language_field()


class ScanForm(Form):
    file = EvidenceField(label=_("Signed order"), help_text=_("PDF, JPEG or PNG, at most 10 MB."))


class ChangeForm(Form):
    starts = day_field(label=_("New first day"))
    ends = day_field(label=_("New last day"))
    reason = text_field(label=_("Reason for the change"))


class Kept(forms.ModelMultipleChoiceField):
    def label_from_instance(self, kept: ReportFile) -> str:
        return kept.file.name


class ReportForm(Form):
    """Results, what may be implemented, outputs one a line, files; hours where one went to teach."""

    button = _("Send the report")
    results = text_field(label=_("Results"))
    proposals = text_field(label=_("Proposals to implement"), required=False)
    hours_taught = forms.IntegerField(
        label=_("Hours taught"), required=False, min_value=1, max_value=2000,
        widget=forms.NumberInput(attrs={"class": "width-4"}),
    )  # fmt: skip
    publication = lines_field(label=_("Publications"), help_text=_("One a line, here and below."))
    talk = lines_field(label=_("Talks"))
    certificate = lines_field(label=_("Certificates"))
    topic = lines_field(label=_("New joint topics"))
    agreement = lines_field(label=_("New agreements"))
    removed = Kept(
        ReportFile.objects.none(), label=_("Take out of the report"), required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("What is not ticked stays."),
    )  # fmt: skip
    files = EvidenceFilesField(
        label=_("Files"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB each; ten at most.")
    )

    def __init__(self, *args, activity: Activity, report: Report | None, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if activity.form != Kind.LECTURING:
            del self.fields["hours_taught"]
        if report and report.files.exists():
            self.fields["removed"].queryset = report.files.select_related("file")
        else:
            del self.fields["removed"]
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
        return {"hours_taught": None, "removed": []} | entered | {"outputs": kinds}


def lines_of(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]
