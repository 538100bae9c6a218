from datetime import UTC, date, datetime

import pytest
from django.db.models import Count, Sum

from mobility.people.academic_years import AcademicYear
from mobility.people.tests.factories import UserFactory
from mobility.sample import agreements, partners
from partners.models import Agreement, Condition, ConfirmedSeats, Party

TODAY = date(2026, 11, 23)
YEAR = AcademicYear(2026)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def season():
    UserFactory(email=f"{agreements.OWNER}@{agreements.DOMAIN}")
    partners.found()
    agreements.found(day=TODAY, at=datetime(2026, 11, 23, 6, tzinfo=UTC))


def seats(direction):
    """Of practical training in this academic year, by partner's code."""
    found = Condition.objects.of_year(YEAR).filter(kind="practical-training", direction=direction)
    return dict(found.with_seats_of(YEAR).order_by().values_list("partner__code").annotate(n=Sum("counted")))


def test_fifty_go_and_thirty_come_as_the_season_says():
    assert seats("outgoing") == {
        "sechenov": 8, "yevdokimov": 6, "mechnikov": 6, "kirov": 4, "samara": 5, "omsk": 4,
        "asfendiyarov": 4, "tashkent": 5, "turkmen": 2, "nagasaki": 1, "fukushima": 2, "henan": 3,
    }  # fmt: skip
    assert sum(seats("outgoing").values()) == 50
    assert seats("incoming") == {
        "sechenov": 10, "mechnikov": 8, "yevdokimov": 5, "tashkent": 3, "nagasaki": 2, "fukushima": 2,
    }  # fmt: skip


def test_every_state_is_there():
    states = Agreement.objects.with_state(TODAY).order_by().values_list("state").annotate(n=Count("pk"))
    assert dict(states) == {"draft": 1, "in-force": 12, "expiring": 2, "expired": 1, "terminated": 1}
    for days, count in ((180, 2), (90, 2), (30, 1)):
        assert Agreement.objects.expiring_within(days, of=TODAY).count() == count


def test_one_agreement_is_multilateral_and_one_signed_under_a_former_name():
    assert Agreement.objects.annotate(n=Count("parties")).filter(n__gt=1).get().parties.count() == 3
    assert Party.objects.get(institution__code="yevdokimov").signed_as.startswith("Московский государственный медико")


def test_one_partner_was_late_last_year_and_one_cut_this_year():
    last_year = ConfirmedSeats.objects.filter(academic_year="2025/2026", condition__partner__code="fukushima")
    this_year = ConfirmedSeats.objects.filter(academic_year="2026/2027", condition__partner__code="mechnikov")
    assert list(last_year.order_by("id").values_list("seats", flat=True)) == [1, 2]
    assert list(this_year.order_by("id").values_list("seats", flat=True)) == [7, 6]


def test_every_row_is_one_that_a_form_would_take():
    for row in [
        *Agreement.objects.all(),
        *Party.objects.all(),
        *Condition.objects.all(),
        *ConfirmedSeats.objects.all(),
    ]:
        row.full_clean()
