from datetime import datetime

import pytest
import time_machine
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from mobility.web.asked import asked_year

NEW_YEAR = timezone.make_aware(datetime(2027, 1, 1, 0, 30))


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
