"""Parts of a call's rules as forms. Points and marks are typed in whole units and kept in hundredths."""

import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.calls import rubric
from mobility.calls.models import RulesTemplate
from mobility.people.models.students import Funding
from mobility.web.forms import Form
from mobility.web.templatetags.ui import points
from selection.engine.ranking import TIE_BREAKERS
from selection.engine.scoring import ACADEMIC, LANGUAGE

LIMIT = re.compile(r"(?P<name>[a-z][a-z0-9-]*)\s*=\s*(?P<most>\d{1,4}([.,]\d{1,2})?)")
LANGUAGES = (("en", _("in English")), ("ru", _("in Russian")), ("be", _("in Belarusian")))


def hundredths(value: Decimal) -> int:
    return int(value * 100)


def units(value: int) -> Decimal:
    return Decimal(value) / 100


class RulesForm(Form):
    """`seen` is the version that the page showed; an opened call asks for the reason of the change."""

    reason = forms.CharField(label=_("Reason"), max_length=300, help_text=_("Everyone concerned reads it."))
    seen = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, is_draft: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if is_draft:
            del self.fields["reason"]
        else:
            self.order_fields([*(name for name in self.fields if name != "reason"), "reason"])

    def texts(self, name: str) -> dict[str, str]:
        return {language: self.cleaned_data[f"{name}_{language}"] for language, _label in LANGUAGES}

    def add_texts(self, name: str, label: Any, *, required: bool = True) -> None:
        for language, words in LANGUAGES:
            self.fields[f"{name}_{language}"] = forms.CharField(
                label=f"{label} {words}", max_length=300, required=required,
                widget=forms.TextInput(attrs={"lang": language}),
            )  # fmt: skip


class EligibilityForm(RulesForm):
    first = forms.IntegerField(label=_("From course year"), min_value=1, max_value=8)
    last = forms.IntegerField(label=_("To course year"), min_value=1, max_value=8)
    mark_floor = forms.DecimalField(label=_("Least mean mark"), min_value=0, max_value=10, decimal_places=2)
    no_leave = forms.BooleanField(label=_("Not during leave"), required=False)
    specialties = forms.CharField(
        label=_("Specialties"), required=False, help_text=_("Separated by commas; empty: any.")
    )
    citizenships = forms.CharField(
        label=_("Citizenships"),
        required=False,
        help_text=_("Two letters each, such as BY, separated by commas; empty: any."),
    )
    fundings = forms.MultipleChoiceField(
        label=_("Who pays for the studies"), choices=Funding.choices, required=False,
        widget=forms.CheckboxSelectMultiple, help_text=_("Nothing ticked: any."),
    )  # fmt: skip
    factor = forms.IntegerField(label=_("Points for each unit of the mean mark"), min_value=1, max_value=100)
    origin = forms.DecimalField(label=_("Mean mark that gives no points"), min_value=0, max_value=10, decimal_places=2)

    @staticmethod
    def initial_of(content: Mapping[str, Any]) -> dict[str, Any]:
        eligibility, academic = content["eligibility"], content["academic"]
        return {
            "first": eligibility["courses"][0],
            "last": eligibility["courses"][1],
            "mark_floor": units(eligibility["mark_floor"]),
            "no_leave": eligibility["no_leave"],
            "specialties": ", ".join(eligibility["specialties"]),
            "citizenships": ", ".join(eligibility["citizenships"]),
            "fundings": eligibility["fundings"],
            "factor": academic["factor"],
            "origin": units(academic["origin"]),
        }

    @property
    def facts(self) -> dict[str, Any]:
        entered = self.cleaned_data
        return {
            "courses": [entered["first"], entered["last"]],
            "mark_floor": hundredths(entered["mark_floor"]),
            "no_leave": entered["no_leave"],
            "specialties": _listed(entered["specialties"]),
            "citizenships": [code.upper() for code in _listed(entered["citizenships"])],
            "fundings": entered["fundings"],
        }

    @property
    def academic(self) -> dict[str, int]:
        return {"factor": self.cleaned_data["factor"], "origin": hundredths(self.cleaned_data["origin"])}


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


