"""Who may do what with calls. Opened ones are public; `visible_to` hides drafts."""

from mobility.people.models import RoleKind, User

from .models import Call


def can_edit_calls(user: User) -> bool:
    return user.is_authenticated and (user.holds(RoleKind.IR_OFFICER) or user.holds(RoleKind.ADMINISTRATOR))


def can_read_quotas(user: User) -> bool:
    """Deans' offices see all faculties' quotas: they are published with the call."""
    readers = {RoleKind.DEANS_OFFICE, RoleKind.RECTOR}
    return can_edit_calls(user) or (user.is_authenticated and bool(readers & {role.kind for role in user.roles}))


def can_change_draft(user: User, call: Call) -> bool:
    return can_edit_calls(user) and call.is_draft


def can_change_offer(user: User, call: Call) -> bool:
    """Destinations, seats and quotas, until results are out."""
    return can_edit_calls(user) and not call.is_settled


def can_change_opened(user: User, call: Call) -> bool:
    """Extend it for everyone, or call it off."""
    return can_edit_calls(user) and not call.is_draft and not call.is_settled


def can_change(user: User, _call: Call) -> bool:
    return can_edit_calls(user)
