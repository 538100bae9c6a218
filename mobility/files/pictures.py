"""JPEG and PNG: opened whole, of a bearable size, with nothing behind their end."""

import io
import struct
import zlib

from PIL import Image

from mobility.files.refusals import RefusedFileError

MAX_PIXELS = 50_000_000
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    EOFError,
    IndexError,
    struct.error,
    zlib.error,
    Image.DecompressionBombError,
)
# Marks of what could be read as another kind of file behind a picture's end.
FOREIGN = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"%PDF",
    b"MZ",
    b"Rar!",
    b"7z\xbc\xaf",
    b"<html",
    b"<script",
    b"<svg",
    b"<?",
    b"#!",
)


def inspect_png(content: bytes) -> int:
    end = end_of_png(content)
    if end is None:
        raise RefusedFileError("damaged")
    if content[end:].strip(b"\0"):
        raise RefusedFileError("hidden")
    decode(content, "PNG")
    return 1


def inspect_jpeg(content: bytes) -> int:
    end = end_of_jpeg(content)
    if end is None:
        raise RefusedFileError("damaged")
    if not is_harmless_trailer(content[end:]):
        raise RefusedFileError("hidden")
    decode(content, "JPEG")
    return 1


def end_of_png(content: bytes) -> int | None:
    """Where IEND ends; None if the chunks break off."""
    position = 8
    while position + 12 <= len(content):
        (length,) = struct.unpack_from(">I", content, position)
        kind = content[position + 4 : position + 8]
        position += 12 + length
        if kind == b"IEND" and position <= len(content):
            return position
    return None


def end_of_jpeg(content: bytes) -> int | None:
    """Where the picture's own end marker ends; those of thumbnails lie inside segments and are passed over."""
    position = 2
    while position + 4 <= len(content):
        if content[position] != 0xFF:
            return None
        marker = content[position + 1]
        if marker == 0xD9:
            return position + 2
        if marker == 0xFF:  # filling
            position += 1
            continue
        (length,) = struct.unpack_from(">H", content, position + 2)
        position += 2 + length
        if marker == 0xDA:
            position = end_of_scan(content, position)
    return len(content) if content[position : position + 2] == b"\xff\xd9" else None


def end_of_scan(content: bytes, position: int) -> int:
    """The next marker that is neither a stuffed byte nor a restart."""
    while (position := content.find(b"\xff", position)) != -1 and position + 1 < len(content):
        following = content[position + 1]
        if following != 0 and not 0xD0 <= following <= 0xD7:
            return position
        position += 1 if following == 0xFF else 2
    return len(content)


def is_harmless_trailer(trailer: bytes) -> bool:
    """Phones put a second picture, their own notes or zeros behind the end; anything else was put there by somebody."""
    if any(mark in trailer for mark in FOREIGN):
        return False
    bare = trailer.strip(b"\0\r\n ")
    return not bare or bare.startswith(b"\xff\xd8\xff") or bare.endswith(b"SEFT")


def decode(content: bytes, kind: str) -> None:
    """The size is looked at before any pixel is; JPEG is decoded at an eighth, which reads it all the same."""
    try:
        with Image.open(io.BytesIO(content), formats=[kind]) as image:
            if image.width * image.height > MAX_PIXELS:
                raise RefusedFileError("too-many-pixels")
            image.draft("L", (image.width // 8, image.height // 8))
            image.load()
    except Image.DecompressionBombError as bomb:
        raise RefusedFileError("too-many-pixels") from bomb
    except BROKEN as broken:
        raise RefusedFileError("damaged") from broken
