from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_countries import countries

from mobility.files.fields import EvidenceField
from mobility.people.models import Department, RoleKind, User
from mobility.staff.models import AnnualPlan, PlanLine, PlanPlace
from mobility.web.forms import Form, ModelForm
from mobility.web.inputs import day_field
from partners.finding import FindsPartnerOrNone

LANGUAGES = [("ru", "Русский"), ("be", "Беларуская"), ("en", "English")]


class PlanForm(ModelForm):
    proposals_until = day_field(label=_("Departments propose until"), help_text=_("The last day."))

    class Meta:
        model = AnnualPlan
        fields = ["year", "proposals_until"]


class PostponeForm(Form):
    proposals_until = day_field(label=_("Departments propose until"), help_text=_("The last day."))


class PlaceForm(FindsPartnerOrNone, ModelForm):
    """Where the host is no partner, its country is asked for."""

    field_order = ("form", "programme", "find", "partner", "elsewhere", "country")
    starts, ends = day_field(label=_("First day")), day_field(label=_("Last day"))
    country = forms.ChoiceField(
        label=_("Country of the other institution"), required=False, help_text=_("A partner's country is known.")
    )

    class Meta:
        model = PlanPlace
        fields = [
            "form", "programme", "partner", "elsewhere", "country", "starts", "ends", "seats", "source", "funding",
        ]  # fmt: skip
        widgets = {"form": forms.RadioSelect}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["form"].choices = [choice for choice in self.fields["form"].choices if choice[0]]
        self.fields["country"].choices = [("", _("Choose a country")), *countries]

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if values.get("partner") and values.get("elsewhere"):
            self.add_error("elsewhere", _("Find a partner or name another institution, not both."))
        elif not values.get("partner") and not {"find", "partner"} & set(self.errors):
            if not values.get("elsewhere"):
                self.add_error("find", _("Find a partner, or name another institution below."))
            elif not values.get("country"):
                self.add_error("country", _("Say in which country it is."))
        return values

    def _get_validation_exclusions(self) -> set[str]:
        """The action knows the partner's country and asks the model itself; of the host this form asks better."""
        return {*super()._get_validation_exclusions(), "country", "elsewhere"}


class ProposeForm(Form):
    """The head's own people; the heads of two departments say for which."""

    department = forms.ModelChoiceField(Department.objects.none(), label=_("Department"))
    person = forms.ModelChoiceField(User.objects.none(), label=_("Candidate"))
    reason = forms.CharField(
        label=_("Reason"), max_length=500, help_text=_("What the department needs it for."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    def __init__(self, *args, head: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        headed = [role.department_id for role in head.roles if role.kind == RoleKind.HEAD_OF_DEPARTMENT]
        departments = Department.objects.filter(pk__in=headed)
        self.fields["department"].queryset = departments
        self.fields["person"].queryset = User.objects.filter(staff__department__in=departments, is_active=True)
        if len(headed) == 1:
            self.fields["department"].initial = headed[0]
            self.fields["department"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        person, department = values.get("person"), values.get("department")
        if person and department and person.staff.department_id != department.pk:
            self.add_error("person", _("This person works at another department."))
        return values


class Candidates(forms.ModelMultipleChoiceField):
    def label_from_instance(self, line: PlanLine) -> str:
        return f"{line.person} · {line.department} · {line.position}. {line.reason}"


class ChooseForm(Form):
    included = Candidates(
        PlanLine.objects.none(), label=_("Include"), required=False, widget=forms.CheckboxSelectMultiple
    )
    reason = forms.CharField(
        label=_("Why the others are left out"), max_length=300, required=False,
        help_text=_("They and their departments read it."),
    )  # fmt: skip

    def __init__(self, *args, place: PlanPlace, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["included"].queryset = place.lines.select_related("person", "department").in_order()


class PrepareForm(Form):
    language = forms.ChoiceField(label=_("Language of the paper"), choices=LANGUAGES, widget=forms.RadioSelect)


class SendBackForm(Form):
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, help_text=_("International Relations read it.")
    )


class RegisterForm(Form):
    number = forms.CharField(label=_("Registration number"), max_length=60, help_text=_("As on the signed paper."))
    dated = day_field(label=_("Date of the document"))


class ScanForm(Form):
    scan = EvidenceField(label=_("Signed scan"), help_text=_("PDF, JPEG or PNG, at most 10 MB."))


def first_of_november(year: int) -> date:
    """When departments have usually proposed for the coming year."""
    return date(year - 1, 11, 1)
