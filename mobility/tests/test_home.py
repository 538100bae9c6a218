from datetime import UTC, datetime

import pytest
from django.urls import reverse

from mobility.people.models import RoleKind
from mobility.people.tests.factories import DeputyFactory, FacultyFactory, RoleFactory, UserFactory
from mobility.post.models import LetterState
from mobility.post.tests.factories import LetterFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOME = reverse("home")


def titles(response):
    return response.content.decode().partition("<h1")[2].partition(">")[2].partition("</h1>")[0]


@pytest.mark.django_db
def test_the_start_page_is_public_and_asks_the_database_nothing(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = client.get(HOME)
    assert response.status_code == 200
    assert titles(response) == "Practical training and study abroad"
    assert [tab.label for tab in response.context["navigation"]] == ["Start", "Partners"]


@pytest.mark.django_db
def test_who_has_signed_in_reads_what_awaits_them(client):
    client.force_login(RoleFactory(kind=RoleKind.STUDENT).person)
    response = client.get(HOME)
    assert titles(response) == "What awaits you"
    assert response.context["tasks"] == []
    assert "Nothing awaits you" in response.content.decode()


@pytest.mark.django_db
def test_who_has_no_role_is_told_so(client):
    client.force_login(UserFactory())
    assert "You have no role yet" in client.get(HOME).content.decode()


@pytest.mark.django_db
def test_the_page_says_in_which_roles_one_is_there(client):
    person = RoleFactory(kind=RoleKind.DEANS_OFFICE, faculty=FacultyFactory(name_en="Pediatrics")).person
    DeputyFactory(person=person)
    client.force_login(person)
    assert client.get(HOME).context["roles"] == ["Dean's office, Pediatrics", "Rector, as deputy"]


@pytest.mark.django_db
def test_the_tab_counts_what_awaits(client):
    LetterFactory.create_batch(2, state=LetterState.FAILED, failed_at=NOW)
    client.force_login(RoleFactory(kind=RoleKind.ADMINISTRATOR).person)
    tab = client.get(HOME).context["navigation"][0]
    assert (tab.label, tab.current, tab.count) == ("What awaits you", True, 1)
