"""Who may do what with the annual plan."""

from mobility.people.models import RoleKind, User
from mobility.staff.models import AnnualPlan, LineState, PlanLine, PlanPlace, PlanState

from .querysets import SEES_ALL, STAFF


def can_open_plans(user: User) -> bool:
    return bool({role.kind for role in user.roles} & (SEES_ALL | STAFF))


def can_draft_plans(user: User) -> bool:
    return user.holds(RoleKind.IR_OFFICER)


def can_enter_places(user: User, plan: AnnualPlan) -> bool:
    return can_draft_plans(user) and plan.state in (PlanState.DRAFT, PlanState.OPEN)


def can_open_to_departments(user: User, plan: AnnualPlan) -> bool:
    return can_draft_plans(user) and plan.state == PlanState.DRAFT


def can_propose(user: User, plan: AnnualPlan) -> bool:
    return user.holds(RoleKind.HEAD_OF_DEPARTMENT) and plan.state == PlanState.OPEN


def can_change_line(user: User, line: PlanLine) -> bool:
    """The head whose department proposed it, until it is decided."""
    is_open = line.state == LineState.PROPOSED and line.place.plan.state == PlanState.OPEN
    return is_open and user.holds(RoleKind.HEAD_OF_DEPARTMENT, department=line.department)


def can_choose(user: User, place: PlanPlace) -> bool:
    return can_prepare(user, place.plan)


def can_prepare(user: User, plan: AnnualPlan) -> bool:
    return can_draft_plans(user) and plan.state == PlanState.OPEN


def can_decide(user: User, plan: AnnualPlan) -> bool:
    return user.holds(RoleKind.RECTOR) and plan.state == PlanState.PREPARED


def can_read_history(user: User) -> bool:
    """It names every department's candidates."""
    return bool({role.kind for role in user.roles} & SEES_ALL)


def can_read_paper(user: User, plan: AnnualPlan) -> bool:
    """The whole plan with everybody's name: for the offices of the whole university."""
    return plan.document is not None and bool({role.kind for role in user.roles} & SEES_ALL)


def can_register(user: User, plan: AnnualPlan) -> bool:
    is_approved = plan.state == PlanState.APPROVED and plan.document is not None
    return is_approved and can_draft_plans(user) and not plan.document.is_registered


def can_scan(user: User, plan: AnnualPlan) -> bool:
    is_approved = plan.state == PlanState.APPROVED and plan.document is not None
    return is_approved and can_draft_plans(user) and plan.document.is_registered


def can_carry_over(user: User, plan: AnnualPlan) -> bool:
    return can_draft_plans(user) and plan.state == PlanState.APPROVED


def can_begin(user: User, line: PlanLine) -> bool:
    """Whoever is to travel, or the head for them."""
    is_waiting = line.state == LineState.APPROVED and line.activity_id is None
    heads = user.holds(RoleKind.HEAD_OF_DEPARTMENT, department=line.department)
    return is_waiting and (line.person_id == user.pk or heads)
