import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from mobility.web.signals import language_chosen


@pytest.fixture
def person(db):
    return get_user_model().objects.create(email="hanna@example.org", family_name="Kavaliova", given_name="Hanna")


def test_the_browser_s_language_is_spoken_first_then_the_chosen_one(client):
    assert '<html lang="be">' in client.get(reverse("help"), headers={"Accept-Language": "be"}).content.decode()
    response = client.post(reverse("language"), {"language": "ru", "next": "/help/?a=1"})
    assert response["Location"] == "/help/?a=1"
    assert '<html lang="ru">' in client.get(reverse("help"), headers={"Accept-Language": "be"}).content.decode()


@pytest.mark.parametrize("address", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_a_choice_leads_nowhere_else(client, address):
    assert client.post(reverse("language"), {"language": "ru", "next": address})["Location"] == "/"


@pytest.mark.parametrize("language", ["", "de", "xx"])
def test_a_language_that_is_not_spoken_is_refused(client, settings, language):
    response = client.post(reverse("language"), {"language": language})
    assert (response.status_code, settings.LANGUAGE_COOKIE_NAME in response.cookies) == (400, False)


def test_rooms_hear_what_a_person_chose(client, person):
    heard = []

    def hear(sender, user, language, **kwargs):
        heard.append((user, language))

    language_chosen.connect(hear)
    client.post(reverse("language"), {"language": "ru"})
    client.force_login(person)
    client.post(reverse("language"), {"language": "be"})
    language_chosen.disconnect(hear)
    assert heard == [(person, "be")]


def test_light_or_dark_is_kept(client):
    assert "data-bs-theme" not in client.get(reverse("help")).content.decode()
    client.post(reverse("appearance"), {"appearance": "dark"})
    assert 'data-bs-theme="dark"' in client.get(reverse("help")).content.decode()
    client.post(reverse("appearance"), {"appearance": '"><script>'})
    assert "data-bs-theme" not in client.get(reverse("help")).content.decode()


def test_only_light_and_dark_become_a_cookie(client):
    assert client.post(reverse("appearance"), {"appearance": "цёмна"}).cookies["appearance"].value == ""


@pytest.mark.parametrize("name", ["help", "accessibility", "personal-data"])
def test_the_frame_asks_the_database_nothing(client, name, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse(name)).status_code == 200


def test_the_gallery_shows_every_piece(client, person):
    client.force_login(person)
    shown = {template.name for template in client.get(reverse("gallery")).templates if template.name}
    from django.conf import settings

    pieces = {f"_ui/{path.name}" for path in (settings.ROOT / "templates/_ui").iterdir()}
    assert pieces - shown == set()
