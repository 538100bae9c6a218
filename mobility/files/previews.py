"""Pages of stored files as pictures, made when they are first looked at and kept; originals are attachments only."""

import logging
import os
import subprocess
import sys
from pathlib import Path

from django.http import Http404, HttpResponse

from mobility.files.models import StoredFile
from mobility.files.storage import STORAGE

logger = logging.getLogger(__name__)

PREVIEWER = Path(__file__).with_name("previewer.py")
MOST_PAGES = 20
SECONDS = 15
FOLDER = "previews"  # three letters or more, so that the sweep of orphan files passes it by


def pages_shown(stored: StoredFile) -> range:
    """Their numbers: of a long document its beginning."""
    return range(1, min(stored.pages, MOST_PAGES) + 1)


def show(stored: StoredFile, page: int) -> HttpResponse:
    """The picture of a page; 404 where there is none."""
    if page not in pages_shown(stored):
        raise Http404
    made = preview(stored, page)
    if made is None:
        raise Http404
    response = HttpResponse(made.read_bytes(), content_type="image/webp")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response


def preview(stored: StoredFile, page: int) -> Path | None:
    kept = Path(STORAGE.location) / FOLDER / stored.sha256[:2] / f"{stored.sha256}-{page}.webp"
    if kept.exists():
        return kept
    made = drawn(Path(stored.content.path), page)
    if made is None:
        return None
    kept.parent.mkdir(parents=True, exist_ok=True)
    half = kept.with_suffix(f".{os.getpid()}")
    half.write_bytes(made)
    half.replace(kept)
    return kept


def drawn(path: Path, page: int) -> bytes | None:
    """By a process with limits; None where it gives up."""
    command = [sys.executable, "-I", str(PREVIEWER), str(path), str(page)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=True)  # noqa: S603 -- our own program
    except (subprocess.SubprocessError, OSError):
        logger.warning("no preview of page %s of %s", page, path.name)
        return None
    return done.stdout
