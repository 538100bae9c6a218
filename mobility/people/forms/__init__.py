from .account import AboutMeForm, EmailChangeForm
from .doors import (
    CodeForm,
    ConfirmByKeyForm,
    ConfirmCodeForm,
    ForgottenPasswordForm,
    KeyForm,
    NewAppForm,
    NewKeyForm,
    NewPasswordByLinkForm,
    NewPasswordForm,
    NoPasswordYetForm,
    PasswordForm,
    RenameKeyForm,
    SignInByKeyForm,
    SignInForm,
)
from .invitations import InvitationForm, SlipForm
from .people import ReasonForm
from .roles import DeputyForm, EndForm, RoleForm
from .rosters import RosterForm, VanishedForm
from .students import CorrectionForm, LeaveForm, SanctionForm, StatusForm, TransferForm

__all__ = [
    "AboutMeForm",
    "CodeForm",
    "ConfirmByKeyForm",
    "ConfirmCodeForm",
    "CorrectionForm",
    "DeputyForm",
    "EmailChangeForm",
    "EndForm",
    "ForgottenPasswordForm",
    "InvitationForm",
    "KeyForm",
    "LeaveForm",
    "NewAppForm",
    "NewKeyForm",
    "NewPasswordByLinkForm",
    "NewPasswordForm",
    "NoPasswordYetForm",
    "PasswordForm",
    "ReasonForm",
    "RenameKeyForm",
    "RoleForm",
    "RosterForm",
    "SanctionForm",
    "SignInByKeyForm",
    "SignInForm",
    "SlipForm",
    "StatusForm",
    "TransferForm",
    "VanishedForm",
]
