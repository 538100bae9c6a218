"""Answers with a stored file. The app that owns the link asks first whether this person may see what it belongs to."""

import logging
from urllib.parse import quote

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header

from mobility.files.models import StoredFile

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
    response["Content-Type"] = stored_file.content_type
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=stored_file.name)
    response["Content-Security-Policy"] = "sandbox; default-src 'none'; frame-ancestors 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Cache-Control"] = "private, no-store"
    return response
