import io
import os
import subprocess
import sys

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


LOADED = """
import sys, mobility.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(sorted({"openpyxl", "pypdf", "pypdfium2", "docx", "typst"} & sys.modules.keys()))
"""


def test_what_reads_and_writes_files_is_not_loaded_before_a_first_page():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "mobility.settings"}
    assert subprocess.check_output([sys.executable, "-c", LOADED], env=environment, text=True) == "[]\n"
