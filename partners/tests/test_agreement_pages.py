"""The pages of agreements as a browser shows them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from mobility.people.academic_years import AcademicYear
from mobility.people.tests.factories import RoleFactory
from mobility.web.tests.browser import ENGLISH

from .factories import (
    AgreementFactory,
    ConditionFactory,
    ConfirmedSeatsFactory,
    FlowFactory,
    InstitutionFactory,
    ProlongationFactory,
    ScanFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def ir():
    return RoleFactory(kind="ir-officer").person


@pytest.fixture
def agreement(ir):
    """Multilateral, expiring, with seats that were cut."""
    today = timezone.localdate()
    named = ({"ru": "Сеченовский университет", "en": "Sechenov University"}, {"ja": "長崎大学", "en": "Nagasaki"})
    partners = [InstitutionFactory(named=names) for names in named]
    dates = {"starts": "2024-01-01", "ends": today + timedelta(days=60)}
    found = AgreementFactory(
        parties=partners, owner=ir, subject="Training of students", signed_on="2023-12-01", **dates
    )
    valid = {"starts": date(2024, 1, 1), "ends": None}
    out = ConditionFactory(
        agreement=found, partner=partners[0], specialty="General Medicine", first_course_year=5, **valid
    )
    ConditionFactory(agreement=found, partner=partners[0], direction="incoming", **valid)
    ConditionFactory(
        agreement=found, partner=partners[1], kind="lecturing", language="en", language_level="B2", **valid
    )
    year = str(AcademicYear.of(today))
    ConfirmedSeatsFactory(condition=out, academic_year=year, seats=4)
    ConfirmedSeatsFactory(condition=out, academic_year=year, seats=2, note="cut")
    FlowFactory(institution=partners[0], academic_year=year, planned_people=4, planned_weeks=24)
    ScanFactory(agreement=found)
    ProlongationFactory(agreement=found)
    AgreementFactory(number="", sealed_at=None, sealed_by=None)
    AgreementFactory(starts="2020-01-01", ends="2021-12-31", signed_on="2019-12-01")
    return found


def test_the_lists_look_good(look, ir, agreement):
    look(reverse("agreement-list"), by=ir, name="agreements")
    look(reverse("agreement-expiring"), by=ir, name="agreements-expiring")
    look(reverse("agreement-coverage"), by=ir, name="agreements-coverage")
    look(reverse("agreement-parity"), by=ir, name="agreements-parity")


def test_nothing_yet_looks_good(look, ir):
    for name in ("agreement-list", "agreement-expiring", "agreement-coverage", "agreement-parity"):
        look(reverse(name), by=ir, name=f"{name}-empty", ways=ENGLISH)


def test_an_agreement_looks_good(look, ir, agreement):
    look(agreement.get_absolute_url(), by=ir, name="agreement")


def test_the_forms_look_good(look, ir, agreement):
    out = agreement.conditions.first()
    look(reverse("exchange-add", args=[agreement.pk]), by=ir, name="exchange-add")
    look(reverse("seats-confirm", args=[agreement.pk, out.pk]), by=ir, name="seats-confirm")
    look(
        reverse("agreement-new"),
        by=ir,
        name="agreement-new-wrong",
        ways=ENGLISH,
        act=lambda page: page.get_by_role("button", name="Save the draft").click(),
    )
    look(reverse("agreement-terminate", args=[agreement.pk]), by=ir, name="agreement-terminate", ways=ENGLISH)
