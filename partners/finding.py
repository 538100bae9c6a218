"""Form fields that find a partner by words: nobody scrolls through twenty thousand institutions."""

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
        widget=forms.TextInput(attrs={"type": "search", "autocomplete": "off"}),
        help_text=_("A part of its name in any language, its city or its code. If several fit, you choose next."),
        error_messages={"required": _("Write a part of the partner's name.")},
    )
    partner_field = "partner"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        typed, chosen = (self._given(name) for name in ("find", self.partner_field))
        self.fields["find"].required = bool(typed) or not chosen.isdecimal()
        partners = Institution.objects.partners().active().order_by(f"sort_name_{get_language()}", "pk")
        found = partners.search(typed) if typed else partners.filter(pk=chosen if chosen.isdecimal() else None)
        self.offered = list(found.values_list("pk", flat=True)[: MOST_OFFERED + 1])
        self._offer(self.fields[self.partner_field])

    def _given(self, name: str) -> str:
        """What was sent; on a page that was not sent yet, what is entered already."""
        given = self.data.get(name) if self.is_bound else self.initial.get(name)
        return str(given or "").strip()

    def _offer(self, field: Any) -> None:
        offered = Institution.objects.filter(pk__in=self.offered[:MOST_OFFERED])
        field.queryset = offered.order_by(f"sort_name_{get_language()}", "pk")
        field.required = len(self.offered) > 1
        words = TOO_MANY if len(self.offered) > MOST_OFFERED else SEVERAL
        field.error_messages |= {"required": words, "invalid_choice": words}
        if not self.offered:
            field.widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        typed = cleaned.pop("find", None)
        if len(self.offered) == 1:
            self.errors.pop(self.partner_field, None)  # chosen before other words were typed
            cleaned[self.partner_field] = Institution.objects.get(pk=self.offered[0])
        elif typed and not self.offered:
            self.errors.pop(self.partner_field, None)
            self.add_error("find", forms.ValidationError(NONE, code="none"))
        return cleaned


class FindsPartnerOrNone(FindsPartner):
    """Of what may also take place at an institution that is no partner of ours, and is named in words."""

    partner = PartnerChoice(
        Institution.objects.none(),
        label=_("Which partner"),
        required=False,
        blank=True,
        empty_label=_("Another institution, named below"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["find"].required = False
        self.fields["find"].help_text = _(
            "A part of its name in any language, its city or its code. Empty: another institution, named below."
        )
        if self._given("find"):
            self.fields["partner"].empty_label = None  # only those that fit


NONE = _("No partner has these words in its names, its city or its code. Try fewer of them.")
SEVERAL = _("Several partners fit: choose the one you mean.")
TOO_MANY = _("More than twenty partners fit. Choose one of these, or write more of the name.")
