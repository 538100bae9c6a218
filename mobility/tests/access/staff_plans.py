"""The annual plan: kept by International Relations, decided by the rector, filled by heads, read by all the staff."""

from typing import Any

from mobility.files.tests.factories import IssuedDocumentFactory, StoredFileFactory
from mobility.people.models import Department, RoleKind
from mobility.people.tests.factories import DepartmentFactory, UserFactory
from mobility.staff.tests.factories import AT, AnnualPlanFactory, PlanLineFactory, PlanPlaceFactory

from .words import (
    ADMINISTRATOR,
    DEANS_OFFICE,
    HEAD_OF_DEPARTMENT,
    IR_OFFICER,
    RECTOR,
    TEACHING_STAFF,
    Outcome,
    Page,
    Place,
    only,
)


def readers(outcome: int | str) -> dict[str, Outcome]:
    who = (TEACHING_STAFF, HEAD_OF_DEPARTMENT, DEANS_OFFICE, IR_OFFICER, RECTOR, ADMINISTRATOR)
    return only(dict.fromkeys(who, outcome), others=404)


def offices(outcome: int | str) -> dict[str, Outcome]:
    return only(dict.fromkeys((IR_OFFICER, RECTOR, ADMINISTRATOR), outcome), others=404)


def officer(outcome: int | str) -> dict[str, Outcome]:
    return only({IR_OFFICER: outcome}, others=404)


def rector(outcome: int | str) -> dict[str, Outcome]:
    return only({RECTOR: outcome}, others=404)


def head(outcome: int | str) -> dict[str, Outcome]:
    return only({HEAD_OF_DEPARTMENT: outcome}, others=404)


def a_plan(state: str):
    return lambda _place: {"year": AnnualPlanFactory(state=state).year}


def a_programme(state: str):
    def made(_place: Place) -> dict[str, Any]:
        place = PlanPlaceFactory(plan__state=state)
        return {"year": place.plan.year, "place": place.pk}

    return made


def of_the_asker(place: Place) -> Department:
    """What they head, or a department of their faculty."""
    headed = (
        [role.department for role in place.me.roles if role.kind == RoleKind.HEAD_OF_DEPARTMENT] if place.me else []
    )
    return headed[0] if headed else DepartmentFactory(faculty=place.faculty)


def a_line(state: str, line_state: str, **facts):
    def made(place: Place) -> dict[str, Any]:
        given = {name: value(place) for name, value in facts.items()}
        department = of_the_asker(place)
        line = PlanLineFactory(place__plan__state=state, state=line_state, department=department, **given)
        PlanLineFactory(place=line.place, state=line_state, department=line.department, position=2)
        return {"year": line.place.plan.year, "line": line.pk}

    return made


def with_lines(state: str, line_state: str):
    def made(place: Place) -> dict[str, Any]:
        return {"year": a_line(state, line_state)(place)["year"]}

    return made


def with_a_choice(place: Place) -> dict[str, Any]:
    line = PlanLineFactory(department=of_the_asker(place))
    return {"year": line.place.plan.year, "place": line.place_id}


def registered(*, scanned: bool):
    def made(_place: Place) -> dict[str, Any]:
        plan = AnnualPlanFactory(state="approved")
        document = IssuedDocumentFactory(
            kind="staff-plan", number=f"7-{plan.pk}", dated="2026-12-20", registered_by=plan.approved_by,
            registered_at=AT, scan=StoredFileFactory() if scanned else None,
        )  # fmt: skip
        plan.document = document
        plan.save()
        return {"year": plan.year}

    return made


PAGES = {
    "plan-list": Page(get=readers(200)),
    "plan-new": Page(get=officer(200), post=officer(200)),
    "plan-detail": Page(at=with_lines("open", "proposed"), get=readers(200)),
    "plan-fact": Page(at=with_lines("approved", "approved"), get=readers(200)),
    "plan-sheet": Page(at=with_lines("approved", "approved"), get=readers(200), is_looked_at=False),
    "plan-docx": Page(at=a_plan("prepared"), get=offices(200), is_looked_at=False),
    "plan-pdf": Page(at=a_plan("prepared"), get=offices(200), is_looked_at=False),
    "plan-scan": Page(at=registered(scanned=True), get=offices(200), is_looked_at=False),
    "plan-postpone": Page(at=a_plan("open"), get=officer(200), post=officer(200)),
    "plan-open": Page(at=a_plan("draft"), get=officer(200), post=officer(200)),
    "plan-prepare": Page(at=a_plan("open"), get=officer(200), post=officer(200)),
    "plan-send-back": Page(at=a_plan("prepared"), get=rector(200), post=rector(200)),
    "plan-approve": Page(at=a_plan("prepared"), get=rector(200), post=rector(302)),
    "plan-register": Page(at=a_plan("approved"), get=officer(200), post=officer(200)),
    "plan-scan-add": Page(at=registered(scanned=False), get=officer(200), post=officer(200)),
    "plan-carry-over": Page(at=with_lines("approved", "approved"), get=officer(200), post=officer(302)),
    "plan-place-add": Page(at=a_plan("open"), get=officer(200), post=officer(200)),
    "plan-place-edit": Page(at=a_programme("open"), get=officer(200), post=officer(200)),
    "plan-place-remove": Page(at=a_programme("open"), get=officer(200), post=officer(302)),
    "plan-propose": Page(at=a_programme("open"), get=head(200), post=head(200)),
    "plan-choose": Page(at=with_a_choice, get=officer(200), post=officer(200)),
    "plan-withdraw": Page(at=a_line("open", "proposed"), get=head(200), post=head(302)),
    "plan-move-up": Page(at=a_line("open", "proposed"), get=head(200), post=head(302)),
    "plan-begin": Page(
        at=a_line("approved", "approved", person=lambda place: place.me or UserFactory()),
        get=readers(200),
        post=readers(302),
    ),
}
