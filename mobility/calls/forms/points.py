"""What adds to points, takes from them or weighs them: small tables of numbers as forms."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from mobility.calls import rubric
from mobility.calls.soundness import KNOWN_MODIFIERS
from mobility.web.forms import Form
from partners.models import LanguageLevel

from .rules import LANGUAGES, RulesForm, hundredths, units

WHOLE = 100
LEVELS = [level for level in LanguageLevel.values if level]


class ModifiersForm(RulesForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for code in KNOWN_MODIFIERS:
            self.fields[code] = forms.DecimalField(
                label=capfirst(rubric.MODIFIERS[code]), min_value=Decimal("0.01"), max_value=1000, decimal_places=2,
                required=False, help_text=_("Points taken away. Empty: none."),
            )  # fmt: skip
        self.order_fields(KNOWN_MODIFIERS)

    @staticmethod
    def initial_of(content: Mapping[str, Any]) -> dict[str, Any]:
        return {code: units(-worth) for code, worth in content["modifiers"].items()}

    @property
    def modifiers(self) -> dict[str, int]:
        entered = {code: self.cleaned_data[code] for code in KNOWN_MODIFIERS}
        return {code: -hundredths(value) for code, value in entered.items() if value is not None}


class LevelsForm(RulesForm):
    """Points of a level of a language; they count where a destination says so."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for level in LEVELS:
            self.fields[level] = forms.DecimalField(label=level, min_value=0, max_value=1000, decimal_places=2)
        self.order_fields(LEVELS)

    @staticmethod
    def initial_of(content: Mapping[str, Any]) -> dict[str, Any]:
        return {level: units(content["language_levels"].get(level, 0)) for level in LEVELS}

    @property
    def levels(self) -> dict[str, int]:
        return {level: hundredths(self.cleaned_data[level]) for level in LEVELS}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        worth = [cleaned[level] for level in LEVELS if level in cleaned]
        if worth != sorted(worth):
            raise forms.ValidationError(_("A higher level gives no fewer points than a lower one."), code="order")
        return cleaned


class DocumentsForm(RulesForm):
    """Papers that applicants hand in: one a line, the same lines in each language."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for language, words in LANGUAGES:
            self.fields[f"documents_{language}"] = forms.CharField(
                label=_("Documents %(language)s") % {"language": words}, required=False, max_length=3000,
                help_text=_("One a line. Empty: none."), widget=forms.Textarea(attrs={"rows": 4, "lang": language}),
            )  # fmt: skip
        self.order_fields([f"documents_{language}" for language, _words in LANGUAGES])

    @staticmethod
    def initial_of(content: Mapping[str, Any]) -> dict[str, Any]:
        rows = content.get("documents", [])
        return {
            f"documents_{language}": "\n".join(row["title"].get(language, "") for row in rows)
            for language, _words in LANGUAGES
        }

    def lines(self, language: str) -> list[str]:
        return [line.strip() for line in self.cleaned_data[f"documents_{language}"].splitlines() if line.strip()]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if len({len(self.lines(language)) for language, _words in LANGUAGES}) > 1:
            raise forms.ValidationError(_("Each language names as many documents, in the same order."), code="lines")
        return cleaned

    @property
    def documents(self) -> list[dict[str, str]]:
        """Their titles, by language."""
        by_language = {language: self.lines(language) for language, _words in LANGUAGES}
        return [dict(zip(by_language, titles, strict=True)) for titles in zip(*by_language.values(), strict=True)]


class WeightsForm(Form):
    """Of one destination: what part of a criterion's points counts there."""

    def __init__(self, *args: Any, content: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.titles = rubric.titles_of(content["criteria"])
        for code, title in self.titles.items():
            self.fields[code] = forms.IntegerField(
                label=_("%(criterion)s, percent") % {"criterion": title}, min_value=0, max_value=500,
                widget=forms.NumberInput(attrs={"class": "width-10"}),
            )  # fmt: skip

    @staticmethod
    def initial_of(weights: Mapping[str, int], content: Mapping[str, Any]) -> dict[str, int]:
        return {row["code"]: weights.get(row["code"], WHOLE) for row in content["criteria"]}

    @property
    def weights(self) -> dict[str, int]:
        return {code: self.cleaned_data[code] for code in self.titles if self.cleaned_data[code] != WHOLE}
