from .absences import Absence, AbsenceKind
from .calendar import CalendarDay
from .invitations import Invitation
from .marks import Debt, ExamSession, Mark, Scale, ScaleMark
from .profiles import StaffProfile
from .roles import OFFICES, Deputy, Role, RoleKind
from .rosters import MoveUp, Roster
from .students import Gap, Sanction, StudentLeave, StudentProfile
from .university import Department, Faculty, University
from .users import User

__all__ = [
    "OFFICES",
    "Absence",
    "AbsenceKind",
    "CalendarDay",
    "Debt",
    "Department",
    "Deputy",
    "ExamSession",
    "Faculty",
    "Gap",
    "Invitation",
    "Mark",
    "MoveUp",
    "Role",
    "RoleKind",
    "Roster",
    "Sanction",
    "Scale",
    "ScaleMark",
    "StaffProfile",
    "StudentLeave",
    "StudentProfile",
    "University",
    "User",
]
