from typing import Any

from django import forms
from django.forms.models import fields_for_model, model_to_dict
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobility.people.models import Faculty, StudentLeave, StudentProfile, User
from mobility.people.models.students import StudentStatus
from mobility.web.forms import Form, ModelForm
from mobility.web.inputs import day_field

REASON = forms.CharField(
    label=_("Reason"), max_length=500, help_text=_("Such as the order's number and date. It stands in the history.")
)


class StatusForm(Form):
    button = _("Set the status")

    status = forms.ChoiceField(label=_("Status"), choices=StudentStatus.choices, widget=forms.RadioSelect)
    since = day_field(label=_("Since"))
    reason = REASON

    def __init__(self, *args, student: StudentProfile, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["status"].choices = [
            (value, label) for value, label in StudentStatus.choices if value != student.status
        ]
        self.fields["since"].initial = timezone.localdate()


class TransferForm(ModelForm):
    button = _("Transfer the student")

    reason = REASON

    class Meta:
        model = StudentProfile
        fields = ["faculty", "specialty", "course_year", "group"]

    def __init__(self, *args, **kwargs) -> None:
        """What is studied at the old faculty is not offered for the new one."""
        super().__init__(*args, **kwargs)
        self.fields["faculty"].queryset = Faculty.objects.exclude(pk=self.instance.faculty_id)
        self.initial |= {"faculty": (kwargs.get("initial") or {}).get("faculty"), "specialty": "", "group": ""}
        specialty = self.fields["specialty"]
        specialty.required = True
        specialty.label, specialty.help_text = _("Specialty at the new faculty"), _("As its rosters write it.")
        specialty.widget.attrs["list"] = "specialties"
        self.specialties = StudentProfile.objects.specialties_elsewhere(self.instance.faculty)


class CorrectionForm(Form):
    """Names and study of one student. What somebody signs in with comes from the roster or from themselves."""

    button = _("Save changes")

    PERSON = ("family_name", "given_name", "patronymic", "latin_family_name", "latin_given_name")
    STUDY = ("specialty", "course_year", "group", "citizenship", "study_language", "funding")

    def __init__(self, *args, student: StudentProfile, **kwargs) -> None:
        initial = model_to_dict(student.person, self.PERSON) | model_to_dict(student, self.STUDY)
        super().__init__(*args, initial=initial, **kwargs)
        self.fields |= fields_for_model(User, self.PERSON) | fields_for_model(StudentProfile, self.STUDY)

    def values_of(self, names: tuple[str, ...]) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in names}


class LeaveForm(ModelForm):
    button = _("Enter the leave")

    starts = day_field(label=_("First day"))
    ends = day_field(label=_("Last day"), required=False, help_text=_("Empty: until it is ended."))
    reason = REASON

    class Meta:
        model = StudentLeave
        fields = ["kind", "starts", "ends"]


class SanctionForm(Form):
    button = _("Enter the sanction")

    what = forms.CharField(label=_("Sanction"), max_length=200)
    starts = day_field(label=_("First day"))
    ends = day_field(label=_("Last day"), required=False, help_text=_("Empty: until it is ended."))
    reason = REASON