class CriterionForm(RulesForm):
    cap = forms.DecimalField(label=_("Points at most"), min_value=Decimal("0.01"), max_value=1000, decimal_places=2)
    window = forms.IntegerField(
        label=_("How far back, in months"), min_value=1, max_value=240, required=False, help_text=_("Empty: any time.")
    )
    groups = forms.CharField(
        label=_("Limits within the criterion"),
        required=False,
        help_text=_("A short name and the most points of all achievements under it: talks = 5; abstracts = 3."),
    )

    def __init__(self, *args: Any, has_catalogue: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.add_texts("title", _("Name"))
        self.order_fields([*(f"title_{language}" for language, _label in LANGUAGES), "cap", "window", "groups"])
        if not has_catalogue:
            del self.fields["window"], self.fields["groups"]

    @staticmethod
    def initial_of(row: Mapping[str, Any]) -> dict[str, Any]:
        titles = {f"title_{language}": text for language, text in row.get("title", {}).items()}
        groups = "; ".join(f"{name} = {units(cap):f}" for name, cap in row.get("groups", {}).items())
        return titles | {"cap": units(row["cap"]), "window": row.get("window"), "groups": groups}

    def clean_groups(self) -> dict[str, int]:
        parts = [part.strip() for part in self.cleaned_data["groups"].split(";") if part.strip()]
        found = [LIMIT.fullmatch(part) for part in parts]
        if not all(found):
            raise forms.ValidationError(
                _("Write it as talks = 5; abstracts = 3: small Latin letters, then the points."), code="groups"
            )
        groups = {limit["name"]: hundredths(Decimal(limit["most"].replace(",", "."))) for limit in found if limit}
        if len(groups) < len(parts):
            raise forms.ValidationError(_("One limit stands here twice."), code="twice")
        return groups

    @property
    def facts(self) -> dict[str, Any]:
        entered = self.cleaned_data
        own = {name: entered[name] for name in ("window", "groups") if name in entered}
        return {"title": self.texts("title"), "cap": hundredths(entered["cap"]), **own}


class EntryForm(RulesForm):
    criterion = forms.ChoiceField(label=_("Counts for"))
    points = forms.DecimalField(label=_("Points"), min_value=0, max_value=1000, decimal_places=2)
    each = forms.BooleanField(label=_("For each year"), required=False)
    steps = forms.CharField(
        label=_("Points by amount"), required=False, help_text=_("Instead of points: 50 = 2; 100 = 3. Empty: none.")
    )
    group = forms.ChoiceField(
        label=_("Limited together with others"), required=False, help_text=_("Limits are named in the criterion.")
    )

    def __init__(self, *args: Any, content: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        titles = rubric.titles_of(content["criteria"])
        self.fields["criterion"].choices = [
            (code, title) for code, title in titles.items() if code not in {ACADEMIC, LANGUAGE}
        ]
        self.limits = {
            name: row["code"] for row in content["criteria"] for name in row.get("groups", {}) if row["code"] in titles
        }
        self.fields["group"].choices = [("", _("not limited")), *limits_of(content["criteria"], titles)]
        self.add_texts("title", _("Name"))
        self.add_texts("proof", _("What proves it"), required=False)
        names = [f"{name}_{language}" for name in ("title", "proof") for language, _label in LANGUAGES]
        self.order_fields(["code", *names])

    @staticmethod
    def initial_of(row: Mapping[str, Any]) -> dict[str, Any]:
        texts = {
            f"{name}_{language}": text for name in ("title", "proof") for language, text in row.get(name, {}).items()
        }
        steps = "; ".join(f"{least} = {units(worth):f}" for least, worth in row.get("steps", []))
        points = units(row.get("points", 0))
        own = {name: row.get(name) for name in ("criterion", "each", "group")}
        return texts | own | {"points": points, "steps": steps}

    def clean_steps(self) -> list[list[int]]:
        try:
            pairs = [part.split("=") for part in self.cleaned_data["steps"].split(";") if part.strip()]
            return [[int(least), hundredths(Decimal(worth.strip()))] for least, worth in pairs]
        except (ValueError, ArithmeticError) as wrong:
            raise forms.ValidationError(_("Write it as 50 = 2; 100 = 3."), code="steps") from wrong

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        group = cleaned.get("group")
        if group and self.limits[group] != cleaned.get("criterion"):
            self.add_error(
                "group", forms.ValidationError(_("This limit belongs to another criterion."), code="other-criterion")
            )
        return cleaned

    @property
    def facts(self) -> dict[str, Any]:
        entered = self.cleaned_data
        return {
            "criterion": entered["criterion"],
            "points": hundredths(entered["points"]),
            "each": entered["each"],
            "steps": entered["steps"],
            "group": entered["group"],
            "title": self.texts("title"),
            "proof": self.texts("proof"),
        }


def limits_of(criteria: list[Mapping[str, Any]], titles: Mapping[str, str]) -> list[tuple[str, str]]:
    told = _("%(criterion)s: %(name)s, at most %(most)s")
    return [
        (name, told % {"criterion": titles[row["code"]], "name": name, "most": points(most / 100)})
        for row in criteria
        for name, most in row.get("groups", {}).items()
    ]


class NewEntryForm(EntryForm):
    code = forms.SlugField(label=_("Code"), max_length=40, help_text=_("Short and lasting: files name it."))


class OrderForm(RulesForm):
    """What decides between equal points: first, second, and so on."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [("", _("nothing")), *((code, rubric.TIE_BREAKERS[code]) for code in TIE_BREAKERS)]
        for position in range(1, len(TIE_BREAKERS) + 1):
            self.fields[f"rule_{position}"] = forms.ChoiceField(
                label=_("Rule %(position)s") % {"position": position}, choices=choices, required=False
            )
        self.order_fields([f"rule_{position}" for position in range(1, len(TIE_BREAKERS) + 1)])

    @staticmethod
    def initial_of(content: Mapping[str, Any]) -> dict[str, Any]:
        return {f"rule_{position}": code for position, code in enumerate(content["tie_breakers"], start=1)}

    @property
    def order(self) -> list[str]:
        found = [self.cleaned_data[f"rule_{position}"] for position in range(1, len(TIE_BREAKERS) + 1)]
        return [code for code in found if code]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        chosen = [value for name, value in cleaned.items() if name.startswith("rule_") and value]
        if len(set(chosen)) < len(chosen):
            raise forms.ValidationError(_("One rule stands here twice."), code="twice")
        return cleaned


class TemplateForm(RulesForm):
    template = forms.ModelChoiceField(RulesTemplate.objects.all(), label=_("Template"))
