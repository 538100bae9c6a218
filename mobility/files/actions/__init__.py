from .documents import attach_scan, correct_registration, draw_up, draw_up_anew, issue_order, register
from .uploads import remove_orphans, store

__all__ = [
    "attach_scan",
    "correct_registration",
    "draw_up",
    "draw_up_anew",
    "issue_order",
    "register",
    "remove_orphans",
    "store",
]
