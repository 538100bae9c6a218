from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import translation

from mobility.people.permissions import needs_second_factor

# What someone may open who still has to show a second factor: the pages where they show it, and the way out.
OPEN_BEFORE = {
    "account_logout",
    "account_reauthenticate",
    "language",
    "appearance",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "healthz",
    "readyz",
}
# And where they add their first one. Whoever has one shows it before adding another or reading recovery codes.
OPEN_BEFORE_THE_FIRST = {"mfa_index", "mfa_activate_totp", "mfa_add_webauthn"}


def speak_the_persons_language(get_response):
    """The person's own choice, where they have made one, instead of the browser's."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated and request.user.language:
            translation.activate(request.user.language)
            request.LANGUAGE_CODE = request.user.language
        return get_response(request)

    return middleware


class require_second_factor:  # noqa: N801 -- used as a function
    """Nobody in office opens any page, the admin's included, before this session has seen their second factor."""

    def __init__(self, get_response) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view, args, kwargs) -> HttpResponse | None:  # noqa: ARG002 -- Django's signature
        user, door = request.user, request.resolver_match.view_name
        if not user.is_authenticated or door in OPEN_BEFORE:
            return None
        if has_shown_second_factor(request) or not needs_second_factor(user):
            return None
        if is_mfa_enabled(user):
            page = "mfa_reauthenticate"
        elif door in OPEN_BEFORE_THE_FIRST:
            return None
        else:
            page = "mfa_index"
        return HttpResponseRedirect(f"{reverse(page)}?{urlencode({'next': request.get_full_path()})}")


def has_shown_second_factor(request: HttpRequest) -> bool:
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))
