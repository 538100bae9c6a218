import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mobility.files.fields import EvidenceField
from mobility.people.models import User
from mobility.students.consents import Need
from mobility.students.models import ConsentText
from mobility.web.forms import Form

TELEPHONE = RegexValidator(re.compile(r"^\+?[0-9 ()\-]{5,30}$"), _("Enter digits, such as +375 29 123 45 67."), "phone")


class DetailsForm(Form):
    button = _("Save the details")

    phone = forms.CharField(
        label=_("Telephone"),
        max_length=40,
        validators=[TELEPHONE],
        help_text=_("The dean's office calls it when something in your documents is unclear."),
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel", "class": "width-20"}),
    )


class PaperForm(Form):
    button = _("Attach the file")

    file = EvidenceField(
        label=_("File"), help_text=_("One PDF, JPEG or PNG of at most 10 MB. It takes the place of the one before.")
    )


class ChoiceForm(Form):
    """One press on the page of choices: what to do with which destination, and the list that the page showed."""

    act = forms.ChoiceField(choices=[(act, act) for act in ("add", "remove", "up", "down")])
    destination = forms.SlugField()
    seen = forms.CharField(required=False)

    def clean_seen(self) -> list[str]:
        return self.cleaned_data["seen"].split()


class ConsentsForm(Form):
    """One box for each consent that the application needs."""

    button = _("Save the consents")

    def __init__(self, *args: Any, needs: list[Need], given: set[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.needs = needs
        for need in needs:
            is_given = (need.text.pk, need.country) in given
            self.fields[need.key] = forms.BooleanField(
                label=_label(need), help_text=need.text.text, required=False, initial=is_given
            )

    @property
    def given(self) -> set[tuple[int, str]]:
        return {(need.text.pk, need.country) for need in self.needs if self.cleaned_data[need.key]}


def _label(need: Need) -> Any:
    if need.text.purpose == ConsentText.Purpose.TRANSFER:
        return _("I agree to my data being sent to: %(country)s") % {"country": need.country_name}
    return _("I agree to the processing of my data")


class EnterForm(Form):
    button = _("Begin the application")

    call = forms.ModelChoiceField(queryset=None, label=_("Call"))
    student = forms.CharField(
        label=_("Student"),
        max_length=150,
        help_text=_("Record-book number, or family name and first name."),
        widget=forms.TextInput(attrs={"class": "width-40", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, calls: QuerySet, students: QuerySet, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["call"].queryset = calls
        self.students = students

    def clean_student(self) -> User:
        """One person; where several bear the name, the record-book number tells them apart."""
        text = self.cleaned_data["student"]
        found = list(self.students.filter(record_book=text.strip().upper())) or list(self.students.search(text)[:6])
        if len(found) == 1:
            return found[0]
        if not found:
            raise ValidationError(_("No student of your faculty is called so."), code="unknown")
        names = ", ".join(f"{person} ({person.record_book})" for person in found[:5])
        raise ValidationError(
            _("Several are called so: %(names)s. Enter the record-book number."),
            code="several",
            params={"names": names},
        )
