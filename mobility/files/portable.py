"""PDF: opened by a parser, whole, without password, scripts, actions or attached files."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.generic import ArrayObject, DictionaryObject

from mobility.files.refusals import RefusedFileError

MAX_OBJECTS = 50_000
ACTIVE_KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent", "/AA"}
ACTIVE_ACTIONS = {
    "/JavaScript", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ImportData", "/ResetForm", "/Rendition", "/Movie",
    "/Sound", "/RichMediaExecute", "/GoTo3DView",
}  # fmt: skip
# Long enough not to turn up by chance in a compressed stream. Found even in parts that no table leads to.
ACTIVE_WORDS = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia|ImportData|SubmitForm)")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def inspect_pdf(content: bytes) -> int:
    """How many pages it has."""
    inspect_end(content)
    if ACTIVE_WORDS.search(ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), content)):
        raise RefusedFileError("active")
    try:
        return inspect_objects(PdfReader(io.BytesIO(content)))
    except RefusedFileError:
        raise
    except Exception as broken:  # a hostile file may break the parser in any way
        raise RefusedFileError("damaged") from broken


def inspect_end(content: bytes) -> None:
    """A whole PDF says where its table starts, and ends there."""
    end = content.rfind(b"%%EOF")
    if end == -1 or b"startxref" not in content[:end]:
        raise RefusedFileError("damaged")
    if content[end + 5 :].strip(b"\0\r\n\t "):
        raise RefusedFileError("hidden")


def inspect_objects(reader: PdfReader) -> int:
    if reader.is_encrypted:
        raise RefusedFileError("encrypted")
    numbers = sorted({number for table in reader.xref.values() for number in table} | set(reader.xref_objStm))
    if len(numbers) > MAX_OBJECTS:
        raise RefusedFileError("too-complex")
    for number in numbers:
        inspect_object(reader.get_object(number))
    reader.pages[0].mediabox  # noqa: B018 -- a document has a page, and it can be read
    return len(reader.pages)


def inspect_object(found: Any) -> None:
    for part in dictionaries(found):
        # To open at a place (/OpenAction with /GoTo) is no action in this sense; links to the web are none either.
        if ACTIVE_KEYS & part.keys() or ("/S" in part and part["/S"] in ACTIVE_ACTIONS):
            raise RefusedFileError("active")


def dictionaries(found: Any) -> Iterator[DictionaryObject]:
    """All dictionaries within one object, not following its references: those are objects of their own."""
    waiting = [found]
    while waiting:
        part = waiting.pop()
        if isinstance(part, DictionaryObject):
            yield part
            waiting += [part.raw_get(key) for key in part]
        elif isinstance(part, ArrayObject):
            waiting += list.__iter__(part)
