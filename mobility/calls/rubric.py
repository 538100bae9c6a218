"""The rules of a call for the rooms above: the engine's rules and terms, and the texts that people read.

`RulesVersion.content` has the shape that `selection.engine.contents` says; beside it criteria and entries of the
catalogue carry `"title": TEXT` and entries `"proof": TEXT`, where TEXT is {"en": …, "ru": …, "be": …}. What applicants
bring besides is named by `"documents": [{"code": "reference", "title": TEXT}]`; no points come of it.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language

from mobility.calls.models import Call, Destination, Quota, RulesVersion
from selection.engine.contents import rules_of
from selection.engine.scoring import Rules, Terms

FIRST_COURSE, LAST_COURSE = 1, 8
Content = Mapping[str, Any]


def engine_rules(call: Call, version: RulesVersion) -> Rules:
    """Achievements count backwards from the day on which applications open."""
    return rules_of(version.content, timezone.localdate(call.opens_at))


def terms_of(destination: Destination, quota: Quota | None = None) -> Terms:
    """What a destination asks, narrowed by the quota of a faculty."""
    narrower = [row for row in (quota, destination) if row is not None]
    first = max([row.first_course_year for row in narrower if row.first_course_year], default=FIRST_COURSE)
    last = min([row.last_course_year for row in narrower if row.last_course_year], default=LAST_COURSE)
    return Terms(
        language=destination.language,
        least_level=destination.language_level,
        mark_floor=destination.mark_floor,
        courses=(first, last),
        specialty=next((row.specialty.lower() for row in narrower if row.specialty), ""),
        counts_language=destination.counts_language,
        weights=destination.weights,
    )


def said(text: Mapping[str, str]) -> str:
    """In the reader's language, or in English where that is empty."""
    return text.get(get_language() or "en") or text.get("en", "")


def titles_of(rows: list[Content]) -> dict[str, str]:
    """Code → title, of criteria or of the catalogue."""
    return {row["code"]: said(row.get("title", {})) or row["code"] for row in rows}
