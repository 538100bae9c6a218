"""A roster's way: sent, previewed, imported; its problems and its changes as sheets to take along."""

from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_safe

from mobility.people import actions
from mobility.people.actions.students import academic_year
from mobility.people.forms import RosterForm
from mobility.people.models import Faculty, Roster, StudentProfile
from mobility.people.models.students import StudentStatus
from mobility.people.permissions import can_import_rosters
from mobility.people.rosters import Question
from mobility.people.rosters.questions import questions_of
from mobility.web.lists import List
from mobility.web.spreadsheets import answer, xlsx_bytes
from mobility.web.tables import Column

from .account import FORM

SHOWN = 100
TITLES = {"students": gettext_lazy("Import students"), "marks": gettext_lazy("Import marks")}


class RosterList(List):
    template_name = "people/roster_list.html"
    sort = "-sent"
    columns = (
        Column(gettext_lazy("File")),
        Column(gettext_lazy("What")),
        Column(gettext_lazy("Sent by")),
        Column(gettext_lazy("Sent"), "sent", ("uploaded_at",)),
        Column(gettext_lazy("new"), css="number"),
        Column(gettext_lazy("changed"), css="number"),
        Column(gettext_lazy("unchanged"), css="number"),
    )
    fields = (
        *("pk", "name", "kind", "uploaded_at", "imported_at", "new", "changed", "unchanged"),
        *("uploaded_by__family_name", "uploaded_by__given_name"),
    )

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not can_import_rosters(request.user):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self):
        return Roster.objects.visible_to(self.request.user)

    def show(self, row: dict[str, Any]) -> dict[str, Any]:
        who = f"{row['uploaded_by__family_name']} {row['uploaded_by__given_name']}".strip()
        return row | {"what": Roster.Kind(row["kind"]).label, "who": who}


@FORM
def new(request: HttpRequest, kind: str) -> HttpResponse:
    if not can_import_rosters(request.user) or kind not in Roster.Kind.values:
        raise Http404
    now = timezone.now()
    faculties = Faculty.objects.editable_by(request.user)
    year = academic_year(timezone.localdate(now))
    form = RosterForm(request.POST or None, request.FILES or None, kind=kind, faculties=faculties, year=year)
    if request.method == "POST" and form.is_valid():
        roster = actions.keep_roster(
            kind=kind,
            name=form.cleaned_data["file"].name,
            sha256=form.sha256,
            sheet=form.sheet,
            faculty=form.default_faculty,
            session=form.cleaned_data.get("session", ""),
            by=request.user,
            at=now,
        )
        return redirect(roster)
    return render(request, "people/roster_new.html", {"form": form, "kind": kind, "title": TITLES[kind]})


@FORM
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    roster = visible_roster(request, pk)
    if roster.imported_at is not None:
        return render(request, "people/roster_detail.html", _imported(request, roster))
    faculties = list(Faculty.objects.editable_by(request.user))
    if request.method == "POST":
        try:
            done = actions.import_roster(
                roster=roster,
                faculties=faculties,
                seen=request.POST.get("seen", ""),
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
            return redirect(roster)
        count = done.new + done.changed
        said = ngettext("%(count)s row was imported.", "%(count)s rows were imported.", count)
        messages.success(request, said % {"count": count})
        return redirect(done)
    plan = actions.plan_of(roster, faculties=faculties, at=timezone.now())
    context = {
        "roster": roster,
        "title": TITLES[roster.kind],
        "plan": plan,
        "preview": plan.preview(),
        "effective": len(plan.effective),
        **_asked(plan.questions),
        "shown": SHOWN,
        "again": reverse("roster-new", args=[roster.kind]),
    }
    return render(request, "people/roster_preview.html", context)


@require_safe
def problems(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    header = [_("Row"), _("Column"), _("What is wrong")]
    rows = [(problem.row, problem.column, problem.text) for problem in plan.problems]
    return answer(xlsx_bytes(header=header, rows=rows, title=_("Problems")), name=f"problems-{pk}.xlsx")


@require_safe
def changes(request: HttpRequest, pk: int) -> HttpResponse:
    plan = _plan(request, pk)
    header = [_("Row"), _("Who"), _("State"), _("Column"), _("Before"), _("After")]
    states = {"new": _("new"), "changed": _("changed")}
    rows = [
        (change.number, change.label, states[change.state], column, before, after)
        for change in plan.effective
        for column, before, after in (change.shown or [("", "", "")])
    ]
    return answer(xlsx_bytes(header=header, rows=rows, title=_("Changes")), name=f"changes-{pk}.xlsx")


def _plan(request: HttpRequest, pk: int):
    roster = visible_roster(request, pk)
    if roster.imported_at is not None:
        raise Http404
    faculties = list(Faculty.objects.editable_by(request.user))
    return actions.plan_of(roster, faculties=faculties, at=timezone.now())


def visible_roster(request: HttpRequest, pk: int) -> Roster:
    if not can_import_rosters(request.user):
        raise Http404
    rosters = Roster.objects.visible_to(request.user).select_related("uploaded_by", "faculty")
    return get_object_or_404(rosters, pk=pk)


def _imported(request: HttpRequest, roster: Roster) -> dict[str, Any]:
    """What it did, and what of its questions is still as it was."""
    visible = StudentProfile.objects.visible_to(request.user)
    asked = questions_of(roster, students=visible, today=timezone.localdate())
    return {
        "roster": roster,
        "title": TITLES[roster.kind],
        "settled": asked.settled,
        "vanished": len(asked.vanished) if len(asked.vanished) > 1 else 0,  # one is decided on a page of its own
        **_asked(asked.still),
    }


def _asked(questions: list[Question]) -> dict[str, Any]:
    """The first of them: a roster of one course sent as a whole faculty's asks about everybody else."""
    shown = questions[:SHOWN]
    moved = any(question.kind == "faculty" for question in shown)
    faculties = {str(faculty.pk): str(faculty) for faculty in Faculty.objects.all()} if moved else {}
    return {"asked": len(questions), "questions": [_told(asdict(question), faculties) for question in shown]}


def _told(question: dict[str, Any], faculties: dict[str, str]) -> dict[str, Any]:
    """In words, with the page where it is decided, which knows what the file says."""
    person, kind, value = question["person"], question["kind"], question["value"]
    status = reverse("student-status", args=[person])
    if kind == "status":
        said = _("is “%(status)s” in the file") % {"status": StudentStatus(value).label}
        return question | {"said": said, "url": f"{status}?status={value}"}
    if kind == "faculty":
        said = _("is at “%(faculty)s” in the file") % {"faculty": faculties[value]}
        return question | {"said": said, "url": f"{reverse('student-transfer', args=[person])}?faculty={value}"}
    words = {
        "vanished": (_("studies here, and is not in the file"), status),
        "on-leave": (_("is on leave in the file, without days"), reverse("student-leave", args=[person])),
    }
    said, url = words[kind]
    return question | {"said": said, "url": url}
