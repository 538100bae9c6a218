"""Pages of the annual plan that are read."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.files.serving import serve, serve_document
from mobility.staff.models import AnnualPlan, PlanLine, PlanState
from mobility.staff.plans import permissions
from mobility.staff.plans.overview import BY, PLAN_PILLS, facts_by, programmes_of, total_of, visible_lines
from mobility.staff.plans.sheet import header, rows
from mobility.web.charts import Pair, bars
from mobility.web.spreadsheets import answer, xlsx_bytes

from .lists import ways


@require_safe
def plan_list(request: HttpRequest) -> HttpResponse:
    if not permissions.can_open_plans(request.user):
        raise Http404
    plans = [
        {"plan": plan, "pill": PLAN_PILLS[PlanState(plan.state)]}
        for plan in AnnualPlan.objects.visible_to(request.user).with_counts()
    ]
    context = {
        "plans": plans,
        "mine": PlanLine.objects.filter(person=request.user)
        .with_fact()
        .select_related("place__plan", "place__partner"),
        "may_draft": permissions.can_draft_plans(request.user),
        "ways": ways(request),
    }
    return render(request, "staff/plans/list.html", context)


@require_safe
def plan_detail(request: HttpRequest, year: int) -> HttpResponse:
    plan = plan_of(request, year)
    today = timezone.localdate()
    programmes = programmes_of(plan, request.user, day=today)
    context = {
        "plan": plan,
        "pill": PLAN_PILLS[PlanState(plan.state)],
        "programmes": programmes,
        "seats": sum(programme.place.seats for programme in programmes),
        "candidates": sum(len(programme.lines) for programme in programmes),
        "undecided": sum(programme.undecided for programme in programmes),
        "is_closed": today > plan.proposals_until,
        "may": what_may_be_done(request.user, plan),
    }
    return render(request, "staff/plans/detail.html", context)


def what_may_be_done(user: Any, plan: AnnualPlan) -> dict[str, bool]:
    return {
        "enter": permissions.can_enter_places(user, plan),
        "open": permissions.can_open_to_departments(user, plan),
        "prepare": permissions.can_prepare(user, plan),
        "decide": permissions.can_decide(user, plan),
        "read_history": permissions.can_read_history(user),
        "read_paper": permissions.can_read_paper(user, plan),
        "register": permissions.can_register(user, plan),
        "scan": permissions.can_scan(user, plan),
        "carry_over": permissions.can_carry_over(user, plan) and PlanLine.objects.of_plan(plan).not_done().exists(),
    }


@require_safe
def plan_fact(request: HttpRequest, year: int) -> HttpResponse:
    """By department, form, partner or month, of what this person may see."""
    plan = plan_of(request, year)
    by = request.GET.get("by", "department")
    if by not in BY:
        raise Http404
    facts = facts_by(plan, request.user, by)
    context = {
        "plan": plan,
        "by": by,
        "label": BY[by],
        "ways": BY.items(),
        "facts": facts,
        "total": total_of(facts),
        "bars": bars([Pair(fact.label, fact.planned, fact.done) for fact in facts]),
    }
    return render(request, "staff/plans/fact.html", context)


@require_safe
def plan_sheet(request: HttpRequest, year: int) -> HttpResponse:
    plan = plan_of(request, year)
    content = xlsx_bytes(header=header(), rows=rows(visible_lines(plan, request.user)), title=_("Annual plan"))
    return answer(content, name=f"plan-{plan.year}.xlsx")


@require_safe
def plan_paper(request: HttpRequest, year: int, suffix: str) -> HttpResponseBase:
    return serve_document(paper_of(request, year).document, suffix)


@require_safe
def plan_scan(request: HttpRequest, year: int) -> HttpResponseBase:
    document = paper_of(request, year).document
    if document.scan is None:
        raise Http404
    return serve(request, document.scan)


def paper_of(request: HttpRequest, year: int) -> AnnualPlan:
    plan = plan_of(request, year)
    if not permissions.can_read_paper(request.user, plan):
        raise Http404
    return plan


def plan_of(request: HttpRequest, year: int) -> AnnualPlan:
    visible = AnnualPlan.objects.visible_to(request.user)
    people = ("opened_by", "prepared_by", "approved_by", "document__scan", "document__registered_by")
    return get_object_or_404(visible.select_related(*people), year=year)
