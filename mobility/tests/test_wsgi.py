import io

import pytest
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse
from django.utils.module_loading import import_string

application = import_string(settings.WSGI_APPLICATION)
KIND = "application/x-www-form-urlencoded; charset={}".format
CHARSETS = pytest.mark.parametrize("charset", ["base64", "utf-16", "no-such"])


def environ(charset):
    body = b"name=%D0%81"
    path = reverse("account_login") + "?next=/%D0%81/"
    sent = RequestFactory().generic("POST", path, body, KIND("utf-8")).environ
    return sent | {"CONTENT_TYPE": KIND(charset), "wsgi.input": io.BytesIO(body)}


@CHARSETS
def test_text_is_utf_8_whatever_charset_is_declared(charset):
    request = application.request_class(environ(charset))
    assert (request.POST["name"], request.GET["next"]) == ("Ё", "/Ё/")


@CHARSETS
def test_the_server_answers_whatever_charset_is_declared(charset, db):
    told = []
    application(environ(charset), lambda status, headers: told.append(status))
    assert told == ["403 Forbidden"]  # a form without its token
