from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mobility.calls.grid import Cell, Square
from mobility.calls.models import Quota
from mobility.files.fields import EvidenceField
from mobility.web.forms import Form, ModelForm
from mobility.web.inputs import day_field

MOST = 999


class GridForm(Form):
    """A field for each cell and what was seen in it, read straight from what was sent: a form field each is slow."""

    reason = forms.CharField(label=_("Why"), max_length=300, required=False)

    def __init__(self, data: Any = None, *, squares: Sequence[Square]) -> None:
        super().__init__(data)
        self.squares = squares
        self.typed: dict[Cell, str] = {}
        self.cells: dict[Cell, int] = {}
        self.seen: dict[Cell, int] = {}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for square in self.squares:
            cell = square.destination, square.faculty.pk
            typed = self.data.get(f"cell-{square.name}")
            if typed is None:
                continue
            self.typed[cell] = typed.strip() or "0"
            self.seen[cell] = _number(self.data.get(f"seen-{square.name}", "")) or 0
            seats = _number(self.typed[cell])
            if seats is None:
                told = _now("%(faculty)s: “%(typed)s” is no number of places.")
                words = {"faculty": square.faculty.short_name, "typed": self.typed[cell][:20]}
                self.add_error(None, forms.ValidationError(told % words, code="no-number"))
            else:
                self.cells[cell] = seats
        return cleaned


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and int(text) <= MOST else None


class SheetForm(Form):
    button = _("Put it into the grid")
    file = forms.FileField(
        label=_("Spreadsheet"),
        help_text=_("The grid as downloaded here, XLSX or CSV. Its numbers are shown first; nothing is saved yet."),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class ApproveForm(Form):
    """`sha256` is that of the quotas that were on the page."""

    number = forms.CharField(label=_("Number"), max_length=60, help_text=_("As it was registered."))
    signed_on = day_field(label=_("Date"))
    scan = EvidenceField(label=_("Signed scan"), required=False, help_text=_("PDF, JPEG or PNG, at most 10 MB."))
    sha256 = forms.CharField(widget=forms.HiddenInput)


class NarrowForm(ModelForm):
    button = _("Save the restriction")

    class Meta:
        model = Quota
        fields = ["specialty", "first_course_year", "last_course_year"]
