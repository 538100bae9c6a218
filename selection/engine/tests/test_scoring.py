from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from selection.engine.rubric import CATALOGUE, MODIFIERS, WITH_MOTIVATION, default_rules
from selection.engine.scoring import (
    BASE,
    Claim,
    Cohort,
    Line,
    Part,
    Record,
    Terms,
    UnmappedMark,
    half_up,
    mean_mark,
    months_before,
    score,
    tie_facts,
)

from .markets import many

TODAY = date(2027, 3, 31)
RULES = default_rules(TODAY)
RECENT = date(2026, 10, 1)
STUDENT = Record(faculty="F", mean_mark=843, course=4)


def claims(*kinds, **fields):
    return tuple(
        Claim(f"c{number}", kind, **{"day": RECENT, "accepted": kind} | fields) for number, kind in enumerate(kinds)
    )


def points(criterion, record, rules=RULES, terms=BASE):
    return score(record, rules, terms).points(criterion)


def test_the_academic_part_is_ten_times_the_mark_above_five():
    assert points("academic", STUDENT) == 3430
    assert points("academic", STUDENT._replace(mean_mark=1000)) == 5000
    assert points("academic", STUDENT._replace(mean_mark=450)) == 0


def test_a_mark_of_another_scale_passes_through_the_frozen_table_or_blocks():
    rules = RULES._replace(scales={"5": {450: 850}})
    assert points("academic", STUDENT._replace(mark_scale="5", mean_mark=450), rules) == 3500
    with pytest.raises(UnmappedMark, match="451 on scale 5"):
        score(STUDENT._replace(mark_scale="5", mean_mark=451), rules)
    with pytest.raises(UnmappedMark, match="85 on scale 100"):
        score(STUDENT._replace(mark_scale="100", mean_mark=85), rules)


def test_marks_of_faculties_are_made_comparable_by_frozen_constants():
    rules = RULES._replace(cohorts={"F": Cohort(660, 80)}, common_cohort=Cohort(720, 90))
    assert points("academic", STUDENT._replace(mean_mark=740), rules) == 10 * (720 + 90 - 500)
    assert points("academic", STUDENT._replace(faculty="G", mean_mark=740), rules) == 2400


def test_language_counts_only_where_a_destination_counts_it_and_it_is_not_that_of_schooling():
    speaker = STUDENT._replace(schooling_language="ru", claimed_levels={"en": "C1"}, verified_levels={"en": "B2"})
    english = Terms(language="en", counts_language=True)
    assert points("language", speaker) == 0
    assert points("language", speaker, terms=english._replace(counts_language=False)) == 0
    assert points("language", speaker, terms=english) == 900
    assert score(speaker, RULES, english).parts[1] == Part("language", 1200, 900, 900, 100, 900)
    assert points("language", speaker._replace(schooling_language="en"), terms=english) == 0
    assert points("language", speaker, terms=english._replace(language="ja")) == 0


def test_groups_are_capped_then_the_criterion():
    assert points("science", STUDENT._replace(claims=claims(*["abstract"] * 5))) == 300
    talks = ["talk-international"] * 2 + ["talk-national"] * 2
    assert points("science", STUDENT._replace(claims=claims(*talks))) == 500
    everything = STUDENT._replace(claims=claims(*talks, "article-indexed-first", "research-contest-1", "patent"))
    science = next(part for part in score(everything, RULES).parts if part.criterion == "science")
    assert science == Part("science", claimed=2800, verified=2800, capped=2000, weight=100, points=2000)


def test_unverified_counts_nothing_and_a_lowered_claim_counts_what_was_accepted():
    assert points("science", STUDENT._replace(claims=claims("patent", accepted=None))) == 0
    lowered = STUDENT._replace(claims=claims("talk-international", accepted="talk-university"))
    assert score(lowered, RULES).lines == (Line("c0", "science", "talks", 200, 100, "counted"),)


def test_an_achievement_counts_within_its_window_of_months():
    first_day = date(2025, 3, 31)
    for day, expected in [(first_day, 500), (date(2025, 3, 30), 0), (TODAY, 500), (date(2027, 4, 1), 0)]:
        assert points("science", STUDENT._replace(claims=claims("patent", day=day))) == expected
    assert points("personal", STUDENT._replace(claims=claims("award-national", day=date(2020, 1, 1)))) == 200


