from collections import Counter
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator, slug_re
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_countries import countries

from partners.models import Institution
from partners.models.identifiers import bare_ror, validate_language, validate_ror, validate_schac

YES = {"1", "yes", "true", "да", "так", "+", "x"}
NO = {"", "0", "no", "false", "нет", "не", "-"}
CODE = RegexValidator(slug_re, gettext_lazy("A code has Latin letters, figures and hyphens, and no spaces: nagasaki."))
NEEDED = ("own_name", "own_language", "country", "city")


class Known:
    """Which institutions are there, by each of their ids; asked once for a whole file."""

    def __init__(self) -> None:
        ids = list(Institution.objects.values_list("code", "ror", "schac"))
        self.codes = {code for code, _ror, _schac in ids}
        self.by_ror = {ror: code for code, ror, _schac in ids if ror}
        self.by_schac = {schac: code for code, _ror, schac in ids if schac}
        self.seen: Counter[tuple[str, str]] = Counter()

    def code_of(self, values: dict[str, Any]) -> str:
        """Of the institution that a row speaks of: found by its ROR id, else by its code."""
        return self.by_ror.get(values.get("ror") or "") or values["code"]


class RowForm(forms.Form):
    """One row of a spreadsheet. Columns that a file does not have stay as they are."""

    code = forms.CharField(max_length=40, required=False, validators=[CODE])
    ror = forms.CharField(required=False)
    own_name = forms.CharField(max_length=300, required=False)
    own_language = forms.CharField(max_length=12, required=False, validators=[validate_language])
    name_en = forms.CharField(max_length=300, required=False)
    name_ru = forms.CharField(max_length=300, required=False)
    name_be = forms.CharField(max_length=300, required=False)
    short_name_en = forms.CharField(max_length=300, required=False)
    short_name_ru = forms.CharField(max_length=300, required=False)
    short_name_be = forms.CharField(max_length=300, required=False)
    country = forms.CharField(required=False)
    city = forms.CharField(max_length=100, required=False)
    city_en = forms.CharField(max_length=100, required=False)
    city_ru = forms.CharField(max_length=100, required=False)
    city_be = forms.CharField(max_length=100, required=False)
    latitude = forms.CharField(required=False)
    longitude = forms.CharField(required=False)
    website = forms.URLField(required=False, assume_scheme="https")
    schac = forms.CharField(max_length=100, required=False)
    is_key = forms.CharField(required=False)

    def __init__(self, data: dict[str, str], *, known: Known) -> None:
        super().__init__(data)
        self.known = known

    def again(self, data: dict[str, str]) -> "RowForm":
        """For the next row: to make its twenty fields anew is half of the time that a row takes."""
        self.data, self._errors = data, None
        return self

    def clean_ror(self) -> str:
        ror = bare_ror(self.cleaned_data["ror"])
        if ror:
            validate_ror(ror)
        return ror

    def clean_schac(self) -> str:
        schac = self.cleaned_data["schac"].lower()
        if schac:
            validate_schac(schac)
        return schac

    def clean_country(self) -> str:
        """A code of two letters, or the name in the reader's language or in English."""
        given = self.cleaned_data["country"]
        code = given.upper() if given.upper() in countries else countries.by_name(given) if given else ""
        if given and not code:
            raise ValidationError(_("There is no such country. Write its two letters: KZ."), code="country")
        return code

    def clean_latitude(self):
        return self._degrees("latitude", 90)

    def clean_longitude(self):
        return self._degrees("longitude", 180)

    def _degrees(self, name: str, most: int):
        given = self.cleaned_data[name].replace(",", ".")
        field = forms.DecimalField(
            required=False, decimal_places=5, validators=[MinValueValidator(-most), MaxValueValidator(most)]
        )
        return field.clean(given)

    def clean_is_key(self) -> bool:
        given = self.cleaned_data["is_key"].casefold()
        if given not in YES | NO:
            raise ValidationError(_("Write yes or no."), code="yes-or-no")
        return given in YES

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.errors:
            return values
        if not values["code"] and values["ror"] not in self.known.by_ror:
            raise ValidationError({"code": _("Give a code: no institution here has this ROR id.")})
        code = self.known.code_of(values)
        if values["code"] and values["code"] != code:
            text = _("This ROR id is of another institution, whose code is %(code)s.") % {"code": code}
            raise ValidationError({"ror": text})
        values["code"] = code
        self._clean_names(values)
        self._clean_presence(values, is_new=code not in self.known.codes)
        self._clean_ids(values)
        if (values["latitude"] is None) != (values["longitude"] is None):
            self.add_error("longitude", _("A place on the map has both a latitude and a longitude."))
        return values

    def _clean_names(self, values: dict[str, Any]) -> None:
        """The own name is a name in its language too."""
        field = f"name_{values['own_language']}"
        if field not in self.fields or not values["own_name"]:
            return
        if values[field] and values[field] != values["own_name"]:
            self.add_error(field, _("This is not the own name, though the language is the same."))
        values[field] = values["own_name"]

    def _clean_presence(self, values: dict[str, Any], *, is_new: bool) -> None:
        for name in NEEDED:
            if not values[name] and (is_new or name in self.data):
                self.add_error(name, _("This is needed."))

    def _clean_ids(self, values: dict[str, Any]) -> None:
        """No two institutions share an id, neither here nor in the file."""
        for name, there in (("ror", self.known.by_ror), ("schac", self.known.by_schac)):
            given = values.get(name)
            if not given:
                continue
            self.known.seen[name, given] += 1
            if there.get(given, values["code"]) != values["code"]:
                self.add_error(name, _("Another institution has this id: %(code)s.") % {"code": there[given]})
            elif self.known.seen[name, given] > 1:
                self.add_error(name, _("Another row of the file has this id."))
