"""What awaits each of students' events: on the start page, with the list or the event that it leads to."""

from datetime import date

import pytest

from mobility.events.tests.factories import EventFactory, SubstitutionFactory, TeamMemberFactory
from mobility.people.models import RoleKind
from mobility.people.tests.factories import FacultyFactory, UserFactory

from .test_awaiting import awaits, person

pytestmark = pytest.mark.django_db
LAST_WEEK = date(2026, 11, 20)


def test_a_dean_s_office_names_the_team_of_an_event_that_has_none():
    office = person(RoleKind.DEANS_OFFICE, faculty=FacultyFactory())
    EventFactory()
    EventFactory(wishes_until=LAST_WEEK)
    EventFactory(wishes_until=date(2026, 12, 20))
    EventFactory(state="named")
    assert awaits(office) == [("2 events have no team yet", "todo", "/events/faculty/?state=announced")]


def test_silence_is_shown_to_the_offices_of_the_silent():
    faculty = FacultyFactory()
    office, other = (person(RoleKind.DEANS_OFFICE, faculty=one) for one in (faculty, FacultyFactory()))
    TeamMemberFactory.create_batch(2, event=EventFactory(state="named"), faculty=faculty, answer_by=LAST_WEEK)
    TeamMemberFactory(event__state="named", faculty=faculty, answer_by=date(2026, 11, 23))
    told = "1 event's students have not answered in time"
    assert awaits(office) == [(told, "problem", "/events/faculty/?state=silent")]
    assert awaits(person(RoleKind.IR_OFFICER)) == [(told, "problem", "/events/board/?state=silent")]
    assert awaits(other) == []


def test_the_list_behind_it_shows_the_same(client):
    faculty = FacultyFactory()
    silent = TeamMemberFactory(event__state="named", faculty=faculty, answer_by=LAST_WEEK)
    TeamMemberFactory(event__state="named", answer_by=LAST_WEEK)
    client.force_login(person(RoleKind.DEANS_OFFICE, faculty=faculty))
    shown = client.get("/events/faculty/?state=silent")
    assert [int(row["pk"]) for row in shown.context["list"].rows] == [silent.event_id]


def test_a_substitution_awaits_the_rector_once_its_stand_in_is_ready_and_then_the_order():
    rector, officer = person(RoleKind.RECTOR), person(RoleKind.IR_OFFICER)
    one = SubstitutionFactory(comes=TeamMemberFactory(state="stand-in"))
    assert awaits(rector) == []
    comes = one.comes
    type(comes).objects.filter(pk=comes.pk).update(state="ready", answered_by=comes.person, answered_at=comes.since)
    task = ("1 event's substitution waits for you", "todo", "/events/board/?state=substituted")
    assert (awaits(rector), awaits(officer)) == ([task], [])
    type(one).objects.update(state="decided")
    assert (awaits(rector), awaits(officer)) == ([], [task])


@pytest.mark.parametrize(("due", "state"), [(date(2026, 11, 20), "problem"), (date(2026, 11, 24), "todo")])
def test_whoever_was_there_writes_the_report(due, state):
    teacher = person(RoleKind.TEACHING_STAFF)
    event = EventFactory(
        state="report-due", starts=date(2026, 11, 2), ends=date(2026, 11, 6), report_due=due, chaperone=teacher
    )
    student = TeamMemberFactory(
        event=event, state="confirmed", person=person(RoleKind.STUDENT), faculty=FacultyFactory()
    )
    TeamMemberFactory(event=event, state="declined", person=person(RoleKind.STUDENT), faculty=FacultyFactory())
    task = (f"Write the report: {event.title}", state, event.get_absolute_url())
    assert (awaits(teacher), awaits(student.person), awaits(UserFactory())) == ([task], [task], [])
