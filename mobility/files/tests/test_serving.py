import pytest
from django.http import Http404
from django.test import RequestFactory

from mobility.files.serving import file_name, serve, serve_document

from .factories import IssuedDocumentFactory, StoredFileFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def answer(stored):
    return serve(RequestFactory().get("/"), stored)


def test_answers_with_an_attachment_in_a_sandbox():
    response = answer(StoredFileFactory(name="Справка «7».pdf"))
    assert b"".join(response.streaming_content) == b"%PDF-1.4 a file of tests"
    assert dict(response.items()) == {
        "Content-Type": "application/pdf",
        "Content-Length": "24",
        "Content-Disposition": "attachment; filename*=utf-8''"
        "%D0%A1%D0%BF%D1%80%D0%B0%D0%B2%D0%BA%D0%B0%20%C2%AB7%C2%BB.pdf",
        "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "private, no-store",
    }


def test_quotes_in_a_name_do_not_end_it():
    assert answer(StoredFileFactory(name='a"; x=".pdf'))["Content-Disposition"] == (
        'attachment; filename="a\\"; x=\\".pdf"'
    )


def test_a_missing_file_is_not_found():
    stored = StoredFileFactory()
    stored.content.storage.delete(stored.content.name)
    with pytest.raises(Http404):
        answer(stored)


def test_nginx_may_send_it(settings):
    settings.X_ACCEL_PREFIX = "/stored/"
    stored = StoredFileFactory()
    response = answer(stored)
    assert (response["X-Accel-Redirect"], response.content) == (f"/stored/{stored.content.name}", b"")
    assert response["Content-Security-Policy"].startswith("sandbox")


def test_a_stored_file_has_no_address():
    with pytest.raises(ValueError, match="no address"):
        StoredFileFactory().content.url  # noqa: B018 -- the reading is what fails


@pytest.mark.parametrize(
    ("suffix", "name", "starts", "content_type"),
    [
        ("pdf", "Memo On X and Y.pdf", b"%PDF-", "application/pdf"),
        (
            "docx",
            "Memo On X and Y.docx",
            b"PK",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
    ],
)
def test_a_document_is_drawn_when_it_is_asked_for(suffix, name, starts, content_type):
    document = IssuedDocumentFactory(title='Memo: On "X/and" Y')
    response = serve_document(document, suffix)
    assert response.content.startswith(starts)
    assert (response["Content-Disposition"], response["Content-Type"]) == (
        f'attachment; filename="{name}"',
        content_type,
    )
    assert (response["Cache-Control"], response["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    assert {type(value) for value in response.headers.values()} == {str}  # what every server takes


def test_a_long_title_is_cut_at_a_word():
    document = IssuedDocumentFactory(title="длинное слово " * 10)
    assert file_name(document, "pdf") == " ".join(["длинное слово"] * 5 + ["длинное"]) + ".pdf"
    assert file_name(IssuedDocumentFactory(title="ы" * 120), "pdf") == "ы" * 80 + ".pdf"
