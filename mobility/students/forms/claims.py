from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.calls.models import RulesVersion
from mobility.calls.rubric import titles_of
from mobility.files.fields import MAX_FILES, EvidenceFilesField
from mobility.people.marks import on_paper
from mobility.students.models import LANGUAGE, Evidence
from mobility.students.sentences import language_name
from mobility.web.forms import Form
from mobility.web.inputs import day_field
from mobility.web.templatetags.ui import points

LANGUAGES = ("en", "de", "fr", "es", "it", "zh", "ja", "ru", "pl", "tr")


def seen_field() -> forms.CharField:
    """What stood there when the page was made: two windows lose nothing of one another."""
    return forms.CharField(required=False, widget=forms.HiddenInput)


def files_field(taken: int) -> EvidenceFilesField:
    return EvidenceFilesField(
        label=_("Documents that prove it"),
        required=False,
        max_files=max(MAX_FILES - taken, 0),
        help_text=_("PDF, JPEG or PNG, at most 10 MB each and 10 files. Several can be chosen at once."),
    )


class ClaimForm(Form):
    """One achievement of the call's catalogue."""

    button = _("Save the achievement")

    kind = forms.ChoiceField(label=_("What it was"))
    title = forms.CharField(
        label=_("Title"), max_length=300, help_text=_("Of the talk, article, contest or work, as the document says it.")
    )
    event = forms.CharField(
        label=_("Event"),
        max_length=200,
        required=False,
        help_text=_("The conference, contest or journal. Of several achievements of one event the best one counts."),
    )
    place = forms.CharField(label=_("Place"), max_length=200, required=False)
    day = day_field(_("Date"))
    amount = forms.IntegerField(
        label=_("How much"),
        min_value=1,
        max_value=10_000,
        initial=1,
        help_text=_("Years in office, or hours of volunteering. For everything else leave 1."),
        widget=forms.NumberInput(attrs={"class": "width-10"}),
    )
    note = forms.CharField(
        label=_("Note for the dean's office"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    seen = seen_field()

    def __init__(self, *args: Any, version: RulesVersion, taken: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = kinds_of(version)
        self.fields["files"] = files_field(taken)

    @property
    def entered(self) -> dict[str, Any]:
        fields = {name: self.cleaned_data[name] for name in self.cleaned_data if name not in NOT_SAID}
        return {"language": "", "level": "", "amount": 1, **fields}

    @property
    def uploads(self) -> list[Any]:
        return self.cleaned_data["files"]


class LanguageForm(Form):
    """A level of a language, with its certificate."""

    button = _("Save the language")

    language = forms.ChoiceField(label=_("Language"))
    level = forms.ChoiceField(label=_("Level"), widget=forms.RadioSelect)
    title = forms.CharField(
        label=_("Certificate"),
        max_length=300,
        help_text=_("Such as IELTS 7.0, or the university's language department."),
    )
    day = day_field(_("Date of the certificate"))
    seen = seen_field()

    def __init__(self, *args: Any, version: RulesVersion, taken: int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = sorted(
            ((tag, language_name(tag)) for tag in LANGUAGES), key=lambda row: row[1]
        )
        levels = version.content["language_levels"]
        self.fields["level"].choices = [(level, level) for level in levels]
        self.fields["files"] = files_field(taken)

    @property
    def entered(self) -> dict[str, Any]:
        fields = {name: self.cleaned_data[name] for name in self.cleaned_data if name not in NOT_SAID}
        return {"kind": LANGUAGE, "event": "", "place": "", "amount": 1, "note": "", **fields}

    @property
    def uploads(self) -> list[Any]:
        return self.cleaned_data["files"]


NOT_SAID = ("files", "seen")


class ReuseForm(Form):
    button = _("Attach the chosen file")

    evidence = forms.ModelChoiceField(Evidence.objects.none(), label=_("File"), widget=forms.RadioSelect)


def kinds_of(version: RulesVersion) -> list[tuple[str, list[tuple[str, str]]]]:
    """Grouped by criterion, each with its points."""
    criteria = titles_of(version.content["criteria"])
    titles = titles_of(version.content["catalogue"])
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in version.content["catalogue"]:
        label = f"{titles[row['code']]} · {worth(row)}"
        groups.setdefault(criteria[row["criterion"]], []).append((row["code"], label))
    return [("", [("", "–")]), *groups.items()]


def worth(row: dict[str, Any]) -> str:
    """3.00; 1.50 a year; 2.00 from 50, 3.00 from 100."""
    if row.get("steps"):
        return ", ".join(_said(_("%(points)s from %(amount)s"), gained, amount) for amount, gained in row["steps"])
    if row.get("each"):
        return _said(_("%(points)s a year"), row["points"])
    return _said(_("%(points)s points"), row["points"])


def _said(words: Any, value: int, amount: int = 0) -> str:
    return str(words) % {"points": points(on_paper(value)), "amount": amount}
