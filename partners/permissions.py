"""Who may do what with partners."""

from mobility.people.models import RoleKind, User

from .models import Institution


def can_edit_institutions(user: User) -> bool:
    return user.holds(RoleKind.IR_OFFICER) or user.holds(RoleKind.ADMINISTRATOR)


def can_archive(user: User, institution: Institution) -> bool:
    return can_edit_institutions(user) and not institution.is_archived and not institution.is_home


def can_restore(user: User, institution: Institution) -> bool:
    return can_edit_institutions(user) and institution.is_archived


def can_rename(user: User, institution: Institution) -> bool:
    return can_edit_institutions(user) and not institution.is_archived
