from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.calls.models import Call, Destination
from mobility.people.academic_years import AcademicYear
from mobility.web.forms import ModelForm
from mobility.web.inputs import day_field
from mobility.web.templatetags.ui import day
from partners.models import Condition, Direction

from .rules import hundredths, units

LANGUAGES = ("en", "ru", "be")
ALWAYS = [
    "seats",
    "starts",
    "ends",
    *(f"costs_{language}" for language in LANGUAGES),
    *(f"discipline_{language}" for language in LANGUAGES),
]
RULES = [
    "mark_floor",
    "language",
    "language_level",
    "counts_language",
    "specialty",
    "first_course_year",
    "last_course_year",
]


class LateForm(ModelForm):
    """Of an opened call: what is no rule."""

    starts = day_field(_("First day of the stay"))
    ends = day_field(_("Last day of the stay"))

    class Meta:
        model = Destination
        fields = ALWAYS
        widgets = {f"costs_{language}": forms.Textarea(attrs={"rows": 3, "lang": language}) for language in LANGUAGES}

    @property
    def terms(self) -> dict[str, Any]:
        return {name: self.cleaned_data[name] for name in self._meta.fields if name in self.cleaned_data}


class DestinationForm(LateForm):
    mark_floor = forms.DecimalField(
        label=_("Least mean mark"),
        help_text=_("Empty: that of the rules."),
        required=False,
        min_value=0,
        max_value=10,
        decimal_places=2,
    )

    class Meta(LateForm.Meta):
        fields = [*ALWAYS, *RULES, "code"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.mark_floor is not None:
            self.initial["mark_floor"] = units(self.instance.mark_floor)

    def clean_mark_floor(self) -> int | None:
        entered = self.cleaned_data["mark_floor"]
        return None if entered is None else hundredths(entered)


class NewDestinationForm(DestinationForm):
    condition = forms.ModelChoiceField(Condition.objects.none(), label=_("Cooperation condition"))
    field_order = ["condition", "code", *ALWAYS]

    class Meta(DestinationForm.Meta):
        fields = ["condition", *DestinationForm.Meta.fields]

    def __init__(self, *args: Any, call: Call, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.call = call
        year = AcademicYear.read(call.academic_year)
        found = Condition.objects.of_year(year).filter(kind=call.kind, direction=Direction.OUTGOING)
        field = self.fields["condition"]
        field.queryset = found.select_related("partner", "agreement").with_seats_of(year).order_by("partner__code")
        field.label_from_instance = named

    @property
    def terms(self) -> dict[str, Any]:
        return {name: value for name, value in super().terms.items() if name != "condition"}


def named(condition: Any) -> str:
    """Partner, agreement, its last day where it has one, and how many places it gives this year."""
    told = _("%(partner)s, %(agreement)s: %(seats)s places")
    words = {"partner": condition.partner, "agreement": condition.agreement, "seats": condition.counted}
    last = condition.agreement.last_day
    return f"{told % words} (… {day(last)})" if last else str(told % words)
