"""What the roster says after an application was sent comes into it by a decision of the office."""

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError

from mobility.journal.models import Event
from mobility.people.models import StudentProfile
from mobility.people.tests.factories import FacultyFactory, MarkFactory, RoleFactory, ScaleFactory
from mobility.post.models import Letter
from mobility.students.models import Application
from mobility.students.tests.factories import ApplicationFactory
from selection.actions.records import take_record_over
from selection.records import compared

from .factories import READ, ConflictFactory, StandingFactory

pytestmark = pytest.mark.django_db
RECORD = {
    "specialty": "General Medicine", "course_year": 5, "group": "2517", "citizenship": "BY", "funding": "budget",
    "study_language": "ru", "mean_mark": 850, "marks_counted": 9, "marks_unmapped": 0, "debts": 0,
}  # fmt: skip


@pytest.fixture
def application():
    """What it took from the roster is what the roster says."""
    found = ApplicationFactory(submitted=True, student__language="en")
    roster(found, **RECORD)
    return found


def roster(application, **values):
    StudentProfile.objects.filter(person=application.student).update(**values)


def take(application, *, by=None, at=READ):
    by = by or RoleFactory(kind="deans-office", faculty=application.faculty).person
    return take_record_over(application=application, reason="An exam that was marked late", by=by, at=at)


def changed():
    return list(Application.objects.whose_roster_changed(READ.date()))


def test_the_office_takes_a_later_mark_over_and_the_student_reads_it(application):
    roster(application, mean_mark=912, marks_counted=10)
    found = compared(application, at=READ)
    assert found == ([("Mean mark", "8.50", "9.12"), ("marks counted", "9", "10")], False)
    by = RoleFactory(kind="deans-office", faculty=application.faculty).person
    taken = take(application, by=by)
    assert (taken.mean_mark, taken.marks_counted, taken.record_at) == (912, 10, READ)
    assert taken.parts["academic"] == 4120
    event = Event.objects.get(event="record-refreshed", object=str(application.pk))
    assert (event.actor, event.reason) == (by.pk, "An exam that was marked late")
    letter = Letter.objects.get()
    assert (letter.recipient, application.number in letter.subject) == (application.student.email, True)
    assert "Mean mark: 8.50 → 9.12" in letter.text
    assert "An exam that was marked late" in letter.text


def test_a_second_press_changes_and_writes_nothing(application):
    roster(application, debts=1)
    take(application)
    with pytest.raises(ValidationError) as refused:
        take(application)
    assert (refused.value.code, Letter.objects.count()) == ("same", 1)


def test_a_transfer_does_not_move_an_application(application):
    roster(application, faculty=FacultyFactory())
    assert compared(application, at=READ).has_moved
    with pytest.raises(ValidationError) as refused:
        take(application)
    assert refused.value.code == "moved"


def test_the_doors_are_those_of_a_verdict(application):
    roster(application, debts=1)
    by = ConflictFactory(application=application).person
    refusals = []
    for who, at in ((None, application.call.deadline - timedelta(seconds=1)), (by, READ)):
        with pytest.raises(ValidationError) as refused:
            take(application, by=who, at=at)
        refusals.append(refused.value.code)
    StandingFactory(call=application.call, faculty=application.faculty)
    with pytest.raises(ValidationError) as refused:
        take(application)
    assert [*refusals, refused.value.code] == ["too-early", "conflict", "locked"]


@pytest.mark.parametrize(
    "values",
    [
        *({name: "7"} for name in ("specialty", "group", "course_year", "mean_mark", "marks_counted", "debts")),
        {"mean_mark": None, "marks_unmapped": 1},
    ],
)
def test_the_queue_finds_whose_roster_changed(application, values):
    assert changed() == []
    roster(application, **values)
    assert changed() == [application]


def test_leave_and_sanctions_change_a_record_too(application):
    student = application.student
    leave = student.leaves.create(starts=READ.date(), ends=READ.date())
    assert changed() == [application]
    leave.delete()
    student.sanctions.create(what="A reprimand", starts=READ.date())
    assert changed() == [application]


def test_other_scales_are_not_compared_by_the_university_s_tables(application):
    MarkFactory(person=application.student, scale=ScaleFactory(code="5"), value=450)
    roster(application, mean_mark=912)
    assert changed() == []


def test_the_page_shows_both_and_takes_over(client, application):
    desk = f"/selection/{application.call.code}/{application.faculty.code}"
    address = f"{desk}/verify/{application.number}/"
    with time_machine.travel(READ, tick=False):
        client.force_login(RoleFactory(kind="deans-office", faculty=application.faculty).person)
        assert f"{address}roster/" in client.get(address).content.decode()
        assert "The roster says the same" in client.get(f"{address}roster/").content.decode()
        roster(application, mean_mark=912)
        page = client.get(f"{address}roster/").content.decode()
        assert "Mean mark: <del>8.50</del> → <ins>9.12</ins>" in page
        queue = client.get(f"{desk}/queue/?changed=on").context["list"]
        assert [row["number"] for row in queue.rows] == [application.number]
        assert client.post(f"{address}roster/", {"reason": ""}).context["form"].errors.keys() == {"reason"}
        assert client.post(f"{address}roster/", {"reason": "A late mark"}).url == address
    application.refresh_from_db()
    assert application.mean_mark == 912


def test_another_faculty_s_office_finds_no_such_page(client, application):
    client.force_login(RoleFactory(kind="deans-office", faculty=FacultyFactory()).person)
    address = f"/selection/{application.call.code}/{application.faculty.code}/verify/{application.number}/roster/"
    assert (client.get(address).status_code, client.post(address, {"reason": "x"}).status_code) == (404, 404)
