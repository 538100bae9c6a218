import hashlib

from django import forms
from django.utils.translation import gettext_lazy as _

from mobility.people.models import Faculty
from mobility.people.models.marks import Term
from mobility.web.forms import Form
from mobility.web.spreadsheets import read

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


def sessions(year: int) -> list[tuple[str, str]]:
    """The latest first: “2026 1-winter”."""
    return [
        (f"{begins} {term}", f"{begins}/{begins + 1}, {label}")
        for begins in range(year, year - YEARS_BACK, -1)
        for term, label in reversed(Term.choices)
    ]
