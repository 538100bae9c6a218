from datetime import date

from mobility.sample.records import sessions_of

TODAY = date(2026, 11, 23)


def test_completed_sessions_are_counted_from_the_first_year():
    assert sessions_of(1, TODAY) == []
    assert sessions_of(2, TODAY) == [(2025, "1-winter"), (2025, "2-summer")]
    assert sessions_of(2, date(2027, 2, 1)) == [(2025, "1-winter"), (2025, "2-summer"), (2026, "1-winter")]
