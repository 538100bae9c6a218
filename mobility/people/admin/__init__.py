from .calendar import CalendarDayAdmin
from .people import UserAdmin
from .roles import RoleAdmin
from .university import DepartmentAdmin, FacultyAdmin, UniversityAdmin

__all__ = ["CalendarDayAdmin", "DepartmentAdmin", "FacultyAdmin", "RoleAdmin", "UniversityAdmin", "UserAdmin"]
