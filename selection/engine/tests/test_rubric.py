from selection.engine.rubric import CATALOGUE, CRITERIA, LANGUAGE_LEVELS, WITH_MOTIVATION


def test_the_maxima_add_up():
    assert sum(criterion.cap for criterion in CRITERIA.values()) == 9700
    assert sum(criterion.cap for criterion in WITH_MOTIVATION.values()) == 10000


def test_every_entry_belongs_to_a_criterion_and_to_a_group_that_has_a_cap():
    for entry in CATALOGUE.values():
        assert entry.criterion in CRITERIA
        assert not entry.group or entry.group in CRITERIA[entry.criterion].groups


def test_a_language_never_gives_more_than_its_maximum():
    assert list(LANGUAGE_LEVELS.values()) == sorted(LANGUAGE_LEVELS.values())
    assert max(LANGUAGE_LEVELS.values()) == CRITERIA["language"].cap
