from datetime import UTC, datetime

import pytest
import time_machine
from django.http import Http404
from django.test import RequestFactory

from mobility.web.asked import asked_year

NEW_YEAR = datetime(2026, 12, 31, 21, 30, tzinfo=UTC)  # half past midnight in Minsk


@time_machine.travel(NEW_YEAR, tick=False)
def test_the_present_year_is_that_of_our_clock():
    assert asked_year(RequestFactory().get("/")) == 2027


@pytest.mark.parametrize(("asked", "year"), [("1990", 1990), ("2100", 2100)])
def test_a_year_is_taken_from_the_address(asked, year):
    assert asked_year(RequestFactory().get("/", {"year": asked})) == year


@pytest.mark.parametrize("asked", ["1989", "2101", "-1", "two", "²"])
def test_what_is_no_year_of_ours_is_nowhere(asked):
    with pytest.raises(Http404):
        asked_year(RequestFactory().get("/", {"year": asked}))
