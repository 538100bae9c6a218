from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.calls.actions.calls import DATES
from mobility.calls.models import Call, RulesTemplate
from mobility.web.forms import Form, ModelForm
from mobility.web.inputs import moment_field

LANGUAGES = ("en", "ru", "be")
TITLES = [f"title_{language}" for language in LANGUAGES]


class CallForm(ModelForm):
    opens_at = moment_field(_("Applications from"))
    deadline = moment_field(_("Applications until"))
    verified_by = moment_field(_("Achievements checked by"))
    points_from = moment_field(_("Students check their points from"))
    points_until = moment_field(
        _("Students check their points until"), help_text=_("At least three working days after the day before.")
    )
    protocols_by = moment_field(_("Faculties’ protocols by"))
    results_at = moment_field(_("Results"))
    answers_by = moment_field(_("Confirmation until"), help_text=_("Silence until then gives the place up."))

    class Meta:
        model = Call
        fields = ["code", "kind", "academic_year", *DATES, "release", "precedence"]
        widgets = {"release": forms.RadioSelect, "precedence": forms.RadioSelect}


class NewCallForm(CallForm):
    template = forms.ModelChoiceField(
        RulesTemplate.objects.all(), label=_("Start the rules from"), required=False, empty_label=_("No template")
    )
    field_order = [*TITLES, "code", "kind", "academic_year", "template"]

    class Meta(CallForm.Meta):
        fields = [*TITLES, *CallForm.Meta.fields]


class LaterDatesForm(CallForm):
    """Of an opened call: what comes after the deadline."""

    class Meta(CallForm.Meta):
        fields = list(DATES[2:])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in DATES[:2]:
            del self.fields[name]


class TextsForm(ModelForm):
    class Meta:
        model = Call
        fields = [f"{text}_{language}" for text in ("title", "costs", "replaces") for language in LANGUAGES]
        widgets = {
            f"{text}_{language}": forms.Textarea(attrs={"rows": 3, "lang": language})
            for text in ("costs", "replaces")
            for language in LANGUAGES
        }


class CopyForm(Form):
    new_code = forms.SlugField(
        label=_("Code of the new call"), max_length=20, help_text=_("Its applications’ numbers begin with it: PT28.")
    )


class ExtendForm(Form):
    """`seen` is the deadline that the page showed."""

    until = moment_field(_("New deadline"))
    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Everyone concerned reads it."))
    seen = forms.DateTimeField(widget=forms.HiddenInput)
