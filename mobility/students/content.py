"""What a submission says, whole: integers and texts only, so that the same application has the same bytes."""

from collections.abc import Sequence
from typing import Any

from mobility.students.models import Application, AttachedPaper, Choice, Claim, Consent, Evidence

RECORD = (
    "specialty", "course_year", "group", "funding", "study_language", "mean_mark", "marks_counted", "marks_unmapped",
    "debts", "sanctions", "earlier_mobility",
)  # fmt: skip
OF_A_CLAIM = ("kind", "title", "event", "place", "amount", "language", "level", "note")

Content = dict[str, Any]


def content_of(
    application: Application,
    *,
    choices: Sequence[Choice],
    claims: Sequence[Claim],
    consents: Sequence[Consent],
    papers: Sequence[AttachedPaper],
) -> Content:
    """`claims` with their evidence and its files read, `choices` with their destinations; papers where there are."""
    student = application.student
    return {
        "call": application.call.code,
        "number": application.number,
        "student": {"code": student.code, "name": student.get_full_name(), "latin_name": student.latin_name},
        "faculty": application.faculty.code,
        "phone": application.phone,
        "citizenship": str(application.citizenship),
        "on_leave": int(application.is_on_leave),
        "record": {name: getattr(application, name) for name in RECORD},
        "choices": [choice.destination.code for choice in choices],
        "claims": [_claim(claim) for claim in claims],
        "consents": [
            {"purpose": consent.text.purpose, "version": consent.text.version, "country": consent.country}
            for consent in sorted(consents, key=lambda consent: (consent.text_id, consent.country))
        ],
        "points_claimed": application.points_claimed,
        **({"papers": [{"code": paper.code, **_file(paper)} for paper in papers]} if papers else {}),
    }


def _claim(claim: Claim) -> Content:
    return {
        "id": claim.pk,
        **{name: getattr(claim, name) for name in OF_A_CLAIM},
        "day": claim.day.isoformat(),
        "points": claim.points_claimed,
        "evidence": [_file(evidence) for evidence in claim.evidence.all()],
    }


def _file(attached: Evidence | AttachedPaper) -> Content:
    file = attached.file
    return {"file": file.pk, "name": file.name, "sha256": file.sha256, "size": file.size}
