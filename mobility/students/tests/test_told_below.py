from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser

from mobility.calls import above
from mobility.calls.actions import calls
from mobility.calls.tests.factories import CallFactory, DestinationFactory
from mobility.people.tests.factories import FacultyFactory, RoleFactory, UserFactory
from mobility.students.tests.factories import ApplicationFactory

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
DAY = timedelta(days=1)
BEGIN = "/applications/new/PT27/"
OWN = "/applications/PT27-0001/"


@pytest.fixture
def student():
    return RoleFactory(kind="student").person


def a_call(opened, **also):
    return CallFactory(code="PT27", opens_at=NOW - opened * DAY, **also)


def ways(call, user):
    return [(way.label, way.url, way.is_main) for way in above.ways(call, user, at=NOW)]


def test_whoever_is_outside_comes_to_the_application_by_the_door():
    told = [("Sign in and apply", "/account/sign-in/?next=%2Fapplications%2Fnew%2FPT27%2F", True)]
    assert ways(a_call(1), AnonymousUser()) == told


@pytest.mark.parametrize("opened", [-1, 21])
def test_a_closed_call_sends_nobody_outside_anywhere(opened):
    assert ways(a_call(opened), AnonymousUser()) == []


@pytest.mark.parametrize(
    ("opened", "expected"),
    [
        (-1, [("See what is open to you", BEGIN, False)]),
        (0, [("Start your application", BEGIN, True)]),
        (20, [("Start your application", BEGIN, True)]),
        (21, []),
    ],
)
def test_a_student_begins_while_the_call_is_open(student, opened, expected):
    assert ways(a_call(opened), student) == expected


def test_others_do_not_apply():
    assert ways(a_call(1), RoleFactory(kind="teaching-staff").person) == []


@pytest.mark.parametrize(("opened", "is_open"), [(-1, False), (1, True), (21, False)])
def test_a_dean_s_office_enters_what_came_on_paper_while_the_call_is_open(opened, is_open):
    way = ("Enter an application on paper", "/applications/enter/?call=PT27", False)
    assert ways(a_call(opened), RoleFactory(kind="deans-office").person) == [way] * is_open


def test_a_draft_is_never_applied_to(student):
    assert ways(a_call(1, opened_at=None, opened_by=None), student) == []


@pytest.mark.parametrize(
    ("opened", "changes", "expected"),
    [
        (1, {}, [("Continue your application", OWN, True)]),
        (1, {"state": "submitted", "submitted_at": NOW}, [("Your application", OWN, True)]),
        (1, {"state": "submitted", "submitted_at": NOW - 900 * DAY}, [("Continue your application", OWN, True)]),
        (22, {}, [("Your application", OWN, True)]),
    ],
)
def test_who_has_begun_goes_on(student, opened, changes, expected):
    ApplicationFactory(
        call=a_call(opened), student=student, faculty=FacultyFactory(), number="PT27-0001", saved_at=NOW, **changes
    )
    found = student.applications.get()
    assert ways(found.call, student) == expected


def test_the_result_comes_first_once_it_is_published(student):
    call = a_call(45, published_at=NOW, published_run=1)
    own = ApplicationFactory(call=call, student=student, faculty=FacultyFactory(), number="PT27-0001", submitted=True)
    result = ("Result and reasons", "/outcome/PT27-0001/", True)
    assert ways(call, student) == [("Your application", OWN, False), result]
    type(own).objects.update(state="withdrawn", withdrawn_at=NOW, withdrawn_by=student)
    assert ways(call, student) == [("Your application", OWN, True)]


def test_the_pages_of_the_call_show_the_way(client, student):
    call = CallFactory(code="PT27", opens_at=datetime.now(UTC) - DAY)
    place = DestinationFactory(call=call)
    client.force_login(student)
    for url in (call.get_absolute_url(), place.get_absolute_url()):
        assert f'href="{BEGIN}">Start your application<' in client.get(url).content.decode()


@pytest.mark.parametrize("opened", [-1, 0])
def test_a_call_that_is_called_off_leads_nobody_in(student, opened):
    call = a_call(opened)
    calls.call_off(call=call, reason="The host has no room.", by=student, at=NOW)
    call.refresh_from_db()
    assert ways(call, student) == []
    assert ways(call, AnonymousUser()) == []


def test_whoever_withdrew_elsewhere_is_still_told_of_this_call():
    call, withdrawn = a_call(1), {"submitted": True, "state": "withdrawn", "withdrawn_at": NOW}
    here, gone = ApplicationFactory(call=call), UserFactory()
    ApplicationFactory(call=call, withdrawn_by=gone, **withdrawn)
    ApplicationFactory(student=here.student, withdrawn_by=gone, **withdrawn)
    assert above.concerned(call) == [here.student]
