from datetime import date

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobility.people.models import Role, User
from mobility.web.forms import Form, ModelForm
from mobility.web.inputs import day_field


class RoleForm(ModelForm):
    button = _("Give the role")

    starts = day_field(label=_("First day"))
    ends = day_field(label=_("Last day"), required=False, help_text=_("Empty: until it is ended."))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, help_text=_("Such as the order's number.")
    )

    class Meta:
        model = Role
        fields = ["kind", "faculty", "department", "signs", "starts", "ends"]
        help_texts = {
            "faculty": _("For a dean's office only."),
            "department": _("For a head of department only."),
        }

    def __init__(self, *args, person: User, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.instance.person = person
        self.instance.granted_at = timezone.now()
        self.fields["starts"].initial = timezone.localdate()

    def _get_validation_exclusions(self) -> set[str]:
        """The person is no field, but the same role twice must be told here."""
        return super()._get_validation_exclusions() - {"person"}


class EndForm(Form):
    """For a role, a deputy's days, a student's leave."""

    button = _("Set the last day")

    last_day = day_field(label=_("Last day"))
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, help_text=_("It stands in the history.")
    )

    def __init__(self, *args, today: date, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = today


class DeputyForm(Form):
    button = _("Appoint the deputy")

    person = forms.CharField(
        label=_("Deputy"), max_length=254, help_text=_("The deputy's e-mail or record-book number.")
    )
    starts = day_field(label=_("First day"))
    ends = day_field(label=_("Last day"))

    def clean_person(self) -> User:
        """One answer for an unknown name and for a student's: an office sees the students of its own faculty only."""
        person = User.objects.of_staff().by_sign_in_name(self.cleaned_data["person"])
        if person is None:
            raise forms.ValidationError(_("No member of staff signs in with this name."), code="unknown")
        return person
