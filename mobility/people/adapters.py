"""How the sign-in package works here; docs/adr/0004-sign-in.md says why."""

from base64 import urlsafe_b64encode

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _

from mobility.people import mails
from mobility.people.models import User
from mobility.people.permissions import needs_second_factor


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "too_many_login_attempts": _("Too many attempts. Wait five minutes, then try again."),
        "rate_limited": _("Too many attempts. Wait five minutes, then try again."),
        "incorrect_password": _("This is not your password."),
        "incorrect_code": _("This code is not right, or it is too old. Enter the one that is shown now."),
    }

    def is_open_for_signup(self, request) -> bool:  # noqa: ARG002 -- the package's signature
        return False

    def _get_login_attempts_cache_key(self, request, *, sign_in_name: str = "", **_credentials) -> str:  # noqa: ARG002 -- the package's signature
        """Failures count against the account, whichever of its names was used, or against the name that nobody has."""
        person = User.objects.by_sign_in_name(sign_in_name)
        return f"name {sign_in_name.strip().lower()}" if person is None else f"account {person.pk}"

    def forgive(self) -> None:
        """Take back the attempt that `pre_authenticate` has counted."""
        self._rollback_login_failed_rl_usage()

    def reauthenticate(self, user: User, password: str) -> bool:
        return self.authenticate(context.request, sign_in_name=user.sign_in_name, password=password) == user

    def get_password_change_redirect_url(self, request) -> str:  # noqa: ARG002 -- the package's signature
        return reverse("account")

    def send_notification_mail(self, template_prefix: str, user: User, context=None, email=None) -> None:  # noqa: ARG002 -- the package's signature
        mails.send_notice(about=template_prefix, to=user)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
        "cannot_delete_authenticator": _("Your role asks for a second factor. Add another one before removing this."),
    }

    def encrypt(self, text: str) -> str:
        return keyring().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return keyring().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        if not needs_second_factor(authenticator.user):
            return True
        others = Authenticator.objects.filter(user=authenticator.user).exclude(pk=authenticator.pk)
        return others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists()


def keyring() -> MultiFernet:
    """Encrypts with the site's key, and still reads what the keys before it have written."""
    digests = [
        salted_hmac("mobility.people.second-factor", "", secret=secret, algorithm="sha256").digest()
        for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)
    ]
    return MultiFernet([Fernet(urlsafe_b64encode(digest)) for digest in digests])
