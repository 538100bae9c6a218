"""The sign-in package's forms in our words, without text inside the fields."""

from allauth.account import forms as account
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.models import Login
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

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


class NewKeyForm(Worded, AddWebAuthnForm):
    labels = {"name": _("Name of the passkey"), "passwordless": _("Let me sign in with this passkey alone")}
    hints = {
        "name": _("So that you can tell it from others: “My phone”, “Office key”."),
        "passwordless": _("Without e-mail and password; the device asks for its PIN or your fingerprint."),
    }


class RenameKeyForm(Worded, EditWebAuthnForm):
    labels = {"name": _("Name of the passkey")}
