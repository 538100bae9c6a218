"""Many at once: first a page with count and names, then each by itself; what is refused is said by name."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.generic import FormView

from mobility.people.models import RoleKind, User
from mobility.staff import permissions
from mobility.staff.actions import decisions, orders, reports
from mobility.staff.forms.acts import OrderForm
from mobility.staff.models import Activity, State
from mobility.web.acts import show_refusal
from mobility.web.forms import Form

MOST = 200


def prepare_as_it_stands(*, activity: Activity, **by_at: Any) -> None:
    decisions.prepare(activity=activity, condition=activity.condition, host_reason=activity.host_reason, **by_at)


@dataclass(frozen=True)
class Verb:
    state: str
    title: Promise
    button: Promise
    allowed: Callable[[User, Activity], bool]
    role: str
    act: Callable[..., Any] | None = None
    """None: an order, which is one paper for all of them."""


VERBS = {
    "endorse": Verb(
        State.PROPOSED, _("Endorse memos"), _("Endorse"), permissions.can_endorse,
        RoleKind.HEAD_OF_DEPARTMENT, decisions.endorse,
    ),
    "prepare": Verb(
        State.ENDORSED, _("Pass memos to the rector"), _("Pass to the rector"), permissions.can_prepare,
        RoleKind.IR_OFFICER, prepare_as_it_stands,
    ),
    "approve": Verb(
        State.PREPARED, _("Approve trips"), _("Approve"), permissions.can_decide, RoleKind.RECTOR, decisions.approve
    ),
    "order": Verb(
        State.APPROVED, _("Issue one order"), _("Issue one order"), permissions.can_order, RoleKind.IR_OFFICER
    ),
    "accept": Verb(
        State.REPORTED, _("Accept reports"), _("Accept reports"), permissions.can_accept_report,
        RoleKind.IR_OFFICER, reports.accept,
    ),
}  # fmt: skip


def verbs_of(user: User, state: str) -> list[tuple[str, Promise]]:
    """What this person may do, for the state that the list is filtered by; all of them where it holds several."""
    theirs = [(name, verb) for name, verb in VERBS.items() if user.holds(verb.role) and state in ("", verb.state)]
    return [(reverse("staff-bulk", args=[name]), verb.button) for name, verb in theirs]


class StaffBulk(FormView):
    """The rows are in the address, so that the page can be gone back to."""

    template_name = "staff/bulk.html"

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.verb = VERBS.get(kwargs["verb"])
        if self.verb is None or not request.user.holds(self.verb.role):
            raise Http404
        keys = [int(key) for key in request.GET.getlist("pk")[:MOST] if key.isdecimal() and len(key) < 18]
        rows = Activity.objects.visible_to(request.user).filter(pk__in=keys).order_by("condition", "pk")
        chosen = list(rows.select_related("person__staff__department", "department", "partner", "condition"))
        self.able = [row for row in chosen if self.verb.allowed(request.user, row)]
        self.unable = len(chosen) - len(self.able)
        self.back = reverse("staff-board" if permissions.can_open_board(request.user) else "staff-department")

    def get_form_class(self) -> type[Form]:
        return Form if self.verb.act else OrderForm

    def get_initial(self) -> dict[str, Any]:
        return {"day": timezone.localdate()}

    def form_valid(self, form: Form) -> HttpResponse:
        if not self.able:
            return redirect(self.back)
        try:
            done = self.each() if self.verb.act else self.one_order(form)
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        if done:
            told = ngettext("%(title)s: %(count)s done.", "%(title)s: %(count)s done.", done)
            messages.success(self.request, told % {"title": self.verb.title, "count": done})
        return redirect(self.back)

    def each(self) -> int:
        """Each in a transaction of its own: one refusal does not undo the others."""
        done = 0
        for activity in self.able:
            try:
                self.verb.act(activity=activity, by=self.request.user, at=timezone.now())
            except ValidationError as refusal:
                told = {"activity": activity, "why": " ".join(refusal.messages)}
                messages.warning(self.request, _now("%(activity)s – %(why)s") % told)
            else:
                done += 1
        return done

    def one_order(self, form: Form) -> int:
        orders.issue(activities=self.able, **form.cleaned_data, by=self.request.user, at=timezone.now())
        return len(self.able)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        count = len(self.able)
        sentence = ngettext("%(count)s activity:", "%(count)s activities:", count) % {"count": count}
        left_out = ngettext(
            "%(count)s more was chosen, and is left out: it is not your turn there.",
            "%(count)s more were chosen, and are left out: it is not your turn there.",
            self.unable,
        )
        return super().get_context_data(
            title=self.verb.title,
            button=self.verb.button,
            sentence=sentence,
            count=count,
            left_out=left_out % {"count": self.unable} if self.unable else "",
            names=[str(activity) for activity in self.able],
            cancel=self.back,
            **kwargs,
        )
