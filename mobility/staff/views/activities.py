"""One activity: where it stands, whose turn it is, what it says, and what came of it."""

from typing import Any

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mobility.people.models import User
from mobility.staff import papers, permissions, seats
from mobility.staff.models import WAITING, Activity, Amendment, Order, Report, State, Step

from .lists import PILLS

MAY = {
    "write": permissions.can_write,
    "discard": permissions.can_discard,
    "funding": permissions.can_enter_funding,
    "endorse": permissions.can_endorse,
    "prepare": permissions.can_prepare,
    "decide": permissions.can_decide,
    "send_back": permissions.can_send_back,
    "refuse": permissions.can_refuse,
    "order": permissions.can_order,
    "scan": permissions.can_keep_orders,
    "cancel": permissions.can_cancel,
    "call_off": permissions.can_call_off_by_order,
    "report": permissions.can_report,
    "accept": permissions.can_accept_report,
    "change": permissions.can_ask_change,
}
ENDED = (State.REFUSED, State.CANCELLED)
MAY_CHANGE = {
    "endorse": permissions.can_endorse_change,
    "decide": permissions.can_decide_change,
    "refuse": permissions.can_refuse_change,
    "order": permissions.can_order_change,
}


@require_safe
def activity_detail(request: HttpRequest, pk: int) -> HttpResponse:
    rows = Activity.objects.visible_to(request.user).select_related(
        "person__staff__department", "department", "partner", "curator", "author", "condition__agreement"
    )
    activity = get_object_or_404(rows.prefetch_related("funding"), pk=pk)
    kind, icon = PILLS[activity.state]
    own = permissions.is_own(request.user, activity)
    is_late = (
        activity.state == State.REPORT_DUE and bool(activity.report_due) and activity.report_due < timezone.localdate()
    )
    changes = list(activity.amendments.all())
    steps = timeline(activity)
    context = {
        "activity": activity,
        "state": {
            "word": activity.travellers_state if own else activity.get_state_display(),
            "pill": kind,
            "icon": icon,
        },
        "is_own": own,
        "is_late": is_late,
        "sent_back": activity.sent_back,
        "facts": list(papers.facts_of(activity)),
        "clash": seats.clash_in_words(activity),
        "seats": seats.in_words(activity) if activity.state in WAITING else "",
        "companions": companions(activity, request.user),
        "steps": steps,
        "ended": next((step for step in reversed(steps) if step["kind"] == activity.state), None)
        if activity.state in ENDED
        else None,
        "orders": Order.objects.filter(activity=activity).select_related("document__scan"),
        "changes": [(change, may_change(request.user, change, activity)) for change in changes],
        "change_on_its_way": any(change.state not in ("ordered", "refused") for change in changes),
        "report": report_of(activity),
        "may": {name: may(request.user, activity) for name, may in MAY.items()},
    }
    return render(request, "staff/detail.html", context)


def companions(activity: Activity, user: User) -> list[dict[str, Any]]:
    """Names of all who travel together; a link to those that this person may open."""
    others = list(Activity.objects.along_with(activity))
    if not others:
        return []
    visible = set(Activity.objects.visible_to(user).along_with(activity).values_list("pk", flat=True))
    return [
        {"name": str(other.person), "url": other.get_absolute_url() if other.pk in visible else ""} for other in others
    ]


def timeline(activity: Activity) -> list[dict[str, Any]]:
    return [
        {
            "kind": step.kind,
            "what": step.get_kind_display(),
            "who": step.by or _("the calendar"),
            "at": step.at,
            "reason": step.reason,
        }
        for step in Step.objects.filter(activity=activity).select_related("by")
    ]


def may_change(user: User, change: Amendment, activity: Activity) -> dict[str, bool]:
    change.activity = activity
    return {name: may(user, change) for name, may in MAY_CHANGE.items()}


def report_of(activity: Activity) -> Report | None:
    files = Prefetch("files", Report.files.rel.related_model.objects.select_related("file"))
    return Report.objects.filter(activity=activity).prefetch_related("outputs", files).first()
