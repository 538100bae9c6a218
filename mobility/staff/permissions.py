"""Who may do what with staff mobility. Nobody decides on their own trip."""

from mobility.people.models import RoleKind, User

from .models import ORDERED_STATES, REPORTABLE, WAITING, WRITTEN, Activity, Amendment, AmendmentState, State

TRAVELLERS = {
    RoleKind.TEACHING_STAFF,
    RoleKind.HEAD_OF_DEPARTMENT,
    RoleKind.DEANS_OFFICE,
    RoleKind.IR_OFFICER,
    RoleKind.RECTOR,
}


def can_travel(user: User) -> bool:
    return any(role.kind in TRAVELLERS for role in user.roles)


def heads_a_department(user: User) -> bool:
    return user.holds(RoleKind.HEAD_OF_DEPARTMENT)


def can_open_department(user: User) -> bool:
    """The head; a dean's office reads its faculty's departments."""
    return heads_a_department(user) or user.holds(RoleKind.DEANS_OFFICE)


def can_open_board(user: User) -> bool:
    return any(user.holds(kind) for kind in (RoleKind.IR_OFFICER, RoleKind.RECTOR, RoleKind.ADMINISTRATOR))


def can_open_staff(user: User) -> bool:
    return can_travel(user) or can_open_board(user)


def can_read_figures(user: User) -> bool:
    return can_open_board(user) or can_open_department(user)


def can_import(user: User) -> bool:
    return user.holds(RoleKind.IR_OFFICER)


def is_own(user: User, activity: Activity) -> bool:
    return user.pk in (activity.person_id, activity.curator_id, activity.author_id)


def can_write(user: User, activity: Activity) -> bool:
    return is_own(user, activity) and activity.state in WRITTEN


def can_discard(user: User, activity: Activity) -> bool:
    return is_own(user, activity) and activity.state == State.DRAFT


def can_enter_funding(user: User, activity: Activity) -> bool:
    return can_write(user, activity) or can_prepare(user, activity)


def can_endorse(user: User, activity: Activity) -> bool:
    return activity.state == State.PROPOSED and _heads(user, activity)


def can_prepare(user: User, activity: Activity) -> bool:
    return activity.state == State.ENDORSED and _is_officer(user, activity)


def can_decide(user: User, activity: Activity) -> bool:
    return activity.state == State.PREPARED and _is_rector(user, activity)


def can_send_back(user: User, activity: Activity) -> bool:
    return can_endorse(user, activity) or can_prepare(user, activity) or can_decide(user, activity)


def can_refuse(user: User, activity: Activity) -> bool:
    return can_endorse(user, activity) or can_decide(user, activity)


def can_order(user: User, activity: Activity) -> bool:
    return activity.state == State.APPROVED and user.holds(RoleKind.IR_OFFICER)


def can_keep_orders(user: User, _activity: Activity) -> bool:
    return user.holds(RoleKind.IR_OFFICER)


def can_cancel(user: User, activity: Activity) -> bool:
    """One's own until the order; afterwards International Relations, with an order of cancellation in hand."""
    if activity.state in (State.RETURNED, *WAITING, State.APPROVED):
        return is_own(user, activity) or user.holds(RoleKind.IR_OFFICER)
    return activity.state in ORDERED_STATES and user.holds(RoleKind.IR_OFFICER)


def can_call_off_by_order(user: User, activity: Activity) -> bool:
    return user.holds(RoleKind.IR_OFFICER) and activity.is_to_be_called_off


def can_report(user: User, activity: Activity) -> bool:
    return is_own(user, activity) and activity.state in REPORTABLE


def can_accept_report(user: User, activity: Activity) -> bool:
    return activity.state == State.REPORTED and _is_officer(user, activity)


def can_ask_change(user: User, activity: Activity) -> bool:
    return is_own(user, activity) and activity.state in (State.ORDERED, State.UNDER_WAY)


def can_endorse_change(user: User, change: Amendment) -> bool:
    return change.state == AmendmentState.PROPOSED and _heads(user, change.activity)


def can_decide_change(user: User, change: Amendment) -> bool:
    return change.state == AmendmentState.ENDORSED and _is_rector(user, change.activity)


def can_refuse_change(user: User, change: Amendment) -> bool:
    return can_endorse_change(user, change) or can_decide_change(user, change)


def can_order_change(user: User, change: Amendment) -> bool:
    return change.state == AmendmentState.APPROVED and user.holds(RoleKind.IR_OFFICER)


def _heads(user: User, activity: Activity) -> bool:
    heads = activity.department is not None and user.holds(RoleKind.HEAD_OF_DEPARTMENT, department=activity.department)
    return heads and user.pk != activity.person_id


def _is_officer(user: User, activity: Activity) -> bool:
    return user.holds(RoleKind.IR_OFFICER) and user.pk != activity.person_id


def _is_rector(user: User, activity: Activity) -> bool:
    return user.holds(RoleKind.RECTOR) and user.pk != activity.person_id
