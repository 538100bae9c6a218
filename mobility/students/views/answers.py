"""What an application says, in rows: for checking before it is sent, and to read afterwards."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django_countries import countries

from mobility.calls.rubric import titles_of
from mobility.people.marks import on_paper
from mobility.students.dossier import Dossier
from mobility.students.models import LANGUAGE, Claim, Consent
from mobility.students.sentences import language_name
from mobility.web.templatetags.ui import day, points

from .shown import about


def answers_of(dossier: Dossier, *, change: bool) -> list[dict[str, Any]]:
    application = dossier.application

    def page(name: str) -> str:
        return reverse(f"application-{name}", args=[application.number]) if change else ""

    choices = [f"{choice.position}. {choice.destination.condition.partner.short_name}" for choice in dossier.choices]
    consents = [": ".join(filter(None, in_words(consent))) for consent in dossier.consents]
    return [
        {"label": _("Student"), "value": about(application)},
        {"label": _("Telephone"), "value": application.phone or "–", "url": page("details")},
        {"label": _("Mean mark"), "value": points(application.mean)},
        {"label": _("Destinations, in your order"), "value": "; ".join(choices) or "–", "url": page("choices")},
        {"label": _("Achievements"), "value": str(len(dossier.claims)), "url": page("claims")},
        *([{"label": _("Papers attached"), "value": ", ".join(map(str, dossier.papers))}] if dossier.papers else []),
        {"label": _("Consents"), "value": "; ".join(consents) or "–", "url": page("consents")},
        {
            "label": _("Points, if everything is counted"),
            "value": points(on_paper(dossier.score.total)),
        },
        *([{"label": _("Points counted"), "value": points(on_paper(application.points))}] if is_shown(dossier) else []),
    ]


def in_words(consent: Consent) -> tuple[str, str]:
    """What for, and to which country."""
    return consent.text.get_purpose_display(), str(countries.name(consent.country)) if consent.country else ""


def is_shown(dossier: Dossier) -> bool:
    """Nothing that the office found is on the student's page before it showed the points."""
    return dossier.application.points_shown_at is not None


def shown_claims(dossier: Dossier) -> list[dict[str, Any]]:
    """Nothing of a verdict is in a row before the points were shown to the student."""
    titles = titles_of(dossier.version.content["catalogue"])
    has_verdicts = is_shown(dossier)
    return [
        shown_claim(dossier, claim, titles) | (verdict_of(claim) if has_verdicts else {}) for claim in dossier.claims
    ]


def shown_claim(dossier: Dossier, claim: Claim, titles: dict[str, str]) -> dict[str, Any]:
    line = dossier.lines.get(claim.pk)
    return {
        "claim": claim,
        "kind": kind_in_words(claim, titles),
        "day": day(claim.day),
        "points": points(on_paper(claim.points_claimed)),
        "caution": caution_of(claim, line),
        "files": list(claim.evidence.all()),
        "url": reverse("application-claim", args=[dossier.application.number, claim.pk]),
    }


def kind_in_words(claim: Claim, titles: dict[str, str]) -> str:
    if claim.kind == LANGUAGE:
        return f"{language_name(claim.language)}, {claim.level}"
    return titles.get(claim.kind, claim.kind)


def caution_of(claim: Claim, line: Any) -> str:
    """Why the points named will not all count, as far as the rules alone say so."""
    if claim.is_language:
        return _("Counts only where the destination gives points for this language.")
    if line is not None and line.fate == "outside_window":
        return _("Too long ago: by the rules it counts nothing.")
    if line is not None and line.fate == "same_event":
        return _("Another achievement of the same event counts instead.")
    return ""


def verdict_of(claim: Claim) -> dict[str, Any]:
    return {
        "verdict": claim.get_verdict_display(),
        "counted": points(on_paper(claim.points_counted)),
        "pill": {"accepted": "ok", "corrected": "warn", "refused": "bad"}.get(claim.verdict, "info"),
        "reason": claim.reason_text,
    }


def parts_of(dossier: Dossier) -> list[dict[str, Any]]:
    """Points by criterion as claimed, and what the caps leave of them."""
    titles = titles_of(dossier.version.content["criteria"])
    return [
        {
            "name": titles[part.criterion],
            "claimed": points(on_paper(part.claimed)),
            "capped": points(on_paper(part.capped)),
            "cap": points(on_paper(dossier.rules.criteria[part.criterion].cap)),
        }
        for part in dossier.score.parts
        if part.claimed
    ]
