"""A call's rules as they are stored and frozen: plain JSON, read into `Rules`.

    {"eligibility": {"courses": [1, 6], "mark_floor": 700, "no_leave": true,
                     "specialties": [], "citizenships": [], "fundings": []},           empty: any
     "academic": {"factor": 10, "origin": 500},
     "criteria": [{"code": "science", "cap": 2000, "window": 24, "groups": {"talks": 500}, …}],
     "catalogue": [{"code": "abstract", "criterion": "science", "points": 100, "each": false, "steps": [[50, 200]],
                    "group": "abstracts", …}],
     "language_levels": {"B1": 500}, "modifiers": {"earlier_mobility": -1000},
     "tie_breakers": ["mean_mark", "science", "language", "no_earlier_mobility", "course"],
     "scales": {"five": {"450": 800}}}                                                 a frozen copy

Points and marks are whole hundredths. What stands beside these (titles, proofs) is not for the engine.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from .scoring import Criterion, Entry, Rules

Content = Mapping[str, Any]


def rules_of(content: Content, reference_day: date) -> Rules:
    """`reference_day` ends the windows in which achievements count."""
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
        specialties=tuple(specialty.lower() for specialty in eligibility["specialties"]),
        citizenships=tuple(eligibility["citizenships"]),
        fundings=tuple(eligibility["fundings"]),
    )


def _criterion(row: Content) -> Criterion:
    return Criterion(row["cap"], row.get("window"), row.get("groups", {}))


def _entry(row: Content) -> Entry:
    steps = tuple((least, points) for least, points in row.get("steps", []))
    return Entry(row["criterion"], row.get("points", 0), bool(row.get("each")), steps, row.get("group", ""))
