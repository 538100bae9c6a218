import io
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.http import UnreadablePostError
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


FORM = b"name=Alina&text=Not+counted."
FILE = (
    b'--cut\r\nContent-Disposition: form-data; name="name"\r\n\r\nAlina\r\n'
    b'--cut\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n%PDF-1.7\r\n--cut--\r\n'
)


@pytest.mark.parametrize(("body", "kind"), [(FORM, KIND("utf-8")), (FILE, "multipart/form-data; boundary=cut")])
def test_what_was_cut_on_its_way_is_not_taken_for_all_of_it(body, kind):
    whole = RequestFactory().generic("POST", "/", body, kind).environ
    for came in (len(body) // 2, len(body) - 1):
        with pytest.raises(UnreadablePostError):
            _ = application.request_class(whole | {"wsgi.input": io.BytesIO(body[:came])}).POST
    assert application.request_class(whole | {"wsgi.input": io.BytesIO(body)}).POST["name"] == "Alina"


LOADED = """
import sys, mobility.wsgi
from django.urls import get_resolver
get_resolver().url_patterns
print(sorted({"openpyxl", "pypdf", "pypdfium2", "docx", "typst"} & sys.modules.keys()))
"""


def test_what_reads_and_writes_files_is_not_loaded_before_a_first_page():
    environment = os.environ | {"DJANGO_SETTINGS_MODULE": "mobility.settings"}
    assert subprocess.check_output([sys.executable, "-c", LOADED], env=environment, text=True) == "[]\n"
