import pytest
from django.urls import reverse

from mobility.people.tests.factories import FacultyFactory, RoleFactory
from mobility.students.tests.factories import ApplicationFactory
from selection.actions.readings import declare_conflict

from .factories import READ, ConflictFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(submitted=True)


def opens(client, person, application):
    client.force_login(person)
    return client.get(reverse("history", args=["students", "application", application.pk]))


def office_of(faculty):
    return RoleFactory(kind="deans-office", faculty=faculty).person


def test_an_application_s_history_says_its_acts_in_words(client, application):
    reader = office_of(application.faculty)
    declare_conflict(application=application, note="My sister.", by=office_of(application.faculty), at=READ)
    answer = opens(client, reader, application)
    assert [entry.what for entry in answer.context["entries"]][:1] == ["Conflict of interest declared"]
    page = client.get(application.get_absolute_url()).content.decode()
    assert f'href="{answer.request["PATH_INFO"]}"' in page


@pytest.mark.parametrize("kind", ["ir-officer", "rector", "administrator"])
def test_whoever_oversees_the_selection_reads_it(client, application, kind):
    assert opens(client, RoleFactory(kind=kind).person, application).status_code == 200


def test_the_applicant_another_faculty_and_who_stays_out_do_not(client, application):
    stays_out = office_of(application.faculty)
    ConflictFactory(person=stays_out, application=application)
    for person in (application.student, office_of(FacultyFactory()), stays_out):
        assert opens(client, person, application).status_code == 404
        assert "/history/" not in client.get(application.get_absolute_url()).content.decode()
