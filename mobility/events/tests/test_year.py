"""The calendar beside places and trips; figures by year, kind, faculty, country; what a dean's office counts."""

from datetime import date

import pytest
from django.urls import reverse

from mobility.events import calendar, figures
from mobility.people.models import RoleKind
from mobility.people.tests.factories import RoleFactory, StudentFactory
from mobility.staff.tests.factories import ActivityFactory
from mobility.students.tests.factories import OfferFactory
from mobility.web.charts import Pair
from mobility.web.tests.queries import assert_same_at_1_and_3

from .factories import AT, EventFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db


def person(kind, **also):
    return RoleFactory(kind=kind, **also).person


@pytest.fixture
def officer():
    return person(RoleKind.IR_OFFICER)


def test_events_places_and_trips_stand_side_by_side(officer):
    event, trip = EventFactory(), ActivityFactory(state="approved")
    EventFactory(state="cancelled")
    place = OfferFactory(state="confirmed", answered_at=AT, answered_by=officer).destination
    year = place.starts.year
    found = calendar.of_year(officer, 2027)
    assert {(entry.kind, entry.url) for entry in found if entry.starts.year == 2027} >= {
        ("events", event.get_absolute_url()), ("trips", trip.get_absolute_url()),
    }  # fmt: skip
    assert [entry.note[-9:] for entry in calendar.of_year(officer, year, kind="places")] == ["1 student"]
    assert [entry.kind for entry in calendar.of_year(officer, 2027, kind="events")] == ["events"]


def test_of_a_year_that_is_too_long_its_beginning_is_shown(officer, monkeypatch):
    monkeypatch.setattr(calendar, "MOST", 1)
    days = [date(2027, month, 1) for month in (9, 2, 5)]
    for starts in days:
        ActivityFactory(state="approved", starts=starts, ends=starts)
        EventFactory(starts=starts, ends=starts)
    found = [(entry.kind, entry.starts.month) for entry in calendar.of_year(officer, 2027)]
    assert sorted(found) == [("events", 2), ("events", 5), ("trips", 2), ("trips", 5)]


def test_a_dean_s_office_sees_places_of_its_own_students(officer):
    offer = OfferFactory(state="confirmed", answered_at=AT, answered_by=officer)
    year = offer.destination.starts.year
    own = person(RoleKind.DEANS_OFFICE, faculty=offer.application.faculty)
    assert len(calendar.of_year(own, year, kind="places")) == 1
    assert calendar.of_year(person(RoleKind.DEANS_OFFICE), year, kind="places") == []


def test_figures_count_students_and_events(officer):
    student = StudentFactory()
    faculty = student.student.faculty
    first = TeamMemberFactory(person=student, state="confirmed", event__state="closed").event
    TeamMemberFactory(event=first, state="confirmed")
    TeamMemberFactory(state="confirmed", event__state="confirmed")
    TeamMemberFactory(state="declined", event__state="closed")
    whole = figures.counted(officer)
    assert figures.by_year(whole) == [Pair("2027", 2, 1)]
    assert figures.by_country(whole) == [Pair("Poland", 2, 1)]
    assert [pair for pair in figures.by_kind(whole) if pair.first] == [Pair("Scientific", 2, 1)]
    own = figures.counted(person(RoleKind.DEANS_OFFICE, faculty=faculty))
    assert figures.by_faculty(own) == [Pair(faculty.name_en, 1, 1)]


def test_the_calendar_asks_as_much_for_1_event_as_for_3(client, officer):
    client.force_login(officer)
    address = reverse("event-calendar") + "?year=2099"
    days = {"starts": date(2099, 3, 1), "ends": date(2099, 3, 5)}
    assert_same_at_1_and_3(lambda: client.get(address), add=lambda: EventFactory(**days))
