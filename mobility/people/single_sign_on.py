"""The university's own accounts as a way in; loaded only where one is configured."""

import requests
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.shortcuts import redirect

SECONDS_FOR_AN_ANSWER = 10


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Lets in whom a person here has connected, known by issuer and subject; an e-mail in common connects nobody."""

    def is_open_for_signup(self, request, sociallogin) -> bool:  # noqa: ARG002 -- the package's signature
        return False

    def get_requests_session(self) -> requests.Session:
        return ProvidersSession()


class ProvidersSession(requests.Session):
    """When the university's accounts do not answer, a page says so; signing in by password goes on."""

    def request(self, *args, **kwargs) -> requests.Response:
        try:
            return super().request(*args, **{**kwargs, "timeout": SECONDS_FOR_AN_ANSWER})
        except requests.RequestException as failure:
            raise ImmediateHttpResponse(redirect("socialaccount_login_error")) from failure
