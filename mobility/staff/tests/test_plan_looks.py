"""Looks at the annual plan with people in it; the bare pages are looked at with the access matrix."""

import pytest
from django.test import Client
from django.urls import reverse

from mobility.people.tests.factories import DepartmentFactory, RoleFactory, StaffProfileFactory
from partners.tests.factories import InstitutionFactory

from .factories import ActivityFactory, AnnualPlanFactory, PlanLineFactory, PlanPlaceFactory

pytestmark = pytest.mark.django_db


def enter(kind: str, **place) -> Client:
    client = Client()
    client.me = RoleFactory(kind=kind, **place).person
    client.force_login(client.me)
    return client


@pytest.fixture
def surgery():
    return DepartmentFactory(
        name_en="Department of Surgery and Transplantology",
        name_ru="Кафедра хирургии и трансплантологии",
        name_be="Кафедра хірургіі і трансплантацыі",
    )


def filled(state: str, surgery, *states: str):
    plan = AnnualPlanFactory(year=2027, state=state)
    host = InstitutionFactory(named="National Institute of Surgery")
    place = PlanPlaceFactory(plan=plan, partner=host, elsewhere="", programme="Эндоскопическая хирургия", seats=3)
    PlanPlaceFactory(plan=plan, form="advanced-training", programme="A programme that nobody wants yet")
    for position, line_state in enumerate(states, start=1):
        person = StaffProfileFactory(department=surgery, person__given_name="Константин").person
        PlanLineFactory(place=place, department=surgery, position=position, state=line_state, person=person)
    return plan


def test_the_open_plan_of_an_officer_and_of_a_head(look, surgery):
    plan = filled("open", surgery, "included", "left-out", "proposed", "proposed")
    officer, head = enter("ir-officer"), enter("head-of-department", department=surgery)
    look(plan.get_absolute_url(), session=officer.session, name="plan-open-officer")
    look(plan.get_absolute_url(), session=head.session, name="plan-open-head")
    place = plan.places.order_by("pk").first()
    look(reverse("plan-choose", args=[2027, place.pk]), session=officer.session, name="plan-choose-filled")
    look(reverse("plan-propose", args=[2027, place.pk]), session=head.session, name="plan-propose-filled")


def test_the_approved_plan_against_fact(look, surgery):
    plan = filled("approved", surgery, "approved", "approved", "approved", "carried")
    first, second = plan.places.order_by("pk").first().lines.order_by("position")[:2]
    for line, state in ((first, "accepted"), (second, "cancelled")):
        line.activity = ActivityFactory(state=state)
        line.save()
    officer = enter("ir-officer")
    look(plan.get_absolute_url(), session=officer.session, name="plan-approved-officer")
    look(reverse("plan-fact", args=[2027]), session=officer.session, name="plan-fact-filled")
    look(reverse("plan-fact", args=[2027]) + "?by=month", session=officer.session, name="plan-fact-month")
    look(reverse("plan-list"), session=officer.session, name="plan-list-filled")


def test_ones_own_line(look, surgery):
    plan = filled("approved", surgery, "approved", "approved")
    teacher = enter("teaching-staff")
    PlanLineFactory(place=plan.places.first(), department=surgery, position=9, person=teacher.me, state="approved")
    look(plan.get_absolute_url(), session=teacher.session, name="plan-own-line")
    look(reverse("plan-list"), session=teacher.session, name="plan-list-own-line")
