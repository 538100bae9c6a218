from .account import AboutMeForm, EmailChangeForm
from .doors import (
    CodeForm,
    ConfirmCodeForm,
    ForgottenPasswordForm,
    NewAppForm,
    NewKeyForm,
    NewPasswordByLinkForm,
    NewPasswordForm,
    NoPasswordYetForm,
    PasswordForm,
    RenameKeyForm,
    SignInForm,
)
from .invitations import InvitationForm, SlipForm
from .people import ReasonForm
from .roles import DeputyForm, EndForm, RoleForm

__all__ = [
    "AboutMeForm",
    "CodeForm",
    "ConfirmCodeForm",
    "DeputyForm",
    "EmailChangeForm",
    "EndForm",
    "ForgottenPasswordForm",
    "InvitationForm",
    "NewAppForm",
    "NewKeyForm",
    "NewPasswordByLinkForm",
    "NewPasswordForm",
    "NoPasswordYetForm",
    "PasswordForm",
    "ReasonForm",
    "RenameKeyForm",
    "RoleForm",
    "SignInForm",
    "SlipForm",
]
