"""Looks at every page of the access matrix in Chromium, and at every form after it was sent without data."""

import pytest
from django.contrib import admin
from django.urls import reverse
from django.utils import translation

from mobility.web.tests.browser import ENGLISH, EVERY_WAY, GRAVE

from .access import TABLE
from .access.words import ADMINISTRATOR, ANONYMOUS, WHO, Place

SEND = "main form:not(.languages) button:is([type=submit], :not([type]))"


def who_sees(name: str, method: str) -> str | None:
    """Somebody signed in, before anonymous: their page says more."""
    may = [who for who in (*WHO[1:], ANONYMOUS) if TABLE[name].expected(method, who, own=True) == 200]
    return may[0] if may and TABLE[name].is_looked_at else None


PAGES = [name for name in sorted(TABLE) if who_sees(name, "get")]
FORMS = [name for name in PAGES if TABLE[name].is_sent_as_it_stands and who_sees(name, "get") == who_sees(name, "post")]


@pytest.fixture
def look_at(look, arrive, faculties):
    """look_at(name) → every way, or with `send` what comes back when the form is sent as it stands."""

    def visit(name, *, send=False):
        me, client = arrive(who_sees(name, "get"))
        page = TABLE[name]
        with translation.override("en"):
            path = reverse(name, kwargs=page.at(Place(me, faculties[0])) if page.at else None)
        if send:
            look(path, session=client.session, name=f"{name}-sent", ways=ENGLISH, act=send_form)
        else:
            look(path, session=client.session, name=name, ways=EVERY_WAY)

    return visit


def send_form(page) -> None:
    button = page.locator(SEND).first
    if button.count():
        button.click()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_looks_good(name, look_at):
    look_at(name)


@pytest.mark.parametrize("name", FORMS)
def test_a_form_sent_without_data_looks_good(name, look_at):
    look_at(name, send=True)


@pytest.mark.parametrize("model", sorted(admin.site._registry, key=lambda model: model._meta.label), ids=str)
def test_the_lists_of_the_admin_have_no_grave_fault(model, look, arrive):
    _me, client = arrive(ADMINISTRATOR)
    path = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    look(path, session=client.session, name=f"admin-{model._meta.model_name}", ways=ENGLISH, impacts=GRAVE)


def test_the_index_of_the_admin_has_no_grave_fault(look, arrive):
    _me, client = arrive(ADMINISTRATOR)
    look(reverse("admin:index"), session=client.session, name="admin", impacts=GRAVE)
