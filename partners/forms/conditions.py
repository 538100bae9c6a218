from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.people.academic_years import AcademicYear
from mobility.web.forms import Form, ModelForm
from mobility.web.inputs import day_field
from partners.models import Agreement, Condition, Direction, Institution

from .agreements import letter_field

TERMS = [
    "kind",
    "seats",
    "weeks",
    "specialty",
    "first_course_year",
    "last_course_year",
    "level",
    "field",
    "language",
    "language_level",
    "starts",
    "ends",
]


class TermsForm(ModelForm):
    """What one line says. Its agreement is known before the form is checked, so that the form checks against it."""

    starts = day_field(label=_("Valid from"))
    ends = day_field(
        label=_("Valid until"), required=False, help_text=_("The last day; empty: as long as the agreement holds.")
    )

    class Meta:
        model = Condition
        fields = TERMS

    @property
    def terms(self) -> dict:
        return {field: self.cleaned_data[field] for field in TERMS if field in self.cleaned_data}


class WithPartner(TermsForm):
    partner = forms.ModelChoiceField(Institution.objects.none(), label=_("Partner"))

    def __init__(self, *args, agreement: Agreement, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        partners = Institution.objects.filter(parties__agreement=agreement)
        self.fields["partner"].queryset = partners
        self.fields["partner"].initial = partners.first()
        self.fields["starts"].initial = agreement.starts
        self.instance.agreement = agreement


class ConditionForm(WithPartner):
    direction = forms.ChoiceField(label=_("Direction"), choices=Direction.choices, widget=forms.RadioSelect)
    field_order = ["partner", "direction", *TERMS]

    class Meta(TermsForm.Meta):
        fields = ["partner", "direction", *TERMS]


class ExchangeForm(WithPartner):
    seats_out = forms.IntegerField(label=_("Seats a year, outgoing"), min_value=0, max_value=999)
    seats_in = forms.IntegerField(label=_("Seats a year, incoming"), min_value=0, max_value=999)
    field_order = ["partner", "kind", "seats_out", "seats_in", *TERMS[2:]]

    class Meta(TermsForm.Meta):
        fields = ["partner", *(field for field in TERMS if field != "seats")]


class ConfirmForm(Form):
    """`seen` is the entry that counted when the page was shown."""

    year = forms.CharField(widget=forms.HiddenInput)
    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    seats = forms.IntegerField(label=_("Seats that the partner confirms"), min_value=0, max_value=999)
    letter_number = forms.CharField(label=_("Number of the letter"), max_length=60, required=False)
    letter_date = day_field(label=_("Date of the letter"))
    file = letter_field()
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def clean_year(self) -> AcademicYear:
        try:
            return AcademicYear.read(self.cleaned_data["year"])
        except ValueError as wrong:
            raise forms.ValidationError(_("An academic year is written 2026/2027."), code="no-year") from wrong
