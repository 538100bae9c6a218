import hashlib
from collections.abc import Sequence

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobility.people.models import Faculty
from mobility.people.models.marks import Term
from mobility.people.rosters import Question
from mobility.web.forms import Form
from mobility.web.inputs import day_field
from mobility.web.spreadsheets import read

from .students import REASON

YEARS_BACK = 7


class RosterForm(Form):
    """One file, and what its rows need not repeat; `sheet` is what was read of it."""

    button = _("Show what would change")

    faculty = forms.ModelChoiceField(label=_("Faculty"), queryset=None, help_text=_("Of rows that name none."))
    session = forms.ChoiceField(label=_("Session"), required=False, help_text=_("Of rows that name none."))
    file = forms.FileField(
        label=_("Roster"),
        help_text=_("XLSX or CSV, at most 5 MB and 10,000 rows."),
        widget=forms.FileInput(attrs={"accept": ".xlsx,.csv"}),
        error_messages={"required": _("Choose the file"), "empty": _("The file is empty.")},
    )

    def __init__(self, *args, kind: str, faculties, year: int, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.only_faculty: Faculty | None = None
        self.fields["faculty"].queryset = faculties
        if kind == "marks":
            del self.fields["faculty"]
            self.fields["session"].choices = [("", _("As the file says")), *sessions(year)]
            return
        del self.fields["session"]
        self.fields["faculty"].required = False
        self.only_faculty = faculties[0] if len(faculties) == 1 else None
        if self.only_faculty:
            self.fields["faculty"].empty_label = None
        else:
            self.fields["faculty"].empty_label = _("As the file says")

    def clean_file(self):
        file = self.cleaned_data["file"]
        self.sha256 = hashlib.file_digest(file, "sha256").hexdigest()
        file.seek(0)
        self.sheet = read(file).rows()
        return file

    @property
    def default_faculty(self) -> Faculty | None:
        return self.cleaned_data.get("faculty") or self.only_faculty


class VanishedForm(Form):
    """One decision for those ticked; `questions` are those whom a roster left out and nobody has decided yet."""

    button = _("Go on")

    DECISIONS = (
        ("expelled", _("expelled")),
        ("transferred", _("transferred elsewhere")),
        ("graduated", _("graduated")),
        ("on-leave", _("on academic leave, until it is ended")),
        ("left", _("study on: leave them as they are")),
    )

    people = forms.TypedMultipleChoiceField(
        label=_("Students"),
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": _("Tick at least one student"),
            "invalid_choice": _("Some of these students have been decided meanwhile. Look at the list again."),
        },
    )
    decision = forms.ChoiceField(label=_("Decision"), choices=DECISIONS, widget=forms.RadioSelect)
    since = day_field(label=_("Since"), help_text=_("Counts for no one who is left as they are."))
    reason = REASON

    def __init__(self, *args, questions: Sequence[Question], all_ticked: bool = False, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["people"].choices = [(question.person, question.label) for question in questions]
        self.fields["since"].initial = timezone.localdate()
        if all_ticked:
            self.fields["people"].initial = [question.person for question in questions]

    @property
    def names(self) -> list[str]:
        """Of those ticked."""
        ticked = set(self.cleaned_data["people"])
        return [label for person, label in self.fields["people"].choices if person in ticked]

    @property
    def told_decision(self) -> str:
        return dict(self.DECISIONS)[self.cleaned_data["decision"]]


def sessions(year: int) -> list[tuple[str, str]]:
    """The latest first: “2026 1-winter”."""
    return [
        (f"{begins} {term}", f"{begins}/{begins + 1}, {label}")
        for begins in range(year, year - YEARS_BACK, -1)
        for term, label in reversed(Term.choices)
    ]
