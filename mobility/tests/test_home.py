from datetime import UTC, datetime
from functools import partial

import pytest
from django.urls import reverse

from mobility.people.models import RoleKind
from mobility.people.tests.factories import DeputyFactory, FacultyFactory, RoleFactory, UserFactory
from mobility.post.models import LetterState
from mobility.post.tests.factories import LetterFactory
from mobility.web.tests.queries import assert_same_at_1_and_3
from partners.tests.factories import HomeFactory, InstitutionFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
HOME = reverse("home")


def titles(response):
    return response.content.decode().partition("<h1")[2].partition(">")[2].partition("</h1>")[0]


@pytest.mark.django_db
def test_the_start_page_is_public(client):
    response = client.get(HOME)
    assert response.status_code == 200
    assert titles(response) == "Practical training and study abroad"
    assert [tab.label for tab in response.context["navigation"]] == ["Start", "Calls", "Events", "Partners"]


@pytest.mark.django_db
def test_the_start_page_shows_the_key_partners_by_name(client):
    home = HomeFactory(latitude="53.9", longitude="27.6")
    for name, is_key in (("Nagasaki", True), ("Kirov", True), ("Elsewhere", False)):
        InstitutionFactory(named={"en": name}, is_key=is_key, latitude=1, longitude=1, city_en=name)
    response = client.get(HOME)
    assert [partner["name"] for partner in response.context["partners"]] == ["Kirov", "Nagasaki"]
    marks = {mark.place.name: mark.place.count for mark in response.context["map"]["drawn"].marks}
    assert marks == {home.city_name: None, "Kirov": 1, "Nagasaki": 1}


@pytest.mark.django_db
def test_the_start_page_asks_once_however_many_partners_there_are(client):
    assert_same_at_1_and_3(
        lambda: client.get(HOME), add=partial(InstitutionFactory, is_key=True, latitude=1, longitude=1), at_most=2
    )


@pytest.mark.django_db
def test_without_partners_the_start_page_says_how_it_goes(client):
    content = client.get(HOME).content.decode()
    assert "Our key partners" not in content
    assert "How students win a place" in content


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
