"""What Django's admin asks when an institution is entered."""

import re
from collections.abc import Mapping
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.models import BaseInlineFormSet
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

from mobility.web.forms import composed
from partners.models import Institution
from partners.models.identifiers import bare_ror

NAME_FIELD = re.compile(r"names-\d+-text")


def typed_names(data: Mapping[str, Any]) -> list[str]:
    """The names typed into the rows below the form."""
    return [text for field in data if NAME_FIELD.fullmatch(field) and (text := str(data[field]).strip())]


class RorField(forms.CharField):
    """Takes the whole address, which is longer than the id that is kept."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(bare_ror(value) if value else value)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:  # noqa: ARG002 -- Django's signature
        return {}


class SecureAddressField(forms.URLField):
    """An address typed without a scheme is https."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(assume_scheme="https", **kwargs)


class InstitutionForm(forms.ModelForm):
    """Before a new one is saved, those that look like it are shown, and one says that it is none of them."""

    is_another = forms.BooleanField(label=_("It is none of them: save it"), required=False, widget=forms.HiddenInput())

    class Meta:
        model = Institution
        fields = [
            "code",
            "is_key",
            "is_home",
            "website",
            "country",
            "city",
            "city_en",
            "city_ru",
            "city_be",
            "latitude",
            "longitude",
            "ror",
            "schac",
        ]
        field_classes = {"ror": RorField, "website": SecureAddressField}

    def __init__(self, data: Any = None, *args, **kwargs) -> None:
        super().__init__(composed(data), *args, **kwargs)

    def clean(self) -> dict[str, Any]:
        values = super().clean()
        if self.instance.pk is None and not values.get("is_another"):
            self._show_similar(values)
        return values

    def _show_similar(self, values: dict[str, Any]) -> None:
        found = Institution.objects.similar_to(names=typed_names(self.data), website=values.get("website") or "")
        if found:
            self.fields["is_another"].widget = forms.CheckboxInput()
            raise ValidationError(render_to_string("partners/_similar.html", {"institutions": found}), code="similar")


class TableFormSet(BaseInlineFormSet):
    """In a table a field has no label of its own; without one it is nameless to a screen reader."""

    def add_fields(self, form: forms.ModelForm, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            field.widget.attrs["aria-label"] = field.label


class NameFormSet(TableFormSet):
    def clean(self) -> None:
        super().clean()
        kept = [form.cleaned_data for form in self.forms if getattr(form, "cleaned_data", None)]
        own = [row for row in kept if row.get("is_primary") and not row.get("DELETE")]
        if not own and not any(form.errors for form in self.forms):
            raise ValidationError(
                _("Mark one full name as the institution's own: the one in its own language and script."),
                code="no-own-name",
            )
