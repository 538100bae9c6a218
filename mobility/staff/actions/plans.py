"""The annual plan's life: places entered, opened to the departments, prepared, approved by the rector, registered."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.files import actions as files
from mobility.files.inspection import Inspected
from mobility.files.models import IssuedDocument
from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.staff.models import AnnualPlan, LineState, PlanLine, PlanPlace, PlanState
from mobility.staff.plans.mails import tell_approved
from mobility.staff.plans.papers import paper_of
from mobility.web.refusals import need

from .steps import tell_partners_of_plan

Values = Mapping[str, Any]
"""Fields of a programme: form, programme, host, days, places, funding."""
DOCUMENT = "staff-plan"


@transaction.atomic
def draft(*, year: int, proposals_until: date, by: User) -> AnnualPlan:
    """A plan without places, which only International Relations and the rector see yet."""
    plan = AnnualPlan(year=year, proposals_until=proposals_until)
    plan.full_clean()
    plan.save()
    journal.record(event="plan-drafted", of=plan, by=by)
    return plan


@transaction.atomic
def postpone(*, plan: AnnualPlan, proposals_until: date, by: User) -> AnnualPlan:
    """Another last day for the departments' proposals."""
    plan = locked(plan, PlanState.DRAFT, PlanState.OPEN)
    plan.proposals_until = proposals_until
    plan.save(update_fields=["proposals_until"])
    journal.record(event="plan-postponed", of=plan, by=by)
    return plan


@transaction.atomic
def add_place(*, plan: AnnualPlan, values: Values, by: User) -> PlanPlace:
    plan = locked(plan, PlanState.DRAFT, PlanState.OPEN)
    same = {name: values[name] for name in ("form", "programme", "partner", "elsewhere", "starts")}
    if plan.places.filter(**same).exists():
        raise ValidationError(_("There is such a programme already."), code="there-already")
    place = PlanPlace(plan=plan)
    _fill(place, values)
    journal.record(event="place-added", of=plan, by=by)
    return place


@transaction.atomic
def change_place(*, place: PlanPlace, values: Values, by: User) -> PlanPlace:
    plan = locked(place.plan, PlanState.DRAFT, PlanState.OPEN)
    place = PlanPlace.objects.get(pk=place.pk)
    included = place.lines.filter(state=LineState.INCLUDED).count()
    if values["seats"] < included:
        told = ngettext(
            "%(count)s candidate is included already.", "%(count)s candidates are included already.", included
        )
        raise ValidationError({"seats": ValidationError(told, code="included", params={"count": included})})
    _fill(place, values)
    journal.record(event="place-changed", of=plan, by=by)
    return place


def _fill(place: PlanPlace, values: Values) -> None:
    for field, value in values.items():
        setattr(place, field, value)
    if place.partner:
        place.elsewhere, place.country = "", place.partner.country
    if place.plan.year not in (place.starts.year, place.ends.year):
        told = _("The plan is of %(year)s: the days lie in another year.") % {"year": place.plan.year}
        raise ValidationError({"starts": ValidationError(told, code="another-year")})
    place.full_clean()
    place.save()


@transaction.atomic
def remove_place(*, place: PlanPlace, by: User) -> None:
    plan = locked(place.plan, PlanState.DRAFT, PlanState.OPEN)
    if place.lines.exists():
        raise ValidationError(_("Candidates are proposed for this programme. It stays."), code="has-candidates")
    place.delete()
    journal.record(event="place-removed", of=plan, by=by)


@transaction.atomic
def open_to_departments(*, plan: AnnualPlan, by: User, at: datetime) -> AnnualPlan:
    """From now on heads see it and propose candidates."""
    plan = locked(plan, PlanState.DRAFT)
    if not plan.places.exists():
        raise ValidationError(_("Enter at least one programme first."), code="no-places")
    plan.state, plan.opened_by, plan.opened_at = PlanState.OPEN, by, at
    plan.save()
    journal.record(event="plan-opened", of=plan, by=by)
    return plan


