import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from .browser import ENGLISH, EVERY_WAY, GRAVE, Way

PHONE = Way("en", 390)


@pytest.fixture
def person(db):
    return get_user_model().objects.create(email="hanna@example.org", family_name="Kavaliova", given_name="Hanna")


def test_every_piece_looks_good(look, person):
    look(reverse("gallery"), by=person, name="pieces", ways=(*EVERY_WAY, Way("ru", 320)))


@pytest.mark.parametrize("name", ["help", "accessibility", "personal-data"])
def test_the_texts_of_the_foot_look_good(look, name):
    look(reverse(name), name=name)


def test_the_page_of_an_error_looks_good(look):
    look("/no-such-page/", name="404", status=404)


def test_the_menu_opens_without_a_script(look, person):
    look(
        reverse("help"), by=person, name="menu", ways=(PHONE,), act=lambda page: page.locator("summary:visible").click()
    )


def test_what_axe_finds_fails(look, person):
    def spoil(page):
        page.evaluate("document.querySelector('h1').insertAdjacentHTML('afterend', '<img src=\"data:,\">')")

    with pytest.raises(AssertionError, match="image-alt"):
        look(reverse("help"), ways=(PHONE,), act=spoil)


def test_what_reaches_over_the_side_fails(look):
    def spoil(page):
        page.evaluate("document.querySelector('h1').append('W'.repeat(9).concat('\\u00a0').repeat(20))")
        page.evaluate("document.querySelector('h1').classList.add('nowrap')")

    with pytest.raises(AssertionError, match="reaches over the side"):
        look(reverse("help"), ways=(PHONE,), act=spoil)


def test_an_inline_style_fails(look):
    def spoil(page):
        page.evaluate("document.querySelector('h1').setAttribute('style', 'color: red')")

    with pytest.raises(AssertionError, match="Content Security Policy"):
        look(reverse("help"), ways=ENGLISH[:1], act=spoil)


def test_the_door_of_the_admin_looks_good(look):
    look("/admin/login/", name="admin", impacts=GRAVE, ways=ENGLISH)
