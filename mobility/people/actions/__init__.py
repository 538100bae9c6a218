from .accounts import block, change_email, request_email_change, reset_second_factor, unblock
from .invitations import accept, invite, print_slip
from .roles import appoint_deputy, dismiss_deputy, end_role, grant_role

__all__ = [
    "accept",
    "appoint_deputy",
    "block",
    "change_email",
    "dismiss_deputy",
    "end_role",
    "grant_role",
    "invite",
    "print_slip",
    "request_email_change",
    "reset_second_factor",
    "unblock",
]
