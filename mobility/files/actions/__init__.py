from .documents import attach_scan, correct_registration, draw_up, draw_up_anew, register
from .uploads import remove_orphans, store

__all__ = ["attach_scan", "correct_registration", "draw_up", "draw_up_anew", "register", "remove_orphans", "store"]
