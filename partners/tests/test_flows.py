"""What rooms above tell of people."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from mobility.journal.models import Event
from mobility.people.academic_years import AcademicYear
from partners.actions import flows
from partners.actions.flows import Amount
from partners.models import Flow

from .factories import FlowFactory, HomeFactory, InstitutionFactory

pytestmark = pytest.mark.django_db
YEAR = AcademicYear(2026)
TWO = Amount(2, Decimal("0.8"))


def put(institution, **facts):
    said = {"source": "staff.activity/17", "academic_year": YEAR, "direction": "outgoing", "kind": "conference"}
    return flows.put(institution=institution, **said | facts)


def kept():
    return list(Flow.objects.values_list("institution", "planned_people", "planned_weeks", "done_people", "done_weeks"))


def test_what_is_said_last_of_a_source_is_so():
    first, second = InstitutionFactory.create_batch(2)
    put(first, planned=TWO)
    put(second, planned=TWO, done=Amount(1, Decimal("0.4")))
    put(second, planned=TWO, done=Amount(1, Decimal("0.4")))
    assert kept() == [(second.pk, 2, Decimal("0.8"), 1, Decimal("0.4"))]
    put(first, source="staff.activity/18", done=TWO)
    assert len(kept()) == 2
    operations = Event.objects.filter(model="partners.flow").order_by("id").values_list("operation", flat=True)
    assert list(operations) == ["insert", "update", "insert"]


def test_saying_nobody_takes_it_away():
    partner = InstitutionFactory()
    put(partner, planned=TWO)
    assert put(partner) is None
    put(partner, done=TWO)
    flows.withdraw(source="staff.activity/17")
    flows.withdraw(source="staff.activity/17")
    assert kept() == []


@pytest.mark.parametrize(
    ("facts", "fields"),
    [
        ({"direction": "sideways"}, {"direction"}),
        ({"kind": "holiday"}, {"kind"}),
        ({"planned": Amount(1, Decimal(-1))}, {"planned_weeks", "__all__"}),
        ({"source": ""}, {"source", "__all__"}),
    ],
)
def test_what_cannot_be_said(facts, fields):
    with pytest.raises(ValidationError) as refusal:
        put(InstitutionFactory(), **{"planned": TWO} | facts)
    assert set(refusal.value.error_dict) <= fields
    assert kept() == []


def test_our_own_university_is_no_partner():
    with pytest.raises(ValidationError) as refusal:
        put(HomeFactory(), planned=TWO)
    assert refusal.value.code == "home"


@pytest.mark.parametrize(
    ("facts", "constraint"),
    [
        ({"done_people": 0, "done_weeks": 0}, "flow_of_somebody"),
        ({"done_people": 0, "planned_people": 1}, "flow_done_weeks_are_of_people"),
        ({"planned_weeks": 3}, "flow_planned_weeks_are_of_people"),
        ({"academic_year": "2026"}, "flow_of_an_academic_year"),
        ({"source": ""}, "flow_has_a_source"),
    ],
)
def test_the_database_refuses(facts, constraint):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        FlowFactory(**facts)
    assert refusal.value.__cause__.diag.constraint_name == constraint


def test_a_source_is_counted_once():
    flow = FlowFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        FlowFactory(source=flow.source)
