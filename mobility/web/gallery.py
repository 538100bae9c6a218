"""Every piece on one page, filled with an invented story: what to include, and what the browser tests look at."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from django import forms
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.web import charts, worldmap
from mobility.web.forms import Form
from mobility.web.lists import Paging, State
from mobility.web.spreadsheets import Preview, Problem, RowPreview
from mobility.web.tables import Column, headings

AT = datetime(2027, 4, 2, 8, 20, tzinfo=UTC)
DEADLINE = datetime(2027, 3, 31, 15, 0, tzinfo=UTC)

COLUMNS = (
    Column(_("Applicant"), "name", ("name",)),
    Column(_("Claims read")),
    Column(_("Mean mark"), "mark", ("mark",), css="number"),
    Column(_("Points"), "points", ("points",), note=_("max 82"), css="number deciding"),
)
ROWS = (
    {"name": "Kavalenka Vera", "second": _("Year 5"), "read": "2 / 4", "mark": "8.87", "points": "43.20"},
    {"name": "Kavalchuk Anton", "second": _("Year 4"), "read": "0 / 3", "mark": "8.14", "points": "41.40"},
)
CITIES = (
    worldmap.Place("Minsk", 53.9, 27.57, is_home=True),
    worldmap.Place("Moscow", 55.75, 37.62, 14),
    worldmap.Place("Saint Petersburg", 59.94, 30.31, 6),
    worldmap.Place("Kirov", 58.6, 49.66, 4),
    worldmap.Place("Samara", 53.2, 50.15, 5),
    worldmap.Place("Omsk", 54.99, 73.37, 4),
    worldmap.Place("Almaty", 43.24, 76.89, 4),
    worldmap.Place("Tashkent", 41.3, 69.24, 5),
    worldmap.Place("Ashgabat", 37.95, 58.38, 2),
    worldmap.Place("Luoyang", 34.62, 112.45, 3),
    worldmap.Place("Nagasaki", 32.75, 129.88, 1),
    worldmap.Place("Fukushima", 37.76, 140.47, 2),
)
PARTNERS = (("Sechenov", 8, 10), ("Yevdokimov", 6, 5), ("Mechnikov", 6, 8), ("Tashkent", 5, 3))


class ClaimForm(Form):
    """A form in which two things are wrong and the rest is kept as it was typed."""

    date = forms.DateField(
        label=_("Date of the event"),
        help_text=_("For example, 14.11.2026. Counts since 10 March 2025."),
        error_messages={"required": _("Enter the date of the event")},
        widget=forms.DateInput(attrs={"class": "width-20"}),
    )
    certificate = forms.FileField(
        label=_("Certificate"),
        help_text=_("PDF, JPEG or PNG, at most 10 MB."),
        error_messages={"required": _("Attach the certificate as PDF, JPEG or PNG")},
    )
    part = forms.ChoiceField(
        label=_("Your part in it"),
        choices=[("speaker", _("I gave the talk myself")), ("author", _("I am a co-author; someone else spoke"))],
        widget=forms.RadioSelect,
    )
    level = forms.ChoiceField(
        label=_("Level"),
        choices=[("", _("Choose a level")), ("national", _("National")), ("international", _("International"))],
    )
    note = forms.CharField(label=_("A note for the reader"), required=False, widget=forms.Textarea(attrs={"rows": 3}))
    true = forms.BooleanField(label=_("What I have entered is true"))

    button = _("Save and continue")
    cancel = "#forms"


class ListFilters(forms.Form):
    name = forms.CharField(label=_("Name"), required=False)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("Any")), ("checked", _("Being checked"))]
    )


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    return render(request, "web/gallery.html", pieces())


def pieces() -> dict[str, Any]:
    return {
        "breadcrumbs": [(_("Start"), "/")],
        "told": [Message(SUCCESS, _("Saved. The next applicant is Kavalenka Vera."), extra_tags="")],
        "good_import": Preview(rows=_import_rows()),
        "bad_import": Preview(problems=[Problem(7, _("places"), _("Enter a whole number."))]),
        "at": AT,
        "deadline": DEADLINE,
        "points": Decimal("45.9"),
        "claim_form": ClaimForm({"part": "speaker", "level": "national", "true": "on"}, {}),
        "filters": ListFilters({"name": "Kav", "state": "checked"}),
        "state": State(found=2, whole=75, chosen=["“Kav”", str(_("Being checked"))], clear="#lists"),
        "headings": headings(COLUMNS, sort="name", address=lambda **query: f"#lists-{query['sort']}"),
        "rows": ROWS,
        "paging": _paging(),
        "facts": [
            {"label": _("applicants ranked"), "value": 23},
            {"label": _("places filled"), "value": 9, "of": _("of 9")},
            {"label": _("points of the last one placed"), "value": "45.90"},
        ],
        "summary": [
            {"label": _("Mean mark"), "value": "8.87", "url": "#summary"},
            {"label": _("Year, group"), "value": "5, 2517", "url": "#summary"},
            {"label": _("Debts"), "value": _("none")},
        ],
        "tasks": _tasks(),
        "steps": _steps(),
        "entries": _entries(),
        "names": [row.name for row in CITIES[1:]],
        "map": worldmap.drawn(CITIES),
        "countries": ["RU", "KZ", "UZ", "TM", "CN", "JP"],
        "bars": charts.bars([charts.Pair(*partner) for partner in PARTNERS]),
        "strips": [
            (cutoff, charts.strip(you=51.2, cutoff=cutoff, low=40, high=60)) for cutoff in (58.8, 51.2, 45.9, None)
        ],
        "ways": [
            {"label": _("Map and list"), "url": "#map", "icon": "map", "current": True},
            {"label": _("List only"), "url": "#lists", "icon": "list-ul"},
        ],
        "keys": [("J", _("next claim")), ("K", _("claim before")), ("Enter", _("save and next"))],
    }


def _paging() -> Paging:
    pages = [(number, "#lists" if number else "") for number in (1, 2, 3, None, 9)]
    return Paging(2, pages, "#lists", "#lists", first_row=51, last_row=100, found=432, beyond=0)


def _import_rows() -> list[RowPreview]:
    return [
        RowPreview(2, "minsk", "unchanged", {}, []),
        RowPreview(3, "omsk", "changed", {}, [(_("places"), 2, 3)]),
        RowPreview(4, "kirov", "new", {}, []),
    ]


def _tasks() -> list[dict[str, Any]]:
    return [
        {"name": _("Your details"), "url": "#tasks", "hint": _("Pediatrics, year 5, group 3512"), "state": "completed"},
        {
            "name": _("Achievements and their evidence"),
            "url": "#tasks",
            "hint": _("“IMG_2041.heic” could not be opened: attach it as PDF or JPEG"),
            "state": "problem",
        },
        {"name": _("Consents"), "url": "#tasks", "hint": _("To processing your data"), "state": "todo"},
        {
            "name": _("Check your answers and submit"),
            "hint": _("Opens when the tasks above are completed"),
            "state": "later",
        },
    ]


def _steps() -> list[dict[str, Any]]:
    return [
        {"what": _("Prepare and submit"), "when": _("until 31 March 2027, 18:00"), "state": "now"},
        {"what": _("The dean's office checks your documents"), "when": _("until 9 April")},
        {"what": _("Results, with the reasons"), "when": _("23 April")},
    ]


def _entries() -> list[dict[str, Any]]:
    return [
        {"what": _("Claim refused: outside the period that counts"), "who": "Natallia Karpovich", "at": AT},
        {"what": _("Changed from the roster"), "at": AT, "changes": [(_("mean mark"), "8.85", "8.87")]},
    ]
