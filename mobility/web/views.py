"""The pages of the frame itself: language, appearance, and the texts that the foot links to."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from mobility.web.signals import language_chosen

APPEARANCES = ("light", "dark")
YEAR = 365 * 24 * 3600


@login_not_required
@require_POST
def choose_language(request: HttpRequest) -> HttpResponse:
    language = request.POST.get("language")
    if language not in dict(settings.LANGUAGES):
        return HttpResponseBadRequest()
    if request.user.is_authenticated:
        language_chosen.send(sender=choose_language, user=request.user, language=language)
    return _kept(request, settings.LANGUAGE_COOKIE_NAME, language)


@login_not_required
@require_POST
def choose_appearance(request: HttpRequest) -> HttpResponse:
    """Anything but light and dark means: as the device is."""
    appearance = request.POST.get("appearance")
    return _kept(request, settings.APPEARANCE_COOKIE_NAME, appearance if appearance in APPEARANCES else "")


def _kept(request: HttpRequest, cookie: str, value: str) -> HttpResponse:
    """Back to the page from which the choice was made, with the choice in a cookie."""
    address = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    response = HttpResponseRedirect(address if is_ours else "/")
    response.set_cookie(
        cookie, value, max_age=YEAR, secure=settings.LANGUAGE_COOKIE_SECURE, httponly=True, samesite="Lax"
    )
    return response


@login_not_required
@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    return render(request, "web/help.html")


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "web/accessibility.html")


@login_not_required
@require_safe
def personal_data(request: HttpRequest) -> HttpResponse:
    return render(request, "web/personal_data.html")
