"""The rules of a call: their JSON, as `RulesVersion.content` holds it, and the engine's rules made of it.

    {"eligibility": {"courses": [1, 6], "mark_floor": 700, "no_leave": true,
                     "specialties": [], "citizenships": [], "fundings": []},           empty: any
     "academic": {"factor": 10, "origin": 500},
     "criteria": [{"code": "science", "cap": 2000, "window": 24, "groups": {"talks": 500}, "title": TEXT}],
     "catalogue": [{"code": "abstract", "criterion": "science", "points": 100, "each": false, "steps": [[50, 200]],
                    "group": "abstracts", "title": TEXT, "proof": TEXT}],
     "language_levels": {"B1": 500}, "modifiers": {"earlier_mobility": -1000},
     "tie_breakers": ["mean_mark", "science", "language", "no_earlier_mobility", "course"],
     "scales": {"five": {"450": 800}}}                                                 a frozen copy

TEXT is {"en": …, "ru": …, "be": …}. Points and marks are whole hundredths. Debts and sanctions always exclude.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.translation import get_language

from selection.engine.scoring import Criterion, Entry, Rules

Content = Mapping[str, Any]


def engine_rules(content: Content, *, reference_day: date) -> Rules:
    """`reference_day` ends the windows in which achievements count: the call's opening day."""
    academic, eligibility = content["academic"], content["eligibility"]
    first, last = eligibility["courses"]
    return Rules(
        reference_day=reference_day,
        criteria={row["code"]: _criterion(row) for row in content["criteria"]},
        catalogue={row["code"]: _entry(row) for row in content["catalogue"]},
        mark_factor=academic["factor"],
        mark_origin=academic["origin"],
        mark_floor=eligibility["mark_floor"],
        scales={scale: {int(mark): here for mark, here in table.items()} for scale, table in content["scales"].items()},
        language_levels=content["language_levels"],
        modifiers=content["modifiers"],
        courses=(first, last),
    )


def _criterion(row: Content) -> Criterion:
    return Criterion(row["cap"], row.get("window"), row.get("groups", {}))


def _entry(row: Content) -> Entry:
    steps = tuple((least, points) for least, points in row.get("steps", []))
    return Entry(row["criterion"], row.get("points", 0), row.get("each", False), steps, row.get("group", ""))


def said(text: Mapping[str, str]) -> str:
    """In the reader's language, or in English where that is empty."""
    return text.get(get_language() or "en") or text.get("en", "")


def titles_of(rows: list[Content]) -> dict[str, str]:
    """Code → title, of criteria or of the catalogue."""
    return {row["code"]: said(row.get("title", {})) or row["code"] for row in rows}
