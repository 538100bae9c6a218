"""The rules in words: one place says them for the page, the card, the ranking and the protocol."""

import pytest

from mobility.students.sentences import failed
from selection.engine.eligibility import MUST_BE_NONE


@pytest.mark.parametrize(
    ("failure", "of", "sentence"),
    [
        (("open", 1, 0), "", "There is no place for the faculty."),
        (("mean_mark", 700, 650), "", "Mean mark: 6.50. Required: from 7.00."),
        (("debts", 0, 2), "", "Debts: 2. Required: none."),
        (("leave", 0, 1), "", "On leave: yes. Required: no."),
        (("course", "3–6", 2), "", "Course year: 2. Required: 3–6."),
        (("citizenship", "BY, KZ", "RU"), "", "Citizenship: Russia. Required: Belarus, Kazakhstan."),
        (("funding", "budget", "paid"), "", "Funding: paid. Required: budget."),
        (("language", "B2", "B1"), "de", "German: B1. Required: from B2."),
        (("language", "B2", ""), "de", "German: no certificate named. Required: from B2."),
        (("mark_scale", "no table", 0), "", "Mean mark: no mean mark yet. Required: marks on our scale."),
    ],
)
def test_a_rule_that_is_not_met_says_what_there_is_and_what_it_takes(failure, of, sentence):
    assert failed(*failure, of=of) == sentence


def test_every_rule_of_the_engine_has_words():
    for rule in (*MUST_BE_NONE, "course", "specialty", "citizenship", "funding", "mark_scale", "mean_mark", "language"):
        assert "Required" in failed(rule, 1, 1)
