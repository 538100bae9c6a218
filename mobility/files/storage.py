"""Where files lie: outside the web root, under random names, readable by the site alone."""

import errno
import os
import secrets
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

from django.core.exceptions import ValidationError
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadhandler import TemporaryFileUploadHandler
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext as _

MAX_BYTES = 10 * 1024 * 1024
DISK_FULL = (errno.ENOSPC, errno.EDQUOT)


def disk_full() -> ValidationError:
    return ValidationError(
        _("The file is not saved: the server has no room for it. What you saved before is kept; try again later."),
        code="disk-full",
    )


def random_name(instance, filename: str) -> str:  # noqa: ARG001 -- Django's signature; nothing of the sender's name is used
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


@deconstructible
class PrivateStorage(FileSystemStorage):
    """In MEDIA_ROOT, which no URL reaches. A file is on the disk before its row is committed, or not stored at all."""

    def _save(self, name, content):
        try:
            saved = super()._save(name, content)
            self.write_through(saved)
        except OSError as error:
            with suppress(OSError):
                self.delete(name)
            if error.errno in DISK_FULL:
                raise disk_full() from error
            raise
        return saved

    def write_through(self, name: str) -> None:
        with self.open(name) as file:
            os.fsync(file.fileno())

    def names_older_than(self, moment: datetime) -> Iterator[str]:
        root = Path(self.location)
        for path in root.glob("??/*"):
            if path.is_file() and path.stat().st_mtime < moment.timestamp():
                yield path.relative_to(root).as_posix()

    def url(self, name):  # noqa: ARG002 -- Django's signature
        raise ValueError("stored files have no address; mobility.files.serving answers with one")


STORAGE = PrivateStorage()


class BoundedUploadHandler(TemporaryFileUploadHandler):
    """Keeps the beginning of a file that is too large, and of one that fills the disk; the form field refuses both."""

    def receive_data_chunk(self, raw_data, start):
        if start > MAX_BYTES or getattr(self.file, "disk_is_full", False):
            return
        try:
            super().receive_data_chunk(raw_data, start)
        except OSError as error:
            if error.errno not in DISK_FULL:
                raise
            self.file.disk_is_full = True
