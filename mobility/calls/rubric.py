"""The rules of a call for the rooms above: the engine's rules and terms, and the texts that people read.

`RulesVersion.content` has the shape that `selection.engine.contents` says; beside it criteria and entries of the
catalogue carry `"title": TEXT` and entries `"proof": TEXT`, where TEXT is {"en": …, "ru": …, "be": …}. Papers that
applicants hand in are named by `"documents": [{"code": "reference", "title": TEXT}]`; no points come of it.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

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


def documents_of(content: Content) -> list[str]:
    """What applicants bring to the dean's office on paper, or attach as files."""
    return list(documents_by_code(content).values())


def documents_by_code(content: Content) -> dict[str, str]:
    return {row["code"]: said(row["title"]) for row in content.get("documents", [])}


def told(content: Content) -> dict[str, Any]:
    """The rules as a page shows them: points are whole numbers and hundredths, codes are titles."""
    titles = titles_of(content["criteria"])
    return {
        "eligibility": content["eligibility"],
        "mark_floor": content["eligibility"]["mark_floor"] / 100,
        "academic": {"factor": content["academic"]["factor"], "origin": content["academic"]["origin"] / 100},
        "criteria": [
            {
                "code": row["code"],
                "title": titles[row["code"]],
                "cap": row["cap"] / 100,
                "window": row.get("window"),
                "entries": [_entry(entry, row) for entry in content["catalogue"] if entry["criterion"] == row["code"]],
            }
            for row in content["criteria"]
        ],
        "total": sum(row["cap"] for row in content["criteria"]) / 100,
        "language_levels": [(level, worth / 100) for level, worth in content["language_levels"].items() if worth],
        "modifiers": [(MODIFIERS[code], worth / 100) for code, worth in content["modifiers"].items()],
        "tie_breakers": [TIE_BREAKERS.get(code, titles.get(code, code)) for code in content["tie_breakers"]],
        "documents": documents_of(content),
    }


def told_scales(tables: Content, *, names: Mapping[str, str]) -> list[dict[str, Any]]:
    """Each scale by its name, with its marks and their places here."""
    return [
        {
            "name": names.get(code, code),
            "lines": [(int(mark) / 100, table[mark] / 100) for mark in sorted(table, key=int)],
        }
        for code, table in sorted(tables.items())
    ]


def _entry(entry: Content, criterion: Content) -> dict[str, Any]:
    group = criterion.get("groups", {}).get(entry.get("group", ""))
    return {
        "code": entry["code"],
        "title": said(entry.get("title", {})) or entry["code"],
        "proof": said(entry.get("proof", {})),
        "points": entry.get("points", 0) / 100,
        "each": entry.get("each", False),
        "steps": [(least, worth / 100) for least, worth in entry.get("steps", [])],
        "most": group / 100 if group else None,
    }


TIE_BREAKERS = {
    "mean_mark": _("the higher mean mark"),
    "science": _("more points for scientific activity"),
    "language": _("the higher level of the language"),
    "no_earlier_mobility": _("no earlier mobility"),
    "course": _("the higher course year"),
}
MODIFIERS = {
    "earlier_mobility": _("for each earlier mobility in this degree"),
    "left_after_acceptance": _("for leaving after a final acceptance"),
}
