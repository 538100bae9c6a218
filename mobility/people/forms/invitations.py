from allauth.account.adapter import get_adapter
from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobility.people.models import Invitation, User
from mobility.people.models.invitations import digest, read_slip_code
from mobility.web.forms import Form

from .doors import NEW_PASSWORD


class FirstPasswordForm(Form):
    """The password that an invitation lets someone set; `invitation` is whose."""

    password = forms.CharField(
        label=_("New password"),
        strip=False,
        help_text=NEW_PASSWORD,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    password_again = forms.CharField(
        label=_("New password again"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    invitation: Invitation

    def check_passwords(self) -> None:
        password, again = self.cleaned_data.get("password"), self.cleaned_data.get("password_again")
        if not (password and again):
            return
        if password != again:
            self.add_error("password_again", ValidationError(_("The two passwords differ."), code="passwords-differ"))
        try:
            validate_password(password, self.invitation.person)
        except ValidationError as refusal:
            self.add_error("password", refusal)


class InvitationForm(FirstPasswordForm):
    def __init__(self, *args, invitation: Invitation, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation

    def clean(self) -> dict:
        self.check_passwords()
        return self.cleaned_data


class SlipForm(FirstPasswordForm):
    sign_in_name = forms.CharField(
        label=_("Record-book number or e-mail"),
        max_length=254,
        help_text=_("As it is printed on the slip."),
        widget=forms.TextInput(attrs={"autocomplete": "username"}),
    )
    code = forms.CharField(
        label=_("Code from the slip"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ["sign_in_name", "code", "password", "password_again"]

    def __init__(self, *args, request: HttpRequest, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean(self) -> dict:
        name, code = self.cleaned_data.get("sign_in_name"), self.cleaned_data.get("code")
        if not (name and code):
            return self.cleaned_data
        adapter = get_adapter(self.request)
        adapter.pre_authenticate(self.request, sign_in_name=name)
        invitation = self.find(name, code)
        if invitation is None:
            raise ValidationError(
                _("The number and the code do not belong together, or the slip is used or out of date."),
                code="mismatch",
            )
        adapter.forgive()
        self.invitation = invitation
        self.check_passwords()
        return self.cleaned_data

    def find(self, name: str, code: str) -> Invitation | None:
        """The same two questions whether or not there is such a person."""
        person = User.objects.by_sign_in_name(name)
        secret = f"{person.pk if person else 0}:{read_slip_code(code)}"
        return Invitation.objects.open_at(timezone.now()).filter(digest=digest(secret)).first()
