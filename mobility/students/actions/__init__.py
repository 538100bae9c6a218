from .applications import COPIED, OF_MARKS, change_phone, enter, refresh_record, resume, roster_of, start
from .choices import add_choice, move_choice_down, move_choice_up, remove_choice, set_choices
from .claims import add_claim, change_claim, remove_claim
from .consents import set_consents
from .evidence import attach, remove_evidence, reuse
from .papers import attach_paper, remove_paper
from .reminders import AHEAD, remind_of_deadline
from .submissions import discard_changes, settle, submit
from .withdrawals import ask_to_withdraw, withdraw

__all__ = [
    "AHEAD",
    "COPIED",
    "OF_MARKS",
    "add_choice",
    "add_claim",
    "ask_to_withdraw",
    "attach",
    "attach_paper",
    "change_claim",
    "change_phone",
    "discard_changes",
    "enter",
    "move_choice_down",
    "move_choice_up",
    "refresh_record",
    "remind_of_deadline",
    "remove_choice",
    "remove_claim",
    "remove_evidence",
    "remove_paper",
    "resume",
    "reuse",
    "roster_of",
    "set_choices",
    "set_consents",
    "settle",
    "start",
    "submit",
    "withdraw",
]
