import logging
from importlib import import_module

import pytest
from django.conf import settings
from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.db import OperationalError
from django.http import HttpResponse
from django.test import Client
from django.urls import path, reverse
from django.utils import translation

from mobility.web.errors import WORDS

from .test_middleware import STRICT, policy

# This module is a URLconf: the site's, with doors that fail, and with the site's own pages of errors.
SITE = import_module(settings.ROOT_URLCONF)
handler400, handler403, handler404, handler500 = SITE.handler400, SITE.handler403, SITE.handler404, SITE.handler500


def failing(error):
    def view(request):
        raise error

    view.login_required = False
    return view


def empty(request, status):
    return HttpResponse(status=status)


empty.login_required = False

urlpatterns = [
    *SITE.urlpatterns,
    path("suspicious/", failing(SuspiciousOperation("no"))),
    path("too-big/", failing(RequestDataTooBig("no"))),
    path("denied/", failing(PermissionDenied("no"))),
    path("broken/", failing(ValueError("mean mark 9.87"))),
    path("away/", failing(OperationalError("no connection"))),
    path("empty/<int:status>/", empty),
]


@pytest.fixture
def visitor(settings):
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/suspicious/", 400),
        ("/too-big/", 413),
        ("/denied/", 403),
        ("/no-such-page/", 404),
        ("/empty/405/", 405),
        ("/empty/429/", 429),
        ("/broken/", 500),
        ("/away/", 503),
    ],
)
@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_every_error_is_a_page_in_words(visitor, address, status, language):
    response = visitor.get(address, headers={"Accept-Language": language})
    with translation.override(language):
        title, text = str(WORDS[status].title), str(WORDS[status].text)
    body = response.content.decode()
    assert response.status_code == status
    assert f"<h1>{title}</h1>" in body
    assert text in body.replace("&#x27;", "'")
    assert f'<html lang="{language}">' in body
    assert response["X-Request-ID"] in body
    assert policy(response) == STRICT


def test_the_words_differ_by_language():
    """Without this the test above would pass on a site that speaks English alone."""
    titles = set()
    for language in ("en", "ru", "be"):
        with translation.override(language):
            titles |= {str(words.title) for words in WORDS.values()}
    assert len(titles) == 3 * len(WORDS)


def test_a_broken_site_asks_the_database_nothing(visitor, django_assert_num_queries, db):
    with django_assert_num_queries(0):
        assert visitor.get("/broken/").status_code == 500


def test_a_missing_static_file_breaks_no_page_of_an_error(visitor, settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "mobility.web.static_files.StaticFiles"}}
    answer = visitor.get("/broken/")
    assert (answer.status_code, "Something broke on our side" in answer.text) == (500, True)


def test_a_database_that_is_away_says_when_to_come_back(visitor):
    assert visitor.get("/away/")["Retry-After"] == "10"


def test_a_wrong_method_still_says_which_are_right(visitor):
    response = visitor.delete(reverse("help"))
    assert (response.status_code, response["Allow"]) == (405, "GET, HEAD")
    assert "<h1>This address is for a button</h1>" in response.content.decode()


def test_a_forged_form_is_refused_in_words(visitor):
    strict = Client(enforce_csrf_checks=True)
    response = strict.post(reverse("appearance"), {"appearance": "dark"})
    assert response.status_code == 403
    assert "<h1>This form is out of date</h1>" in response.content.decode()
    assert policy(response) == STRICT


def test_the_log_of_a_broken_page_holds_no_marks(visitor, caplog):
    from mobility.web.logs import JsonFormatter

    with caplog.at_level(logging.INFO):
        visitor.get("/broken/?name=Kavaliova")
    lines = [JsonFormatter().format(record) for record in caplog.records]
    assert any('"exception": "ValueError"' in line for line in lines)
    assert [line for line in lines if "9.87" in line or "Kavaliova" in line] == []
