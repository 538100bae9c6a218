"""Letters on an approved plan: to whoever is in it, and to each head with all of the department's."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date

from mobility.people.models import RoleKind, User
from mobility.post.actions import queue
from mobility.staff.models import AnnualPlan, LineState, PlanLine


def tell_approved(plan: AnnualPlan, *, day: date) -> None:
    """One letter a person, however often the plan names them; a head's says who was left out and why, too."""
    lines = PlanLine.objects.of_plan(plan).in_order().select_related("place__partner", "place__plan", "person")
    approved, of_department = defaultdict(list), defaultdict(list)
    for line in lines.select_related("department"):
        of_department[line.department].append(line)
        if line.state == LineState.APPROVED:
            approved[line.person].append(line)
    for person, own in approved.items():
        write([person], "staff/mail/plan_approved", {"plan": plan, "lines": own})
    for department, theirs in of_department.items():
        heads = User.objects.holding(RoleKind.HEAD_OF_DEPARTMENT, on=day, department=department)
        write(heads, "staff/mail/plan_of_department", {"plan": plan, "department": department, "lines": theirs})


def write(readers: Iterable[User], template: str, context: dict) -> None:
    for reader in readers:
        if reader.email and reader.is_active:
            queue(template=template, to=reader, context=context)
