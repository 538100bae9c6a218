"""What every answer carries: a number to find it by, a line in the log, the headers that keep it ours, words."""

import logging
import time
import uuid
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

from mobility.web.errors import WORDS, page
from mobility.web.logs import request_id, without_secrets

GetResponse = Callable[[HttpRequest], HttpResponse]

logger = logging.getLogger("mobility.requests")

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone", "midi",
        "payment", "usb",
    )
)  # fmt: skip


def number(get_response: GetResponse) -> GetResponse:
    """The outermost: the number that the page of an error shows, and the line about each request.

    The line has no query: what people search for may be a name.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        began = time.perf_counter()
        token = request_id.set(uuid.uuid4().hex[:12])
        request.id = request_id.get()  # for the journal, which does not know this room
        try:
            response = get_response(request)
            response["X-Request-ID"] = request_id.get()
            logger.info("request", extra={"about": _about(request, response, time.perf_counter() - began)})
            return response
        finally:
            request_id.reset(token)

    return middleware


def _about(request: HttpRequest, response: HttpResponse, seconds: float) -> dict[str, Any]:
    known = getattr(request, "_cached_user", None)  # what was not asked for is not looked up for a log
    return {
        "method": request.method,
        "path": without_secrets(request.path),
        "status": response.status_code,
        "ms": round(seconds * 1000, 1),
        "user": known.pk if known else None,
    }


def readable(get_response: GetResponse) -> GetResponse:
    """PostgreSQL keeps no NUL and no browser sends one: in a query it stops here, and a cookie with it is none."""

    def middleware(request: HttpRequest) -> HttpResponse:
        request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        if "%00" in request.META.get("QUERY_STRING", ""):
            raise SuspiciousOperation("NUL in the query")
        return get_response(request)

    return middleware


def guard(get_response: GetResponse) -> GetResponse:
    """Headers that Django does not set itself. Nothing made for a session may stay in a cache or behind Back."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Permissions-Policy", PERMISSIONS)
        name = settings.SESSION_COOKIE_NAME
        if name in request.COOKIES or name in response.cookies:
            response.setdefault("Cache-Control", "no-store")
        return response

    return middleware


def words(get_response: GetResponse) -> GetResponse:
    """The innermost: a view that only says 405 or 429 still answers with a page that people understand."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if response.status_code not in WORDS or response.streaming or response.content:
            return response
        told = page(request, response.status_code)
        for header in ("Allow", "Retry-After"):
            if header in response:
                told[header] = response[header]
        return told

    return middleware
