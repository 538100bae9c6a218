from datetime import UTC, date, datetime

import pytest
from django.db.models import Count, Sum

from mobility.people.models import Absence
from mobility.sample import partners, people, plans, records, rows, university
from mobility.staff.models import Activity, AnnualPlan, PlanLine
from mobility.staff.tests.factories import ActivityFactory

TODAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 6, tzinfo=UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff():
    """The university and its employees, without students."""
    plan = university.read_university()
    university.found()
    partners.found()
    everybody = people.staff(
        people.Register(1),
        officials=plan["officials"],
        faculties=plan["faculties"],
        departments=university.read_table("departments.csv"),
    )
    rows.write(everybody, day=TODAY, at=AT, archive=records.Archive(1, TODAY))


def facts(year: int) -> dict[tuple[str, str], int]:
    found = PlanLine.objects.filter(place__plan__year=year).with_fact().order_by()
    return {(state, fact): n for state, fact, n in found.values_list("state", "fact").annotate(n=Count("pk"))}


def test_a_finished_a_running_and_a_coming_plan(staff):
    plans.found(seed=1, day=TODAY, at=AT)
    states = AnnualPlan.objects.order_by("year").values_list("year", "state", "document__number")
    assert list(states) == [(2025, "approved", "25-12/1"), (2026, "approved", "26-12/1"), (2027, "open", None)]
    seats = AnnualPlan.objects.values_list("year", "places__form").annotate(n=Sum("places__seats")).order_by("year")
    assert {(year, form): n for year, form, n in seats} == {
        (year, form): n for year in (2025, 2026, 2027) for form, n in (("advanced-training", 30), ("internship", 25))
    }
    assert facts(2025) == {("approved", "done"): 46, ("carried", "fell-through"): 3, ("carried", "not-begun"): 6}
    assert facts(2026) == {
        ("approved", "done"): 41,
        ("approved", "fell-through"): 3,
        ("approved", "not-begun"): 11,
    }
    assert set(facts(2027)) == {("included", "not-begun"), ("left-out", "not-begun"), ("proposed", "not-begun")}
    assert PlanLine.objects.filter(place__plan__year=2026, carried_from__place__plan__year=2025).count() == 9


def test_nobody_is_in_two_places(staff):
    plans.found(seed=1, day=TODAY, at=AT)
    assert Absence.objects.count() == Activity.objects.filter(state="accepted").count() == 87
    twice = PlanLine.objects.values("person", "place__plan").annotate(n=Count("pk")).filter(n__gt=1)
    assert list(twice) == []


def test_what_took_place_already_becomes_a_line(staff):
    went = ActivityFactory(
        form="internship",
        state="accepted",
        partner=None,
        elsewhere="Medizinische Universität Wien",
        starts=date(2025, 12, 1),
        ends=date(2025, 12, 5),
    )
    trained = ActivityFactory(
        form="advanced-training",
        state="accepted",
        elsewhere="Medizinische Universität Wien",
        starts=date(2025, 12, 1),
        ends=date(2025, 12, 5),
    )
    plans.found(seed=1, day=TODAY, at=AT)
    trained.refresh_from_db()
    assert (trained.plan_line.person, trained.plan_line.state) == (trained.person, "approved")
    assert not PlanLine.objects.filter(activity=went).exists()
