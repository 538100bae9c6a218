from datetime import date

import pytest

from mobility.people.academic_years import AcademicYear


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2026, 8, 31), "2025/2026"), (date(2026, 9, 1), "2026/2027"), (date(2027, 1, 1), "2026/2027")],
)
def test_a_day_is_in_one_academic_year(day, expected):
    assert str(AcademicYear.of(day)) == expected


def test_it_reads_what_it_writes():
    year = AcademicYear.read("2026/2027")
    assert (str(year), year.first_day, year.last_day) == ("2026/2027", date(2026, 9, 1), date(2027, 8, 31))
    assert (str(year.plus(1)), str(year.plus(-1)), year < year.plus(1)) == ("2027/2028", "2025/2026", True)


@pytest.mark.parametrize("text", ["2026/2028", "2026", "2026-2027", "2026/2027 ", "", "abcd/efgh"])
def test_what_is_no_academic_year_is_refused(text):
    with pytest.raises(ValueError, match=f"^{text}$"):
        AcademicYear.read(text)
