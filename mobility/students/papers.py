"""The receipt with what was submitted, and the same as an application to sign: from the kept version alone."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobility.calls.rubric import documents_by_code, titles_of
from mobility.files.documents import Facts, Heading, Letterhead, Name, Paper, Signatures, Table, Text, as_docx, as_pdf
from mobility.people.context import current
from mobility.people.marks import on_paper
from mobility.students.models import LANGUAGE, Submission
from mobility.students.openings import version_in_force
from mobility.students.sentences import language_name
from mobility.web.templatetags.ui import day, moment, points


def receipt(submission: Submission) -> bytes:
    return _drawn(as_pdf, submission, name=_("Receipt"))


def to_sign(submission: Submission) -> bytes:
    return _drawn(as_docx, submission, name=_("Application"))


def _drawn(draw: Any, submission: Submission, *, name: str) -> bytes:
    dated = timezone.localdate(submission.at)
    made = paper_of(submission, name=name)
    return draw(made.as_content(), number=submission.application.number, dated=dated, at=submission.at)


def paper_of(submission: Submission, *, name: str) -> Paper:
    language = get_language() or "en"
    content, university = submission.content, current()
    student = Name(content["student"]["name"], content["student"]["latin_name"])
    return Paper(
        name=name,
        title=submission.application.call.title,
        language=language,
        letterhead=Letterhead((str(university),) if university else ()),
        blocks=(
            Facts(tuple(_facts(submission, student))),
            Heading(_("Destinations, in your order")),
            Table((_("Choice"), _("Destination")), tuple(_choices(submission))),
            Heading(_("Achievements")),
            Table((_("Achievement"), _("Date"), _("Points claimed")), tuple(_claims(submission)), numbers=(2,)),
            *_asked_papers(submission),
            Signatures(((_("Student"), student),)),
        ),
        footer=_("Version %(version)s, checksum %(hash)s") % {"version": submission.version, "hash": submission.sha256},
    )


def _asked_papers(submission: Submission) -> list[Any]:
    """What the call asks for: attached to what was submitted, or brought with it."""
    asked = documents_by_code(version_in_force(submission.application.call).content)
    attached = {row["code"]: row["name"] for row in submission.content.get("papers", [])}
    files = [Text(f"{title}: {attached[code]}") for code, title in asked.items() if code in attached]
    others = [Text(title) for code, title in asked.items() if code not in attached]
    return [
        *([Heading(_("Attached as files")), *files] if files else []),
        *([Heading(_("On paper, with this application")), *others] if others else []),
    ]


def _facts(submission: Submission, student: Name) -> list[tuple[str, Any]]:
    application, content = submission.application, submission.content
    return [
        (_("Student"), student),
        (_("Faculty"), application.faculty.name),
        (_("Course year"), str(content["record"]["course_year"])),
        (_("Group"), content["record"]["group"] or "–"),
        (_("Telephone"), content["phone"]),
        (_("Mean mark"), points(on_paper(content["record"]["mean_mark"]))),
        (_("Submitted"), moment(submission.at)),
    ]


def _choices(submission: Submission) -> list[tuple[str, str]]:
    destinations = submission.application.call.destinations.select_related("condition__partner")
    names = {destination.code: destination.condition.partner.short_name for destination in destinations}
    return [(str(number), names[code]) for number, code in enumerate(submission.content["choices"], start=1)]


def _claims(submission: Submission) -> list[tuple[Any, str, str]]:
    titles = titles_of(version_in_force(submission.application.call).content["catalogue"])
    rows = []
    for claim in submission.content["claims"]:
        kind = titles.get(claim["kind"], claim["kind"])
        if claim["kind"] == LANGUAGE:
            kind = f"{language_name(claim['language'])}, {claim['level']}"
        when = day(date.fromisoformat(claim["day"]))
        rows.append((f"{claim['title']} ({kind})", when, points(on_paper(claim["points"]))))
    return rows
