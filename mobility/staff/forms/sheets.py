from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django_countries import countries

from mobility.people.models import Absence, User
from mobility.staff.models import Form
from partners.models import Institution, Name


class Known:
    """Who works here, which institutions are partners, and which days are taken; asked once for a whole file."""

    def __init__(self) -> None:
        self.people: dict[str, list[User]] = {}
        for person in User.objects.filter(staff__isnull=False).select_related("staff__department"):
            for name in filter(None, (person.email, str(person))):
                self.people.setdefault(folded(name), []).append(person)
        partners = {row.pk: row for row in Institution.objects.partners()}
        self.partners = {folded(row.code): row for row in partners.values()}
        for institution, text in Name.objects.filter(institution__in=partners).values_list("institution", "text"):
            self.partners.setdefault(folded(text), partners[institution])
        self.codes = {folded(str(label)): code for code, label in Form.choices} | {code: code for code in Form.values}
        self.absences: dict[int, list[tuple]] = {}
        for person, starts, ends in Absence.objects.values_list("person", "starts", "ends"):
            self.absences.setdefault(person, []).append((starts, ends))


def folded(text: str) -> str:
    return " ".join(text.casefold().replace("ё", "е").split())


class TripForm(forms.Form):
    """One row: a trip that is over."""

    person = forms.CharField(max_length=300)
    form = forms.CharField(max_length=60)
    subject = forms.CharField(max_length=300)
    institution = forms.CharField(max_length=300)
    country = forms.CharField(required=False)
    city = forms.CharField(max_length=100, required=False)
    starts = forms.DateField(input_formats=["%Y-%m-%d", "%d.%m.%Y"])
    ends = forms.DateField(input_formats=["%Y-%m-%d", "%d.%m.%Y"])
    result = forms.CharField(max_length=5000, required=False)

    def __init__(self, data: dict[str, str], *, known: Known, today: Any) -> None:
        super().__init__(data)
        self.known, self.today = known, today

    def clean_person(self) -> User:
        found = self.known.people.get(folded(self.cleaned_data["person"]), [])
        if not found:
            raise ValidationError(_("Nobody of the staff has this e-mail or full name."), code="person")
        if len(found) > 1:
            raise ValidationError(_("Several people have this name; give the e-mail."), code="person")
        return found[0]

    def clean_form(self) -> str:
        code = self.known.codes.get(folded(self.cleaned_data["form"]))
        if code is None:
            told = _("This is none of the six forms: %(forms)s.")
            raise ValidationError(told, code="form", params={"forms": ", ".join(str(label) for label in Form.labels)})
        return code

    def clean_institution(self) -> Any:
        """A partner by code or name, or the other institution's name."""
        given = self.cleaned_data["institution"]
        return self.known.partners.get(folded(given), given)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.errors:
            return values
        institution = values["institution"]
        if isinstance(institution, Institution):
            values["country"], values["city"] = institution.country.code, institution.city
        else:
            values["country"] = self._country(values["country"])
        if values["ends"] < values["starts"]:
            self.add_error("ends", _("The last day is before the first."))
        elif values["ends"] >= self.today:
            self.add_error("ends", _("Only trips that are over are imported; others begin with a memo."))
        else:
            self._refuse_taken_days(values)
        return values

    def _country(self, given: str) -> str:
        code = given.upper() if given.upper() in countries else countries.by_name(given) if given else ""
        if not code:
            self.add_error("country", _("Write the country's two letters: PL."))
        return code

    def _refuse_taken_days(self, values: dict[str, Any]) -> None:
        """Of earlier trips and of earlier rows; the same trip, from the same first day, is no other."""
        days = (values["starts"], values["ends"])
        taken = self.known.absences.setdefault(values["person"].pk, [])
        if any(first <= days[1] and days[0] <= last and first != days[0] for first, last in taken):
            self.add_error("starts", _("This person is away on some of these days already."))
        taken.append(days)
