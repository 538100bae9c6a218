from .calendar import CalendarDay
from .invitations import Invitation
from .profiles import StaffProfile, StudentProfile
from .roles import OFFICES, Deputy, Role, RoleKind
from .university import Department, Faculty, University
from .users import User

__all__ = [
    "OFFICES",
    "CalendarDay",
    "Department",
    "Deputy",
    "Faculty",
    "Invitation",
    "Role",
    "RoleKind",
    "StaffProfile",
    "StudentProfile",
    "University",
    "User",
]
