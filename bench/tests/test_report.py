from bench.pages import Page
from bench.report import Measured, kib_a_row, table

PAGE = Page("people", "/people/", times_limit=3, queries=8, rows=150)
BODY = b"<table><thead><tr></tr></thead><tbody>" + b"<tr><td>one</td></tr>" * 50 + b"</tbody></table>"


def measured(**changes):
    return Measured(
        **{"page": PAGE, "milliseconds": 9.0, "times_limit": 2.25, "queries": 4, "rows": 52, "body": BODY} | changes
    )


def test_a_page_within_its_goals_misses_none():
    assert measured().misses() == []
    assert measured(times_limit=3.0, queries=8, rows=150).misses() == []


def test_each_goal_that_is_missed_is_named():
    assert measured(times_limit=3.14159, queries=9, rows=151).misses() == [
        "people: 3.142 times the limit, the goal is 3",
        "people: 9 queries, the goal is 8",
        "people: 151 rows, the goal is 150",
    ]


def test_a_heavy_row_is_named():
    heavy = BODY.replace(b"one", b"o" * 1024)
    assert measured(body=heavy).misses() == ["people: 1.02 KiB a row, the goal is 0.6"]


def test_the_longest_table_is_weighed_by_its_rows():
    assert round(kib_a_row(BODY) * 1024) == 21
    assert kib_a_row(b"<p>no table</p>") is None


def test_the_table_has_a_line_for_each_page():
    assert table([measured()]).splitlines()[1].split() == ["people", "9.0", "2.25", "3", "4", "52", "1.1", "0.02"]
