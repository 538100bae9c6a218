import errno
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.db import transaction

from mobility.files import actions
from mobility.files.inspection import inspect
from mobility.files.models import StoredFile
from mobility.people.tests.factories import UserFactory

from .factories import StoredFileFactory, pdf, upload

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
LONG_AGO = NOW - timedelta(days=2)


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def store(name="../Справка о баллах.pdf", **options) -> StoredFile:
    checked = inspect(upload(name, pdf()), name)
    return actions.store(upload=checked, by=options.get("by") or UserFactory(), at=NOW)


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_how_many_pages_it_has_is_counted_once_as_it_comes():
    two_pages = pdf(lambda writer: writer.add_blank_page(width=595, height=842))
    checked = inspect(upload("two.pdf", two_pages), "two.pdf")
    stored = actions.store(upload=checked, by=UserFactory(), at=NOW)
    stored.refresh_from_db()
    assert (stored.pages, store().pages) == (2, 1)


def test_keeps_the_file_under_a_random_name_and_its_own_as_data(media):
    person = UserFactory()
    stored = store(by=person)
    stored.refresh_from_db()
    assert (stored.name, stored.content_type, stored.size) == ("Справка о баллах.pdf", "application/pdf", len(pdf()))
    assert (stored.uploaded_by, stored.uploaded_at) == (person, NOW)
    assert files_in(media) == [stored.content.name]
    assert len(stored.content.name) == 35
    assert stored.content.read() == pdf()
    assert os.stat(media / stored.content.name).st_mode & 0o777 == 0o600  # noqa: PTH116 -- the mode is what counts


def test_the_same_file_twice_has_two_names(media):
    assert store().sha256 == store().sha256
    assert len(files_in(media)) == 2


def test_a_full_disk_keeps_nothing_and_says_so(media, monkeypatch):
    def full(self, name, content):
        (media / name).parent.mkdir(parents=True)
        (media / name).write_bytes(b"half of it")
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "_save", full)
        with pytest.raises(ValidationError) as refused:
            store()
    assert refused.value.code == "disk-full"
    assert (files_in(media), StoredFile.objects.count()) == ([], 0)
    store()
    assert StoredFile.objects.count() == 1


def test_other_troubles_of_the_disk_are_not_hidden(monkeypatch):
    def broken(self, name, content):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(FileSystemStorage, "_save", broken)
    with pytest.raises(OSError, match="Input/output"):
        store()


@pytest.mark.django_db(transaction=True)
def test_files_of_rolled_back_uploads_are_removed_after_a_day(media):
    with transaction.atomic():
        store()
        transaction.set_rollback(True)
    (left,) = files_in(media)
    os.utime(media / left, (NOW.timestamp() - 3600,) * 2)
    actions.remove_orphans(at=NOW)
    assert files_in(media) == [left]
    os.utime(media / left, (LONG_AGO.timestamp(),) * 2)
    actions.remove_orphans(at=NOW)
    assert files_in(media) == []


@pytest.mark.django_db(transaction=True)
def test_rows_that_nothing_points_at_are_forgotten_after_a_day(media):
    old, fresh = StoredFileFactory(uploaded_at=LONG_AGO), StoredFileFactory(uploaded_at=NOW)
    actions.remove_orphans(at=NOW)
    assert list(StoredFile.objects.all()) == [fresh]
    assert files_in(media) == [fresh.content.name]
    assert old.content.name not in files_in(media)


@pytest.mark.parametrize("wrong", [{"size": 0}, {"size": 10485761}, {"content_type": "text/html"}, {"sha256": "x"}])
def test_the_database_refuses_impossible_files(wrong):
    from django.db import IntegrityError

    with pytest.raises(IntegrityError):
        StoredFileFactory(**wrong)
