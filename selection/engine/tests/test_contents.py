from datetime import date

from selection.engine.contents import rules_of
from selection.engine.rubric import CATALOGUE, CRITERIA, LANGUAGE_LEVELS, default_rules

DAY = date(2027, 3, 10)
CONTENT = {
    "eligibility": {"courses": [1, 6], "mark_floor": 700, "specialties": [], "citizenships": [], "fundings": []},
    "academic": {"factor": 10, "origin": 500},
    "criteria": [
        {"code": code, "cap": criterion.cap, "window": criterion.window, "groups": dict(criterion.groups)}
        for code, criterion in CRITERIA.items()
    ],
    "catalogue": [
        {"code": code, "criterion": entry.criterion, "points": entry.points, "each": entry.each}
        | {"steps": [list(step) for step in entry.steps], "group": entry.group}
        for code, entry in CATALOGUE.items()
    ],
    "language_levels": LANGUAGE_LEVELS,
    "modifiers": {},
    "tie_breakers": ["mean_mark"],
    "scales": {},
}


def test_content_becomes_rules():
    assert rules_of(CONTENT, DAY) == default_rules(DAY)


def test_marks_of_other_scales_are_numbers():
    assert rules_of(CONTENT | {"scales": {"five": {"450": 800}}}, DAY).scales == {"five": {450: 800}}


def test_who_may_apply():
    eligibility = CONTENT["eligibility"] | {"specialties": ["Dentistry"], "citizenships": ["BY"], "fundings": ["paid"]}
    rules = rules_of(CONTENT | {"eligibility": eligibility}, DAY)
    assert (rules.specialties, rules.citizenships, rules.fundings) == (("dentistry",), ("BY",), ("paid",))
