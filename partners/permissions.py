"""Who may do what with partners."""

from mobility.people.models import RoleKind, User

from .models import Agreement, Institution


def can_edit_institutions(user: User) -> bool:
    return user.holds(RoleKind.IR_OFFICER) or user.holds(RoleKind.ADMINISTRATOR)


def can_archive(user: User, institution: Institution) -> bool:
    return can_edit_institutions(user) and not institution.is_archived and not institution.is_home


def can_restore(user: User, institution: Institution) -> bool:
    return can_edit_institutions(user) and institution.is_archived


def can_rename(user: User, institution: Institution) -> bool:
    return can_edit_institutions(user) and not institution.is_archived


def can_read_agreements(user: User) -> bool:
    readers = {RoleKind.DEANS_OFFICE, RoleKind.HEAD_OF_DEPARTMENT, RoleKind.RECTOR}
    return can_write_agreements(user) or bool(readers & {role.kind for role in user.roles})


def can_write_agreements(user: User) -> bool:
    return user.holds(RoleKind.IR_OFFICER) or user.holds(RoleKind.ADMINISTRATOR)


def can_change_draft(user: User, agreement: Agreement) -> bool:
    return can_write_agreements(user) and agreement.is_draft


def can_change_conditions(user: User, agreement: Agreement) -> bool:
    return can_write_agreements(user) and not agreement.is_terminated


def can_renew(user: User, agreement: Agreement) -> bool:
    return can_terminate(user, agreement) and agreement.ends is not None


def can_terminate(user: User, agreement: Agreement) -> bool:
    return can_write_agreements(user) and not agreement.is_draft and not agreement.is_terminated


def can_correct(user: User, agreement: Agreement) -> bool:
    """Typing errors are found after the end too; a draft is simply changed."""
    return can_write_agreements(user) and not agreement.is_draft


def can_keep_papers(user: User, _agreement: Agreement) -> bool:
    """Scans and the owner matter after the end too."""
    return can_write_agreements(user)
