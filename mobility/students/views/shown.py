"""Rows of pages: rules in words, tasks with their states, the steps ahead."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.calls.models import Call
from mobility.people.marks import on_paper
from mobility.students.completeness import CHOICES, CLAIMS, CONSENTS, DETAILS, MARKS, TASKS, Gap
from mobility.students.dossier import Dossier
from mobility.students.models import Application
from mobility.students.openings import Opening, Requirement
from mobility.students.sentences import actual, required, rule_name, sentence_of
from mobility.web.templatetags.ui import day, moment, period, points


@dataclass(frozen=True)
class Row:
    """A task as templates/_ui/task_list.html draws it."""

    name: str
    hint: str
    url: str
    state: str


def shown_openings(openings: list[Opening], last: Mapping[int, str]) -> list[dict[str, Any]]:
    """Those with seats for the student first, eligible before not, each with its rules in words."""
    ordered = sorted(openings, key=lambda opening: (not opening.is_open, not opening.is_eligible))
    return [shown_opening(opening, last) for opening in ordered]


def shown_opening(opening: Opening, last: Mapping[int, str]) -> dict[str, Any]:
    """`last` are last year's cut-offs of the student's faculty, by partner."""
    destination = opening.destination
    return {
        "opening": opening,
        "destination": destination,
        "name": destination.condition.partner.short_name,
        "country": destination.condition.partner.country.name,
        "seats": seats_in_words(opening),
        "cutoff": last.get(destination.condition.partner_id, ""),
        "when": period(destination.starts, destination.ends),
        "rules": [shown_rule(requirement) for requirement in opening.requirements],
        "unmet": [shown_rule(requirement) for requirement in opening.unmet],
    }


def seats_in_words(opening: Opening) -> str:
    if not opening.is_open:
        return _("No place for your faculty this year")
    own = ngettext("%(count)s place for your faculty", "%(count)s places for your faculty", opening.own_seats)
    free = ngettext("%(count)s open to all faculties", "%(count)s open to all faculties", opening.open_seats)
    parts = [own % {"count": opening.own_seats}] if opening.own_seats else []
    parts += [free % {"count": opening.open_seats}] if opening.open_seats > 0 else []
    return ", ".join(parts) or _("Places that other faculties leave unfilled")


def shown_rule(requirement: Requirement) -> dict[str, Any]:
    return {
        "name": rule_name(requirement),
        "required": required(requirement),
        "actual": actual(requirement),
        "is_met": requirement.is_met,
    }


def tasks_of(dossier: Dossier, *, can_submit: bool = True) -> list[tuple[str, list[Row]]]:
    """Under their headings, as the page shows them."""
    application = dossier.application
    gaps = {task: [gap for gap in dossier.gaps if gap.task == task] for task in TASKS}
    names = {DETAILS: _("Your details"), MARKS: _("Marks"), CHOICES: _("Destinations, in your order")}
    names |= {CLAIMS: _("Achievements and their evidence"), CONSENTS: _("Consents")}
    hints = {DETAILS: about(application), MARKS: marks_in_words(application), CHOICES: choices_in_words(dossier)}
    hints |= {
        CLAIMS: claims_in_words(dossier),
        CONSENTS: _("To processing your data, and to sending it to the hosts you chose"),
    }
    rows = {task: _row(application, task, names[task], hints[task], gaps[task]) for task in TASKS}
    ready = can_submit and not dossier.gaps
    send = Row(
        _("Check your answers and submit"),
        "" if ready else _("Opens when the tasks above are completed"),
        reverse("application-submit", args=[application.number]) if ready else "",
        "todo" if ready else "later",
    )
    if ready and application.is_submitted and not application.has_unsent_changes:
        send = Row(send.name, _("Nothing has changed since you submitted"), send.url, "completed")
    return [
        (_("About you"), [rows[DETAILS], rows[MARKS]]),
        (_("What you apply for"), [rows[CHOICES], rows[CLAIMS]]),
        (_("Send"), [rows[CONSENTS], send]),
    ]


def _row(application: Application, task: str, name: str, hint: str, gaps: list[Gap]) -> Row:
    problems = [gap for gap in gaps if gap.is_problem]
    url = reverse(f"application-{task}", args=[application.number])
    if problems:
        return Row(name, sentence_of(problems[0]), url, "problem")
    return Row(name, hint, url, "todo" if gaps else "completed")


def about(application: Application) -> str:
    year = _("year %(year)s") % {"year": application.course_year}
    group = _("group %(group)s") % {"group": application.group} if application.group else ""
    return ", ".join(filter(None, [str(application.student), application.faculty.short_name, year, group]))


def marks_in_words(application: Application) -> str:
    if application.mean_mark is None:
        return _("They come from the dean's office")
    told = _("Mean mark %(mark)s. From the dean's office, nothing to enter")
    return told % {"mark": points(on_paper(application.mean_mark))}


def choices_in_words(dossier: Dossier) -> str:
    count = len(dossier.choices)
    if not count:
        return _("Choose where you would go, the dearest first")
    names = ", ".join(choice.destination.condition.partner.short_name for choice in dossier.choices)
    return _("%(count)s chosen: %(names)s") % {"count": count, "names": names}


def claims_in_words(dossier: Dossier) -> str:
    count = len(dossier.claims)
    if not count:
        return _("None added. Leave it so if you have none")
    told = ngettext(
        "%(count)s added, %(points)s points with your marks",
        "%(count)s added, %(points)s points with your marks",
        count,
    )
    return told % {"count": count, "points": points(on_paper(dossier.score.total))}


def steps_of(call: Call, *, at: datetime) -> list[dict[str, str]]:
    """What happens next, in the student's words; the step that is going on is `now`."""
    until = _("until %(moment)s")
    shown = period(timezone.localdate(call.points_from), timezone.localdate(call.points_until))
    rows = [
        (_("Prepare and submit"), until % {"moment": moment(call.deadline)}, call.deadline),
        (_("The dean's office checks your documents"), until % {"moment": day(call.verified_by)}, call.points_from),
        (_("You see your points and check them"), shown, call.points_until),
        (_("Results, with the reasons"), day(call.results_at), call.published_at or call.answers_by),
        (_("You confirm or decline"), until % {"moment": moment(call.answers_by)}, call.answers_by),
    ]
    current = next((number for number, row in enumerate(rows) if at < row[2]), len(rows))
    states = ["done" if number < current else "now" if number == current else "" for number in range(len(rows))]
    return [
        {"what": what, "when": when, "state": state} for (what, when, _end), state in zip(rows, states, strict=True)
    ]
