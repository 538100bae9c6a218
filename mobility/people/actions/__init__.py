from .accounts import block, change_email, email_changed, request_email_change, reset_second_factor, unblock
from .invitations import accept, invite, print_slip
from .marks import apply_table
from .roles import appoint_deputy, dismiss_deputy, end_role, grant_role
from .rosters import import_roster, keep_roster, plan_of
from .students import (
    correct,
    decide_status,
    end_leave,
    end_sanction,
    give_leave,
    impose_sanction,
    move_up,
    plan_move_up,
    transfer,
)
from .vanished import decide_vanished

__all__ = [
    "accept",
    "apply_table",
    "appoint_deputy",
    "block",
    "change_email",
    "correct",
    "decide_status",
    "decide_vanished",
    "dismiss_deputy",
    "email_changed",
    "end_leave",
    "end_role",
    "end_sanction",
    "give_leave",
    "grant_role",
    "import_roster",
    "impose_sanction",
    "invite",
    "keep_roster",
    "move_up",
    "plan_move_up",
    "plan_of",
    "print_slip",
    "request_email_change",
    "reset_second_factor",
    "transfer",
    "unblock",
]
