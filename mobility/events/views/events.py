"""One event: where it stands, whose turn it is, what everybody may know and what only the offices do."""

from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.events import papers, permissions
from mobility.events.models import (
    OFF,
    Event,
    EventReport,
    MemberState,
    Order,
    Result,
    State,
    Step,
    Substitution,
    TeamMember,
)
from mobility.people.models import User

from .lists import PILLS

MAY = {
    "change": permissions.can_change,
    "name": permissions.can_name,
    "approve": permissions.can_approve,
    "decide": permissions.can_decide,
    "order": permissions.can_order,
    "scan": permissions.can_keep_orders,
    "cancel": permissions.can_cancel,
    "to_call": permissions.can_turn_into_call,
    "winners": permissions.can_take_winners,
    "take_back": permissions.can_take_back,
    "report": permissions.can_report,
    "results": permissions.can_enter_results,
    "close": permissions.can_close,
    "facts": permissions.can_read_facts,
    "orders": permissions.can_read_orders,
    "history": permissions.can_read_history,
}
MAY_MEMBER = {
    "answer": permissions.can_answer_on_paper,
    "take_off": permissions.can_take_off,
    "pass_over": permissions.can_pass_over,
    "substitute": permissions.can_substitute,
}
MEMBERS_PILLS = {
    MemberState.PUT_FORWARD: ("info", "circle"),
    MemberState.NAMED: ("info", "circle"),
    MemberState.CONFIRMED: ("ok", ""),
    MemberState.STAND_IN: ("info", "circle"),
    MemberState.READY: ("ok", ""),
}


@login_not_required
@require_safe
def event_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Event.objects.visible_to(request.user).select_related(
        "partner", "condition__agreement", "chaperone", "owner", "trip", "call", "invitation"
    )
    event = get_object_or_404(rows, pk=pk)
    user = request.user
    if not user.is_authenticated:
        return render(request, "events/public.html", public(event))
    may = {name: allowed(user, event) for name, allowed in MAY.items()}
    in_team = event.members.in_team().count()
    own = event.members.filter(person=user).first()
    if own:
        own.event = event
    context = public(event) | {
        "may": may,
        "own": own,
        "mine": of_the_student(user, event, own),
        "members": [shown(user, member) for member in members_of(event, user)],
        "in_team": in_team,
        "steps": timeline(event, user) if may["facts"] else [],
        "ended": ended(event) if may["facts"] or own else None,
        "orders": Order.objects.filter(event=event).select_related("document__scan") if may["orders"] else [],
        "substitutions": substitutions_of(event, user) if may["facts"] else [],
        "report": report_of(event) if may["facts"] or (own and own.state == MemberState.CONFIRMED) else None,
        "results": results_of(event, user),
        "next": next_step(event, may, free=event.places - in_team),
        "is_late": event.state == State.REPORT_DUE
        and event.report_due is not None
        and event.report_due < timezone.localdate(),
    }
    if may["facts"]:
        context["word"] = event.get_state_display()
        context["facts"] += papers.facts_for_offices(event)
    return render(request, "events/detail.html", context)


def public(event: Event) -> dict[str, Any]:
    """What a visitor reads."""
    kind, icon = PILLS[event.state]
    return {
        "event": event,
        "word": event.students_state,
        "pill": kind,
        "icon": icon,
        "facts": list(papers.facts_of(event)),
        "is_open": permissions.takes_wishes(event, on=timezone.localdate()),
    }


def of_the_student(user: User, event: Event, own: TeamMember | None) -> dict[str, Any]:
    """What the student may do on this page."""
    today = timezone.localdate()
    may_wish = permissions.can_put_forward(user, event, on=today)
    if own is None:
        return {"wish": may_wish}
    return {
        "wish": may_wish and own.state == MemberState.DECLINED,
        "answer": permissions.can_answer(user, own),
        "withdraw": permissions.can_withdraw_wish(user, own),
        "is_silent": own.is_silent_on(today),
        "word": "" if event.state in (*OFF, State.COMPETED) else own.own_state,
    }


def members_of(event: Event, user: User) -> list[TeamMember]:
    found = TeamMember.objects.visible_to(user).filter(event=event).select_related("person__student", "faculty")
    return list(found.prefetch_related("evidence__file").order_by("person__sort_name"))


def shown(user: User, member: TeamMember) -> dict[str, Any]:
    kind, icon = MEMBERS_PILLS.get(MemberState(member.state), ("neutral", ""))
    return {
        "member": member,
        "pill": kind,
        "icon": icon,
        "is_silent": member.is_silent_on(timezone.localdate()),
        "may": {name: allowed(user, member) for name, allowed in MAY_MEMBER.items()},
    }


def next_step(event: Event, may: dict[str, bool], *, free: int) -> dict[str, str]:
    """The one clear button of an office; nothing where it is somebody else's turn."""
    ways = [
        (may["winners"] and not may["take_back"], "event-winners", _("Take the winners as the team")),
        (may["close"], "event-close", _("Accept the report")),
        (may["order"], "event-order", _("Issue the order")),
        (may["decide"], "event-decide", _("Decide")),
        (may["approve"], "event-approve", _("Approve the team")),
        (may["name"] and free > 0 and event.state in (State.ANNOUNCED, State.NAMED), "event-name", _("Name the team")),
        (may["report"], "event-report", _("Write the report")),
    ]
    for allowed, name, label in ways:
        if allowed:
            return {"url": reverse(name, args=[event.pk]), "label": label}
    return {}


def ended(event: Event) -> Step | None:
    """The step that refused it or called it off, with the reason."""
    return Step.objects.filter(event=event).last() if event.state in OFF else None


def timeline(event: Event, user: User) -> list[dict[str, Any]]:
    """Who did what when; students of other faculties are not named to a dean's office."""
    seen = set(TeamMember.objects.visible_to(user).filter(event=event).values_list("pk", flat=True))
    steps = Step.objects.filter(event=event).select_related("by", "member__person")
    return [
        {
            "what": step.get_kind_display(),
            "whom": step.member.person if step.member_id in seen else "",
            "who": step.by or _("the calendar") if step.member_id is None or step.member_id in seen else "",
            "at": step.at,
            "reason": step.reason if step.member_id is None or step.member_id in seen else "",
        }
        for step in steps
    ]


def substitutions_of(event: Event, user: User) -> list[dict[str, Any]]:
    found = Substitution.objects.filter(event=event, leaves__in=TeamMember.objects.visible_to(user)).select_related(
        "leaves__person", "comes__person"
    )
    rows = []
    for one in found:
        one.event = event
        may = {
            "decide": permissions.can_decide_substitution(user, one),
            "order": permissions.can_order_substitution(user, one),
        }
        rows.append({"row": one, "may": may})
    return rows


def report_of(event: Event) -> EventReport | None:
    files = Prefetch("pictures", EventReport.pictures.rel.related_model.objects.select_related("file"))
    return EventReport.objects.filter(event=event).prefetch_related(files).first()


def results_of(event: Event, user: User) -> list[Result]:
    seen = TeamMember.objects.visible_to(user)
    return list(Result.objects.filter(member__event=event, member__in=seen).select_related("member__person", "file"))
