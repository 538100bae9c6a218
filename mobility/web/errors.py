"""What went wrong, in words: what happened, and what one can do now."""

import sys
from dataclasses import dataclass
from http import HTTPStatus

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mobility.web.logs import request_id

SECONDS_TO_WAIT = 10


@dataclass(frozen=True)
class Words:
    title: str | Promise
    text: str | Promise
    icon: str = "question-circle"


WORDS = {
    400: Words(
        _("This request cannot be read"),
        _("The browser sent something this page does not understand. Go back, load the page again, and repeat it."),
    ),
    403: Words(
        _("You may not do this"),
        _("Your role does not include it. If it should, write to the International Relations department."),
        "shield-lock",
    ),
    404: Words(
        _("There is no such page"),
        _("The address may have a slip in it, or what it spoke of is not yours to see. Begin at the start page."),
        "search",
    ),
    405: Words(
        _("This address is for a button"),
        _("It is reached by pressing a button on its page, not by opening the address. Nothing was changed."),
    ),
    413: Words(
        _("That is too much at once"),
        _("What you sent is larger than this page takes. Nothing was saved. Send fewer or smaller files."),
        "upload",
    ),
    429: Words(
        _("Too many attempts"),
        _("To keep accounts safe, this waits a few minutes now. Nothing is lost; try again a little later."),
        "hourglass",
    ),
    500: Words(
        _("Something broke on our side"),
        _("What you sent may not have been saved: look at the page before this one, then try once more."),
        "exclamation-triangle-fill",
    ),
    503: Words(
        _("The site is not ready"),
        _("It is being restarted or cannot reach its database. Wait a minute and load the page again."),
        "hourglass",
    ),
}
FORGED = Words(
    _("This form is out of date"),
    _("It was opened in another session, or the browser keeps no cookies. Load the form again and send it once more."),
    "shield-lock",
)


def page(request: HttpRequest, status: int, words: Words | None = None) -> HttpResponse:
    context = {"words": words or WORDS[status], "number": request_id.get()}
    return render(request, "error.html", context, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    too_big = isinstance(exception, RequestDataTooBig)
    return page(request, HTTPStatus.REQUEST_ENTITY_TOO_LARGE if too_big else HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's handler
    return page(request, HTTPStatus.FORBIDDEN)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 -- Django's handler
    return page(request, HTTPStatus.NOT_FOUND)


def too_many(request: HttpRequest) -> HttpResponse:
    """The sign-in package's throttle answers with this."""
    return page(request, HTTPStatus.TOO_MANY_REQUESTS)


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 -- Django's CSRF_FAILURE_VIEW
    return page(request, HTTPStatus.FORBIDDEN, FORGED)


def broken(request: HttpRequest) -> HttpResponse:
    """Asks the database nothing: it may be what is broken."""
    is_away = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = HTTPStatus.SERVICE_UNAVAILABLE if is_away else HTTPStatus.INTERNAL_SERVER_ERROR
    appearance = request.COOKIES.get(settings.APPEARANCE_COOKIE_NAME)
    context = {"words": WORDS[status], "number": request_id.get(), "appearance": appearance, "bare": True}
    response = HttpResponse(render_to_string("error.html", context), status=status)
    if is_away:
        response["Retry-After"] = str(SECONDS_TO_WAIT)
    return response
