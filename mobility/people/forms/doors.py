"""The sign-in package's forms in our words, without text inside the fields."""

from typing import Any

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from fido2.webauthn import AuthenticationResponse, RegistrationResponse

from mobility.people.tasks import answer_forgotten_password


class Worded:
    """Gives a form of the package our labels and hints."""

    labels = {}
    hints = {}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")


class SignInForm(Worded, account.LoginForm):
    labels = {"login": _("E-mail or record-book number"), "password": _("Password")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["login"].widget.attrs |= {"autocomplete": "username webauthn", "autofocus": True}
        self.fields["login"].max_length = 254

    def user_credentials(self) -> dict:
        return {"sign_in_name": self.cleaned_data["login"], "password": self.cleaned_data["password"]}

    def _clean_with_password(self, credentials: dict) -> dict:
        self.user = get_adapter().authenticate(self.request, **credentials)
        if self.user is None:
            raise ValidationError(_("The name and the password do not belong together."), code="mismatch")
        return self.cleaned_data

    def login(self, request: HttpRequest, redirect_url: str | None = None) -> HttpResponse:
        """Whoever has just signed in need not show the password again at once."""
        record_authentication(request, self.user, method="password", reauthenticated=True)
        return perform_login(request, Login(user=self.user, redirect_url=redirect_url))


class ForgottenPasswordForm(Worded, account.ResetPasswordForm):
    labels = {"email": _("E-mail")}

    def clean_email(self) -> str:
        return self.cleaned_data["email"].lower()

    def save(self, request: HttpRequest, **_kwargs) -> str:  # noqa: ARG002 -- the package's signature
        answer_forgotten_password.enqueue(self.cleaned_data["email"])
        return self.cleaned_data["email"]


NEW_PASSWORD = _("At least 10 characters; several words are easy to remember and hard to guess.")


class NewPasswordByLinkForm(Worded, account.ResetPasswordKeyForm):
    labels = {"password1": _("New password"), "password2": _("New password again")}
    hints = {"password1": NEW_PASSWORD}


class NewPasswordForm(Worded, account.ChangePasswordForm):
    labels = {
        "oldpassword": _("Present password"),
        "password1": _("New password"),
        "password2": _("New password again"),
    }
    hints = {"password1": NEW_PASSWORD}

    def clean_oldpassword(self) -> str:
        """Counted like a sign-in: an open session must not serve to guess the password."""
        password = self.cleaned_data["oldpassword"]
        if not get_adapter().reauthenticate(self.user, password):
            raise get_adapter().validation_error("incorrect_password")
        return password


class NoPasswordYetForm(Worded, account.SetPasswordForm):
    labels = {"password1": _("Password"), "password2": _("Password again")}
    hints = {"password1": NEW_PASSWORD}


class PasswordForm(Worded, account.ReauthenticateForm):
    labels = {"password": _("Password")}


class CodeForm(Worded, mfa.AuthenticateForm):
    labels = {"code": _("Code")}
    hints = {"code": _("The six digits that your app shows now, or one of your recovery codes.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs |= {"inputmode": "numeric", "autofocus": True}


class ConfirmCodeForm(Worded, mfa.ReauthenticateForm):
    labels = CodeForm.labels
    hints = CodeForm.hints


class NewAppForm(Worded, ActivateTOTPForm):
    labels = {"code": _("Code")}
    hints = {"code": _("The six digits that the app shows for this account now.")}

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].widget.attrs["inputmode"] = "numeric"


class CredentialField(forms.JSONField):
    """Only what the passkeys' library can read gets further, whatever else somebody sends in a browser's place.

    It and Python refuse in many ways: a number of 5,000 digits, a thousand brackets, a name that is missing.
    """

    widget = forms.HiddenInput

    def __init__(self, response: type[RegistrationResponse | AuthenticationResponse]) -> None:
        super().__init__()
        self.response = response

    def to_python(self, value: Any) -> Any:
        try:
            credential = super().to_python(value)
            self.response.from_dict(credential)
        except ValidationError:
            raise
        except Exception as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        return credential

    def bound_data(self, data: Any, initial: Any) -> Any:  # noqa: ARG002 -- Django's signature
        """Never sent back: a credential serves once."""
        return None


class SignInByKeyForm(webauthn.LoginWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class KeyForm(webauthn.AuthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class ConfirmByKeyForm(webauthn.ReauthenticateWebAuthnForm):
    credential = CredentialField(AuthenticationResponse)


class NewKeyForm(Worded, webauthn.AddWebAuthnForm):
    credential = CredentialField(RegistrationResponse)

    labels = {"name": _("Name of the passkey"), "passwordless": _("Let me sign in with this passkey alone")}
    hints = {
        "name": _("So that you can tell it from others: “My phone”, “Office key”."),
        "passwordless": _("Without e-mail and password; the device asks for its PIN or your fingerprint."),
    }


class RenameKeyForm(Worded, webauthn.EditWebAuthnForm):
    labels = {"name": _("Name of the passkey")}
