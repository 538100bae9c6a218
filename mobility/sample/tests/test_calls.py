from datetime import date, datetime, time

import pytest
from django.db.models import Sum
from django.utils import timezone

from mobility.calls.models import Call, Destination, Quota
from mobility.calls.phases import Phase, phase
from mobility.people.tests.factories import UserFactory
from mobility.sample import agreements, calls, partners, university
from mobility.sample.people import DOMAIN

TODAY = date(2026, 11, 23)

pytestmark = pytest.mark.django_db


def sample(day=TODAY):
    UserFactory(email=calls.OWNER)
    UserFactory(email=f"{agreements.OWNER}@{DOMAIN}")
    at = timezone.make_aware(datetime.combine(day, time(9)))
    university.found()
    partners.found()
    agreements.found(day=day, at=at)
    return *calls.calls(day=day), at


@pytest.mark.parametrize("day", [TODAY, date(2027, 1, 4), date(2027, 3, 1), date(2027, 5, 3), date(2027, 8, 2)])
def test_on_any_day_last_year_s_waits_for_its_results_and_this_year_s_is_being_verified(day):
    last, this, at = sample(day)
    assert [phase(call, at) for call in (last, this)] == [Phase.RESULTS, Phase.VERIFICATION]
    assert this.previous == last
    assert all(place.starts > this.answers_by.date() for place in this.destinations.all())


def test_fifty_places_at_twelve_universities():
    _last, this, _at = sample()
    assert (this.code, this.academic_year) == ("PT27", "2026/2027")
    assert Destination.objects.filter(call=this).count() == 12
    by_faculty = Quota.objects.filter(destination__call=this).order_by().values_list("faculty__code")
    assert dict(by_faculty.annotate(n=Sum("seats"))) == {
        "general": 20, "pediatrics": 9, "dentistry": 7, "preventive": 8, "pharmacy": 3, "international": 3,
    }  # fmt: skip
    assert this.quota_approvals.get().number == "24-27"


def test_every_row_is_one_that_a_form_would_take():
    sample()
    for row in [*Call.objects.all(), *Destination.objects.all(), *Quota.objects.all()]:
        row.full_clean()
