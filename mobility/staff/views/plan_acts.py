"""Pages that change an annual plan: a form, what it does, and the plan again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from mobility.staff.actions import plans as actions
from mobility.staff.forms.plans import (
    PlanForm,
    PostponeForm,
    PrepareForm,
    RegisterForm,
    ScanForm,
    SendBackForm,
    first_of_november,
)
from mobility.staff.models import AnnualPlan
from mobility.staff.plans import permissions
from mobility.web import acts
from mobility.web.acts import show_refusal

from .plans import plan_of


class PlanAct(acts.Step):
    template_name = "staff/plans/act.html"
    of = "plan"
    plan: AnnualPlan

    def find(self) -> None:
        self.plan = plan_of(self.request, self.kwargs["year"])

    @property
    def moving(self) -> tuple[AnnualPlan]:
        return (self.plan,)


class PlanNew(FormView):
    template_name = "staff/plans/act.html"
    form_class = PlanForm
    extra_context = {
        "title": _("New annual plan"),
        "sentence": _("Enter its programmes next; departments see the plan when you open it to them."),
    }

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not permissions.can_draft_plans(request.user):
            raise Http404

    def get_initial(self) -> dict[str, Any]:
        year = timezone.localdate().year + 1
        return {"year": year, "proposals_until": first_of_november(year)}

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.button, form.cancel = _("Save the plan"), reverse("plan-list")
        return form

    def form_valid(self, form: Any) -> HttpResponse:
        try:
            plan = actions.draft(by=self.request.user, **form.cleaned_data)
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The plan is saved. Enter its programmes, then open it to the departments."))
        return redirect(plan)


class PlanPostpone(PlanAct):
    form_class = PostponeForm
    title, button = _("Change the last day for proposals"), _("Save the last day")
    done = _("Departments propose until the new day.")
    allowed = staticmethod(permissions.can_enter_places)

    def get_initial(self) -> dict[str, Any]:
        return {"proposals_until": self.plan.proposals_until}

    def act(self, **entered: Any) -> None:
        actions.postpone(plan=self.plan, by=self.request.user, **entered)


class PlanOpen(PlanAct):
    title, button = _("Open to the departments"), _("Open the plan to the departments")
    sentence = _("Heads see its programmes from then on and propose candidates. More programmes may still be entered.")
    done = _("The plan is open. Heads propose candidates now.")
    allowed = staticmethod(permissions.can_open_to_departments)

    def act(self) -> None:
        actions.open_to_departments(plan=self.plan, **self.by_at)


class PlanPrepare(PlanAct):
    form_class = PrepareForm
    title, button = _("Hand to the rector"), _("Hand the plan to the rector")
    sentence = _("A paper is drawn up with those who are included. Departments propose no more.")
    done = _("The plan waits for the rector's decision. Its paper can be printed.")
    allowed = staticmethod(permissions.can_prepare)

    def get_initial(self) -> dict[str, Any]:
        return {"language": get_language()}

    def act(self, **entered: Any) -> None:
        actions.prepare(plan=self.plan, **entered, **self.by_at)


class PlanSendBack(PlanAct):
    form_class = SendBackForm
    title, button = _("Send back"), _("Send the plan back")
    sentence = _("International Relations choose again and hand it to you anew.")
    done = _("The plan is back with International Relations.")
    allowed = staticmethod(permissions.can_decide)

    def act(self, **entered: Any) -> None:
        actions.send_back(plan=self.plan, by=self.request.user, **entered)


class PlanApprove(PlanAct):
    title, button = _("Approve"), _("Approve the annual plan")
    sentence = _("Everyone included may begin. This cannot be undone.")
    done = _("The plan is approved. Its number and date are entered when it is signed.")
    allowed = staticmethod(permissions.can_decide)

    def act(self) -> None:
        actions.approve(plan=self.plan, **self.by_at)


class PlanRegister(PlanAct):
    form_class = RegisterForm
    title, button = _("Enter number and date"), _("Save number and date")
    sentence = _("The paper carries them from then on, and no longer changes.")
    done = _("Number and date are entered. Add the signed scan next.")
    allowed = staticmethod(permissions.can_register)

    def act(self, **entered: Any) -> None:
        actions.register(plan=self.plan, **entered, **self.by_at)


class PlanScanAdd(PlanAct):
    form_class = ScanForm
    title, button, done = _("Add the signed scan"), _("Add the scan"), _("The signed scan is added.")
    allowed = staticmethod(permissions.can_scan)

    def act(self, **entered: Any) -> None:
        actions.attach_scan(plan=self.plan, **entered, **self.by_at)