@transaction.atomic
def prepare(*, plan: AnnualPlan, language: str, by: User, at: datetime) -> AnnualPlan:
    """To the rector, with a paper to sign: whom it includes stays until the rector decides."""
    plan = locked(plan, PlanState.OPEN)
    lines = PlanLine.objects.of_plan(plan)
    if undecided := lines.undecided().count():
        told = ngettext(
            "%(count)s candidate is neither included nor left out yet.",
            "%(count)s candidates are neither included nor left out yet.",
            undecided,
        )
        raise ValidationError(told, code="undecided", params={"count": undecided})
    if not lines.filter(state=LineState.INCLUDED).exists():
        raise ValidationError(_("Nobody is included in the plan yet."), code="empty")
    plan.state, plan.prepared_by, plan.prepared_at = PlanState.PREPARED, by, at
    plan.sent_back_for = ""
    paper = paper_of(plan, language=language)
    if plan.document is None:
        plan.document = files.draw_up(kind=DOCUMENT, paper=paper, by=by, at=at)
    else:
        files.draw_up_anew(document=plan.document, paper=paper, by=by, at=at)
    plan.save()
    journal.record(event="plan-prepared", of=plan, by=by)
    return plan


@transaction.atomic
def send_back(*, plan: AnnualPlan, reason: str, by: User) -> AnnualPlan:
    """From the rector to International Relations, who choose again."""
    plan = locked(plan, PlanState.PREPARED)
    reason = need(reason)
    plan.state, plan.prepared_by, plan.prepared_at = PlanState.OPEN, None, None
    plan.sent_back_for = reason
    plan.save()
    journal.record(event="plan-sent-back", of=plan, by=by, reason=reason)
    return plan


@transaction.atomic
def approve(*, plan: AnnualPlan, by: User, at: datetime) -> AnnualPlan:
    """Everyone included is in the plan, may begin, and gets a letter; so do the heads."""
    plan = locked(plan, PlanState.PREPARED)
    plan.state, plan.approved_by, plan.approved_at = PlanState.APPROVED, by, at
    plan.save()
    PlanLine.objects.of_plan(plan).filter(state=LineState.INCLUDED).update(state=LineState.APPROVED)
    journal.record(event="plan-approved", of=plan, by=by)
    for line in PlanLine.objects.of_plan(plan).in_force().select_related("place__partner"):
        tell_partners_of_plan(line)
    tell_approved(plan, day=timezone.localdate(at))
    return plan


@transaction.atomic
def register(*, plan: AnnualPlan, number: str, dated: date, by: User, at: datetime) -> AnnualPlan:
    """The number and date under which the signed plan is kept."""
    plan = locked(plan, PlanState.APPROVED)
    files.register(document=_paper(plan), number=number, dated=dated, by=by, at=at)
    journal.record(event="plan-registered", of=plan, by=by)
    return plan


@transaction.atomic
def attach_scan(*, plan: AnnualPlan, scan: Inspected, by: User, at: datetime) -> AnnualPlan:
    plan = locked(plan, PlanState.APPROVED)
    files.attach_scan(document=_paper(plan), scan=scan, by=by, at=at)
    journal.record(event="plan-scanned", of=plan, by=by)
    return plan


def _paper(plan: AnnualPlan) -> IssuedDocument:
    """An approved plan has one: the database says so."""
    return cast("IssuedDocument", plan.document)


def locked(plan: AnnualPlan, *states: str) -> AnnualPlan:
    """Whatever changes a plan, its places or its lines waits here for whoever came first."""
    found: AnnualPlan = AnnualPlan.objects.select_for_update(of=("self",), no_key=True).get(pk=plan.pk)
    if found.state not in states:
        raise ValidationError(
            _("The plan moved on meanwhile. Where it stands now: %(state)s."),
            code="moved-on",
            params={"state": found.get_state_display()},
        )
    return found
