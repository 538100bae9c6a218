"""Answers with a stored file, or with a document drawn on demand.

The app that owns the link asks first whether this person may see what it belongs to.
"""

import logging
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.utils.translation import get_language

from mobility.files.documents import as_docx, as_pdf
from mobility.files.documents.scripts import visible
from mobility.files.models import ContentType, IssuedDocument, StoredFile

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
DRAWN = {"docx": (as_docx, WORD), "pdf": (as_pdf, ContentType.PDF)}
LONGEST = 80

logger = logging.getLogger(__name__)


def serve(request: HttpRequest, stored_file: StoredFile) -> HttpResponseBase:  # noqa: ARG001 -- reads as a view
    """As an attachment, in a sandbox, never sniffed, never cached by others; nginx sends it where it may."""
    if settings.X_ACCEL_PREFIX:
        response: HttpResponseBase = HttpResponse()
        response["X-Accel-Redirect"] = f"{settings.X_ACCEL_PREFIX.rstrip('/')}/{quote(stored_file.content.name)}"
    else:
        try:
            response = FileResponse(stored_file.content.open("rb"))
        except FileNotFoundError as missing:
            logger.exception("stored file %s is missing on the disk", stored_file.pk)
            raise Http404 from missing
    return attached(response, name=stored_file.name, content_type=stored_file.content_type)


def language_asked(request: HttpRequest) -> str:
    """Of a draft: the one that the address names, or the reader's."""
    asked = request.GET.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else get_language() or settings.LANGUAGE_CODE


def serve_document(document: IssuedDocument, suffix: str) -> HttpResponseBase:
    """`docx` for people to edit, `pdf` to print and sign: with its number and date once it is registered."""
    if suffix not in DRAWN:
        raise Http404
    draw, content_type = DRAWN[suffix]
    made = draw(
        document.content,
        number=document.number,
        dated=document.dated,
        at=document.drawn_up_at,
        template=document.template,
    )
    return attached(HttpResponse(made), name=file_name(document, suffix), content_type=content_type)


def file_name(document: IssuedDocument, suffix: str) -> str:
    """The title without what file systems refuse; long ones are cut at a word."""
    bare = " ".join("".join(" " if sign in '\\/:*?"<>|\n' else sign for sign in visible(document.title)).split())
    words = bare if len(bare) <= LONGEST else bare[:LONGEST].rpartition(" ")[0] or bare[:LONGEST]
    return f"{words}.{suffix}"


def attached(response: HttpResponseBase, *, name: str, content_type: str) -> HttpResponseBase:
    response["Content-Type"] = str(content_type)  # a server of the standard library refuses a member of an enumeration
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