def test_one_event_counts_once_at_its_highest_level_and_for_one_criterion():
    several = STUDENT._replace(claims=claims("talk-university", "award-international", "talk-international", event="E"))
    found = score(several, RULES)
    assert [line.fate for line in found.lines] == ["same_event", "counted", "same_event"]
    assert (found.points("science"), found.points("personal")) == (0, 300)


def test_of_two_equal_levels_of_one_event_the_earlier_criterion_counts_whatever_the_order():
    two = claims("award-national", "talk-international", event="E")
    for order in (two, tuple(reversed(two))):
        found = score(STUDENT._replace(claims=order), RULES)
        assert (found.points("science"), found.points("personal")) == (200, 0)


def test_an_unverified_claim_does_not_displace_a_verified_one_of_its_event():
    mixed = (
        Claim("a", "talk-international", RECENT, "E"),
        Claim("b", "talk-university", RECENT, "E", accepted="talk-university"),
    )
    assert points("science", STUDENT._replace(claims=mixed)) == 100


def test_years_in_office_and_hours_of_volunteering():
    def social(kind, amount):
        return points("social", STUDENT._replace(claims=claims(kind, amount=amount, accepted_amount=amount)))

    assert [social("monitor", years) for years in (1, 2, 9)] == [150, 300, 800]
    assert [social("volunteering", hours) for hours in (49, 50, 99, 100)] == [0, 200, 200, 300]


def test_motivation_is_the_mean_of_two_readers_and_off_by_default():
    read = STUDENT._replace(readings=(200, 251))
    assert points("motivation", read) == 0
    rules = RULES._replace(criteria=WITH_MOTIVATION)
    assert points("motivation", read, rules) == 226
    assert points("motivation", read._replace(readings=(300,)), rules) == 0


def test_modifiers_are_off_by_default():
    moved = STUDENT._replace(facts={"earlier_mobility": 2})
    assert score(moved, RULES).total == 3430
    changed = score(moved, RULES._replace(modifiers=MODIFIERS))
    assert (changed.total, changed.modifiers) == (1430, (("earlier_mobility", -2000),))


def test_a_destination_weighs_criteria_its_own_way():
    found = score(STUDENT._replace(claims=claims("patent")), RULES, Terms(weights={"science": 150, "academic": 33}))
    assert (found.points("science"), found.points("academic")) == (750, 1132)
    assert found.total == 1882


def test_the_tie_breakers_know_what_they_may_ask():
    facts = tie_facts(STUDENT, RULES, score(STUDENT, RULES))
    assert facts == {
        "academic": 3430,
        "language": 0,
        "science": 0,
        "social": 0,
        "personal": 0,
        "mean_mark": 843,
        "no_earlier_mobility": 1,
        "course": 4,
    }


def test_halves_round_up():
    assert [half_up(1, 2), half_up(-1, 2), half_up(3, 2), half_up(1, 3), half_up(-2, 3)] == [1, 0, 2, 0, -1]
    assert mean_mark([8, 9, 9]) == 867
    assert mean_mark([7] * 7 + [8]) == 713  # 7.125


def test_months_end_where_the_month_has_no_such_day():
    assert months_before(date(2027, 3, 31), 1) == date(2027, 2, 28)
    assert months_before(date(2028, 3, 31), 1) == date(2028, 2, 29)
    assert months_before(date(2027, 1, 15), 24) == date(2025, 1, 15)


@many
@given(
    st.lists(st.tuples(st.sampled_from(sorted(CATALOGUE)), st.sampled_from(["", "E", "G"]), st.booleans()), max_size=8)
)
def test_caps_hold_and_the_order_of_claims_does_not_matter(rows):
    made = tuple(
        Claim(f"c{n}", kind, RECENT, event, accepted=kind if granted else None)
        for n, (kind, event, granted) in enumerate(rows)
    )
    found = score(STUDENT._replace(claims=made), RULES)
    assert found == score(STUDENT._replace(claims=tuple(reversed(made))), RULES)._replace(lines=found.lines)
    assert found.total == sum(part.points for part in found.parts) <= 9700
    for part in found.parts:
        assert 0 <= part.points <= RULES.criteria[part.criterion].cap
        assert part.capped <= max(part.verified, 0)
