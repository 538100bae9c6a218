import errno

from django import forms
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.test import RequestFactory

from mobility.files.fields import EvidenceField, EvidenceFilesField

from .factories import pdf, picture, upload


class OneForm(forms.Form):
    scan = EvidenceField()


class ManyForm(forms.Form):
    scans = EvidenceFilesField(max_files=2)


def sent(form_class, field: str, *uploads):
    request = RequestFactory().post("/", {field: list(uploads)})
    return form_class(request.POST, request.FILES)


def codes(form) -> list[str]:
    return [error.code for errors in form.errors.as_data().values() for error in errors]


def test_the_clean_value_is_the_inspected_file():
    form = sent(OneForm, "scan", upload("справка.pdf", pdf()))
    assert form.is_valid()
    assert (form.cleaned_data["scan"].name, form.cleaned_data["scan"].content_type) == (
        "справка.pdf",
        "application/pdf",
    )


def test_one_file_is_required():
    assert codes(OneForm({}, {})) == ["required"]
    assert codes(sent(OneForm, "scan", upload("empty.pdf", b""))) == ["empty"]


def test_several_files():
    form = sent(ManyForm, "scans", upload("a.pdf", pdf()), upload("b.png", picture("PNG")))
    assert form.is_valid()
    assert [found.name for found in form.cleaned_data["scans"]] == ["a.pdf", "b.png"]


def test_each_wrong_file_is_named():
    form = sent(ManyForm, "scans", upload("a.heic", b"x"), upload("b.pdf", b"x"))
    assert codes(form) == ["unreadable", "mismatch"]
    assert [message.split("”")[0] for message in form.errors["scans"]] == ["“a.heic", "“b.pdf"]


def test_no_more_than_there_is_room_for():
    assert codes(sent(ManyForm, "scans", *[upload(f"{n}.pdf", pdf()) for n in range(3)])) == ["too-many"]
    assert codes(ManyForm({}, {})) == ["required"]


def test_a_huge_upload_is_cut_off_while_it_comes_in(settings, tmp_path):
    settings.FILE_UPLOAD_TEMP_DIR = tmp_path
    request = RequestFactory().post("/", {"scan": upload("huge.pdf", pdf() + bytes(14 * 1024 * 1024))})
    on_disk = request.FILES["scan"].temporary_file_path()
    form = OneForm(request.POST, request.FILES)
    assert codes(form) == ["too-large"]
    import os

    assert os.path.getsize(on_disk) < 11 * 1024 * 1024  # noqa: PTH202 -- a path of Django's


def test_a_full_disk_while_it_comes_in(monkeypatch):
    def full(self, raw_data, start):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(TemporaryFileUploadHandler, "receive_data_chunk", full)
    assert codes(sent(OneForm, "scan", upload("large.pdf", pdf() + bytes(3 * 1024 * 1024)))) == ["disk-full"]
