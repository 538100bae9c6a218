"""The university's own accounts as a way in; loaded only where one is configured."""

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """Lets in whom a person here has connected, known by issuer and subject; an e-mail in common connects nobody."""

    def is_open_for_signup(self, request, sociallogin) -> bool:  # noqa: ARG002 -- the package's signature
        return False
