"""Who reads the history of an activity and of an annual plan, and the words of their events."""

from django.utils.translation import gettext_lazy as _

from mobility.journal.doors import open_history, tell_events
from mobility.people.models import User
from mobility.staff.models import Activity, AnnualPlan, LineState, PlanLine, PlanPlace, StepKind
from mobility.staff.plans.permissions import can_read_history

OF_THE_MEMO = {
    "drafted": _("Memo written"),
    "revised": _("Memo changed"),
    "discarded": _("Memo thrown away"),
    "companion-added": _("A colleague added who travels along"),
    "funding-added": _("Funding added"),
    "funding-removed": _("Funding removed"),
}
OF_THE_PLAN = {
    "plan-drafted": _("Plan begun"),
    "plan-postponed": _("Another last day for proposals"),
    "place-added": _("Programme added"),
    "place-changed": _("Programme changed"),
    "place-removed": _("Programme removed"),
    "plan-opened": _("Opened to the departments"),
    "plan-prepared": _("Handed to the rector"),
    "plan-sent-back": _("Sent back by the rector"),
    "plan-approved": _("Plan approved"),
    "plan-registered": _("Number and date entered"),
    "plan-scanned": _("Signed scan added"),
    "plan-carried-over": _("What was not done is carried over"),
}
OF_A_PROGRAMME = {
    "proposed": _("Candidate proposed"),
    "withdrawn": _("Candidate withdrawn"),
    "moved-up": _("Candidate moved up"),
    LineState.INCLUDED.value: _("Candidate included"),
    LineState.LEFT_OUT.value: _("Candidate left out"),
    "begun": _("Memo begun"),
    "carried-over": _("Carried over to the next year"),
}


def open_doors() -> None:
    """An activity's: whoever sees it. A plan's and its programmes': the offices of the whole university."""
    open_history(Activity, may_read=lambda _user, _activity: True, events=dict(StepKind.choices) | OF_THE_MEMO)
    open_history(AnnualPlan, may_read=reads_plans, events=OF_THE_PLAN)
    open_history(PlanPlace, may_read=reads_plans)
    tell_events(PlanLine, OF_A_PROGRAMME)


def reads_plans(user: User, _plan: AnnualPlan | PlanPlace) -> bool:
    return can_read_history(user)
