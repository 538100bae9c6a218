from .calendar import CalendarDayAdmin
from .people import UserAdmin
from .roles import RoleAdmin
from .scales import ScaleAdmin
from .university import DepartmentAdmin, FacultyAdmin, UniversityAdmin

__all__ = [
    "CalendarDayAdmin",
    "DepartmentAdmin",
    "FacultyAdmin",
    "RoleAdmin",
    "ScaleAdmin",
    "UniversityAdmin",
    "UserAdmin",
]
