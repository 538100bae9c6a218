from selection.engine.ranking import Row, key, ranking, rows

EQUAL = {"mean_mark": 800, "science": 300, "language": 0, "no_earlier_mobility": 1, "course": 4}


def test_the_rule_that_decided_each_tie_is_named():
    keys = {
        "by_lottery": key(5000, EQUAL, "b"),
        "by_course": key(5000, EQUAL | {"course": 3}, "a"),
        "first": key(6000, EQUAL, "z"),
        "by_lottery_first": key(5000, EQUAL, "a"),
        "by_mark": key(5000, EQUAL | {"mean_mark": 799, "course": 6}, "a"),
        "by_mobility": key(5000, EQUAL | {"no_earlier_mobility": 0}, "0"),
        "last": key(-100, EQUAL, "0"),
    }
    assert rows(keys) == [
        Row("first", 1, 1, None),
        Row("by_lottery_first", 2, 2, None),
        Row("by_lottery", 3, 2, "lottery"),
        Row("by_course", 4, 4, "course"),
        Row("by_mobility", 5, 5, "no_earlier_mobility"),
        Row("by_mark", 6, 6, "mean_mark"),
        Row("last", 7, 7, None),
    ]


def test_the_ranking_does_not_depend_on_the_order_of_rows():
    keys = {code: key(points, EQUAL, code) for code, points in [("a", 1), ("b", 3), ("c", 2), ("d", 3)]}
    assert ranking(keys) == ranking(dict(reversed(keys.items()))) == ("b", "d", "c", "a")


def test_a_call_may_name_its_own_tie_breakers():
    keys = {"a": key(1, EQUAL, "a", ("course",)), "b": key(1, EQUAL | {"course": 5}, "b", ("course",))}
    assert rows(keys, ("course",)) == [Row("b", 1, 1, None), Row("a", 2, 2, "course")]
    assert rows({}) == []
