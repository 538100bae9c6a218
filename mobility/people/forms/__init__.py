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
from .rosters import RosterForm, VanishedForm
from .students import CorrectionForm, LeaveForm, SanctionForm, StatusForm, TransferForm

__all__ = [
    "AboutMeForm",
    "CodeForm",
    "ConfirmCodeForm",
    "CorrectionForm",
    "DeputyForm",
    "EmailChangeForm",
    "EndForm",
    "ForgottenPasswordForm",
    "InvitationForm",
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
    "SignInForm",
    "SlipForm",
    "StatusForm",
    "TransferForm",
    "VanishedForm",
]
