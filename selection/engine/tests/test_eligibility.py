from datetime import date

from selection.engine.eligibility import Failure, failures
from selection.engine.rubric import TREATY_FLOOR, default_rules
from selection.engine.scoring import BASE, Record, Terms

RULES = default_rules(date(2027, 3, 31))
STUDENT = Record(faculty="F", mean_mark=700, course=4, schooling_language="ru", verified_levels={"en": "B1"})
ENGLISH = Terms(language="en", least_level="B2")


def test_who_meets_every_rule_is_eligible():
    assert failures(STUDENT, RULES, BASE) == []
    assert failures(STUDENT._replace(verified_levels={"en": "B2"}), RULES, ENGLISH) == []
    assert failures(STUDENT._replace(schooling_language="en", verified_levels={}), RULES, ENGLISH) == []


def test_each_failure_says_what_is_required_and_what_there_is():
    assert failures(STUDENT, RULES, ENGLISH) == [Failure("language", "B2", "B1")]
    assert failures(STUDENT._replace(verified_levels={}), RULES, ENGLISH) == [Failure("language", "B2", "")]
    assert failures(STUDENT._replace(facts={"debts": 2, "sanctions": 1}), RULES, BASE) == [
        Failure("debts", 0, 2),
        Failure("sanctions", 0, 1),
    ]
    assert failures(STUDENT._replace(course=2), RULES._replace(courses=(4, 5)), BASE) == [Failure("course", "4–5", 2)]
    treaty = RULES._replace(mark_floor=TREATY_FLOOR)
    assert failures(STUDENT, treaty, BASE) == [Failure("mean_mark", 800, 700)]


def test_a_mark_that_no_table_covers_blocks():
    other = STUDENT._replace(mark_scale="5", mean_mark=450)
    assert failures(other, RULES, BASE) == [Failure("mark_scale", "5", 450)]
    assert failures(other, RULES._replace(scales={"5": {450: 850}}), BASE) == []
    assert failures(other, RULES._replace(scales={"5": {450: 650}}), BASE) == [Failure("mean_mark", 700, 650)]


def test_specialty_citizenship_and_funding_are_of_those_named():
    rules = RULES._replace(specialties=("dentistry",), citizenships=("BY", "KZ"), fundings=("paid",))
    other = STUDENT._replace(specialty="General Medicine", citizenship="TM", funding="budget")
    assert failures(other, rules, BASE) == [
        Failure("specialty", "dentistry", "General Medicine"),
        Failure("citizenship", "BY, KZ", "TM"),
        Failure("funding", "paid", "budget"),
    ]
    assert failures(STUDENT._replace(specialty="Dentistry", citizenship="KZ", funding="paid"), rules, BASE) == []


def test_a_destination_may_ask_for_more():
    terms = Terms(mark_floor=750, courses=(5, 5), specialty="dentistry")
    assert failures(STUDENT, RULES, terms) == [
        Failure("course", "5–5", 4),
        Failure("specialty", "dentistry", ""),
        Failure("mean_mark", 750, 700),
    ]
    assert failures(STUDENT._replace(mean_mark=690), RULES, Terms(mark_floor=600)) == [Failure("mean_mark", 700, 690)]


def test_leave_keeps_from_every_place():
    assert failures(STUDENT._replace(facts={"leave": 1}), RULES, BASE) == [Failure("leave", 0, 1)]
