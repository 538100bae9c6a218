"""Who may do what with people, roles and doors."""

from django.conf import settings

from .models import OFFICES, Role, RoleKind, StudentProfile, User

NEEDS_SECOND_FACTOR = {RoleKind.DEANS_OFFICE, RoleKind.IR_OFFICER, RoleKind.RECTOR, RoleKind.ADMINISTRATOR}


def needs_second_factor(user: User) -> bool:
    return settings.SECOND_FACTOR_REQUIRED and any(role.kind in NEEDS_SECOND_FACTOR for role in user.roles)


def can_open_people(user: User) -> bool:
    """Everyone in office; which people they find there is `visible_to`'s."""
    return any(role.kind in OFFICES or role.kind == RoleKind.ADMINISTRATOR for role in user.roles)


def can_manage_roles(user: User) -> bool:
    return user.holds(RoleKind.ADMINISTRATOR)


def can_manage_account(user: User, person: User) -> bool:
    """Block, unblock, take a lost second factor away: never one's own."""
    return user.holds(RoleKind.ADMINISTRATOR) and user != person


def can_open_doors(user: User) -> bool:
    """Send invitations and print slips; to whom is `invitable_by`'s."""
    return user.holds(RoleKind.ADMINISTRATOR) or user.holds(RoleKind.DEANS_OFFICE)


def can_appoint_deputy(user: User, role: Role) -> bool:
    """For one's own role, not for one that is acted in; an administrator for anyone's."""
    if role.kind not in OFFICES:
        return False
    return role.person_id == user.pk or user.holds(RoleKind.ADMINISTRATOR)


def can_open_students(user: User) -> bool:
    """Which students they find there is `visible_to`'s."""
    return can_import_rosters(user) or user.holds(RoleKind.RECTOR)


def can_import_rosters(user: User) -> bool:
    """Of which faculties is `Faculty.objects.editable_by`'s."""
    kinds = (RoleKind.DEANS_OFFICE, RoleKind.IR_OFFICER, RoleKind.ADMINISTRATOR)
    return any(user.holds(kind) for kind in kinds)


def can_edit_student(user: User, student: StudentProfile) -> bool:
    """The dean's office of the student's own faculty; the offices of the whole university."""
    if user.holds(RoleKind.IR_OFFICER) or user.holds(RoleKind.ADMINISTRATOR):
        return True
    return user.holds(RoleKind.DEANS_OFFICE, faculty=student.faculty)
