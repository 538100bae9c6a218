from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mobility.web.forms import Form
from partners.models import Institution

MOST_OFFERED = 20


class PartnerChoice(forms.ModelChoiceField):
    widget = forms.RadioSelect

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.short_name} · {obj.city_name}, {obj.country.name}"


class FindsPartner(Form):
    """Words of a partner's name find it among twenty thousand; where they fit several, these are offered.

    The form that uses it names the field that keeps the partner.
    """

    find = forms.CharField(
        label=_("Partner"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("A part of its name in any language, its city or its code. If several fit, you choose next."),
    )
    partner_field = "partner"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields[self.partner_field]
        field.required = False
        partners = Institution.objects.partners().active()
        self.typed, chosen = (str(self.data.get(name) or "").strip() for name in ("find", self.partner_field))
        if self.typed:
            found = partners.search(self.typed).order_by(f"sort_name_{get_language()}", "pk")
        else:
            found = partners.filter(pk=chosen if chosen.isdecimal() else None)
        self.offered = list(found.values_list("pk", flat=True)[: MOST_OFFERED + 1])
        field.queryset = Institution.objects.filter(pk__in=self.offered[:MOST_OFFERED]).order_by("pk")
        if not self.offered:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get(self.partner_field):
            self._settle(cleaned)
        cleaned.pop("find", None)
        return cleaned

    def _settle(self, cleaned: dict[str, Any]) -> None:
        self.errors.pop(self.partner_field, None)  # chosen before other words were typed
        if len(self.offered) == 1:
            cleaned[self.partner_field] = Institution.objects.get(pk=self.offered[0])
        elif len(self.offered) > MOST_OFFERED:
            self.add_error("find", forms.ValidationError(TOO_MANY, code="too-many"))
        elif self.offered:
            self.add_error(self.partner_field, forms.ValidationError(SEVERAL, code="several"))
        elif self.typed:
            self.add_error("find", forms.ValidationError(NONE, code="none"))
        else:
            self.add_error("find", forms.ValidationError(EMPTY, code="empty"))


EMPTY = _("Write a part of the partner's name.")
NONE = _("No partner has these words in its names, its city or its code. Try fewer of them.")
SEVERAL = _("Several partners fit: choose the one you mean.")
TOO_MANY = _("More than twenty partners fit. Choose one of these, or write more of the name.")
