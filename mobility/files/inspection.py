"""Whether an upload is what it says: signature = extension = parser opens it, and nothing is hidden in it."""

import re
import unicodedata
import zipfile
from dataclasses import dataclass
from pathlib import PurePosixPath

from django.core.files import File

from mobility.files.models import ContentType
from mobility.files.pictures import inspect_jpeg, inspect_png
from mobility.files.refusals import RefusedFileError, refusal
from mobility.files.storage import MAX_BYTES

LONGEST_NAME = 150
TYPES = {".pdf": ContentType.PDF, ".jpg": ContentType.JPEG, ".jpeg": ContentType.JPEG, ".png": ContentType.PNG}
SIGNATURES = {
    ContentType.PDF: b"%PDF-",
    ContentType.JPEG: b"\xff\xd8\xff",
    ContentType.PNG: b"\x89PNG\r\n\x1a\n",
}


def inspect_pdf(content: bytes) -> int:
    from mobility.files import portable  # noqa: PLC0415 -- slow import, and most processes open no PDF

    return portable.inspect_pdf(content)


INSPECTORS = {ContentType.PDF: inspect_pdf, ContentType.JPEG: inspect_jpeg, ContentType.PNG: inspect_png}


@dataclass(frozen=True)
class Inspected:
    """An upload that is what it says."""

    file: File
    name: str
    content_type: str
    pages: int


def inspect(file: File, raw_name: str) -> Inspected:
    """Refuses with a ValidationError whose sentence names the file and says what to do."""
    name = clean_name(raw_name)
    try:
        return Inspected(file, name, *detect(file, name))
    except RefusedFileError as refused:
        raise refusal(refused.code, name) from refused
    finally:
        file.seek(0)


def detect(file: File, name: str) -> tuple[str, int]:
    """Its type, and how many pages it has."""
    if not file.size:
        raise RefusedFileError("empty")
    if file.size > MAX_BYTES:
        raise RefusedFileError("too-large")
    content_type = TYPES.get(PurePosixPath(name).suffix.lower())
    if content_type is None:
        raise RefusedFileError("unreadable")
    file.seek(0)
    if not file.read(16).startswith(SIGNATURES[content_type]):
        raise RefusedFileError("mismatch")
    file.seek(0)
    content = file.read()
    pages = INSPECTORS[content_type](content)
    file.seek(0)
    if zipfile.is_zipfile(file):
        raise RefusedFileError("hidden")
    return content_type, pages


def clean_name(raw_name: str) -> str:
    """The last part of a path, NFC, without what is invisible or turns the writing direction, at most 150 letters."""
    name = unicodedata.normalize("NFC", re.split(r"[/\\]", raw_name)[-1])
    visible = "".join(" " if unicodedata.category(sign) in ("Zl", "Zp", "Zs") else sign for sign in name)
    visible = "".join(sign for sign in visible if unicodedata.category(sign)[0] != "C")
    path = PurePosixPath(" ".join(visible.split()).lstrip(". ") or "file")
    return path.stem[: LONGEST_NAME - len(path.suffix)].rstrip() + path.suffix
