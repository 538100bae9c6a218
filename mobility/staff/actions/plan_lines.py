"""Candidates of the annual plan: proposed in order, chosen, begun as an activity, carried over to the next year."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mobility.journal import actions as journal
from mobility.people.models import Department, User
from mobility.staff.models import Activity, AnnualPlan, LineState, PlanLine, PlanPlace, PlanState, State
from partners.models import Condition, Direction

from .plans import locked
from .steps import tell_partners_of_plan


@transaction.atomic
def propose(*, place: PlanPlace, department: Department, person: User, reason: str, by: User, at: datetime) -> PlanLine:
    """Behind those that the department has proposed for this programme before."""
    plan = locked(place.plan, PlanState.OPEN)
    if timezone.localdate(at) > plan.proposals_until:
        raise ValidationError(
            _("Departments proposed until %(day)s. Ask International Relations for more time."),
            code="too-late",
            params={"day": plan.proposals_until.isoformat()},
        )
    line = PlanLine(
        place=place,
        department=department,
        person=person,
        position=_last_position(place, department) + 1,
        reason=reason,
        proposed_by=by,
        proposed_at=at,
    )
    line.full_clean()
    line.save()
    journal.record(event="proposed", of=line, by=by)
    return line


def _last_position(place: PlanPlace, department: Department) -> int:
    behind = PlanLine.objects.filter(place=place, department=department).order_by("-position").first()
    return behind.position if behind else 0


@transaction.atomic
def withdraw(*, line: PlanLine, by: User) -> None:
    """Until International Relations have decided on it."""
    line = _undecided(line)
    journal.record(event="withdrawn", of=line, by=by)
    line.delete()


@transaction.atomic
def move_up(*, line: PlanLine, by: User) -> PlanLine:
    """Before the one that stands above it in the department's order; the first stays first."""
    line = _undecided(line)
    of_department = PlanLine.objects.filter(place=line.place, department=line.department)
    above = of_department.filter(position__lt=line.position).order_by("-position").first()
    if above is not None:
        line.position, above.position = above.position, line.position
        above.save(update_fields=["position"])
        line.save(update_fields=["position"])
        journal.record(event="moved-up", of=line, by=by)
    return line


@transaction.atomic
def choose(*, place: PlanPlace, included: Collection[PlanLine], reason: str, by: User, at: datetime) -> None:
    """Who of a programme's candidates is included; the others are left out for the reason. It may be chosen again."""
    locked(place.plan, PlanState.OPEN)
    place = PlanPlace.objects.get(pk=place.pk)
    chosen = {line.pk for line in included}
    if len(chosen) > place.seats:
        told = ngettext("There is %(count)s place.", "There are %(count)s places.", place.seats)
        raise ValidationError({"included": ValidationError(told, code="too-many", params={"count": place.seats})})
    lines = list(place.lines.all())
    if any(line.pk not in chosen for line in lines) and not reason.strip():
        raise ValidationError({"reason": ValidationError(_("Say why the others are left out."), code="no-reason")})
    for line in lines:
        line.state = LineState.INCLUDED if line.pk in chosen else LineState.LEFT_OUT
        line.note = "" if line.pk in chosen else reason.strip()
        line.decided_by, line.decided_at = by, at
        line.save(update_fields=["state", "note", "decided_by", "decided_at"])
        journal.record(event=line.state, of=line, by=by, reason=line.note)


@transaction.atomic
def begin(*, line: PlanLine, by: User, at: datetime) -> Activity:
    """The memo's draft with what the plan knows; whoever travels completes and sends it."""
    locked(line.place.plan, PlanState.APPROVED)
    line = PlanLine.objects.select_for_update(of=("self",)).select_related("place__plan").get(pk=line.pk)
    if line.state != LineState.APPROVED or line.activity_id is not None:
        raise ValidationError(_("This was begun already, or moved to the next year."), code="begun-already")
    place = line.place
    condition = _covering(place)
    activity = Activity(
        form=place.form,
        person=line.person,
        department=line.department,
        author=by,
        state=State.DRAFT,
        since=at,
        subject=place.programme,
        partner=place.partner,
        condition=condition,
        elsewhere=place.elsewhere,
        host_reason="" if condition else str(place.plan),
        country=place.country,
        city=place.partner.city if place.partner else "",
        starts=place.starts,
        ends=place.ends,
        purpose=line.reason,
        expected_result=place.programme,
    )
    activity.full_clean()
    activity.save()
    line.activity = activity
    line.save(update_fields=["activity"])
    journal.record(event="drafted", of=activity, by=by)
    journal.record(event="begun", of=line, by=by)
    return activity


def _covering(place: PlanPlace) -> Condition | None:
    """Of the partner's conditions one that holds on every day."""
    if place.partner is None:
        return None
    held = Condition.objects.valid_during(place.starts, place.ends).filter(
        partner=place.partner, kind=place.form, direction=Direction.OUTGOING
    )
    found: Condition | None = held.order_by("pk").first()
    return found


@transaction.atomic
def carry_over(*, plan: AnnualPlan, by: User, at: datetime) -> list[PlanLine]:
    """What was not done becomes candidates of the next year, whose plan is drafted where there is none yet."""
    plan = locked(plan, PlanState.APPROVED)
    lines = list(PlanLine.objects.of_plan(plan).not_done().select_related("place__partner", "department", "person"))
    if not lines:
        raise ValidationError(_("Everything was done, or is carried over already."), code="nothing-left")
    following = AnnualPlan.objects.filter(year=plan.year + 1).first() or AnnualPlan.objects.create(
        year=plan.year + 1, proposals_until=date(plan.year, 11, 1)
    )
    following = locked(following, PlanState.DRAFT, PlanState.OPEN)
    carried = [_carry(line, following, by=by, at=at) for line in lines]
    journal.record(event="plan-carried-over", of=plan, by=by)
    return carried


def _carry(line: PlanLine, following: AnnualPlan, *, by: User, at: datetime) -> PlanLine:
    place, is_new = _same_place(line.place, following)
    found = PlanLine.objects.filter(place=place, person=line.person).first()
    carried = found or PlanLine(
        place=place,
        department=line.department,
        person=line.person,
        position=_last_position(place, line.department) + 1,
        reason=line.reason,
        proposed_by=by,
        proposed_at=at,
    )
    if found is None and not is_new:
        place.seats += 1
        place.save(update_fields=["seats"])
    carried.carried_from = line
    carried.save()
    line.state = LineState.CARRIED
    line.save(update_fields=["state"])
    tell_partners_of_plan(line)
    journal.record(event="carried-over", of=line, by=by)
    return carried


def _same_place(place: PlanPlace, following: AnnualPlan) -> tuple[PlanPlace, bool]:
    """The same programme a year later, and whether it is new there: then it has one place."""
    same = {"form": place.form, "programme": place.programme, "partner": place.partner, "elsewhere": place.elsewhere}
    if found := following.places.filter(**same).first():
        return found, False
    later = {"starts": _a_year_later(place.starts), "ends": _a_year_later(place.ends)}
    money = {"source": place.source, "funding": place.funding}
    return PlanPlace.objects.create(plan=following, **same, **later, **money, country=place.country, seats=1), True


def _a_year_later(day: date) -> date:
    return day.replace(year=day.year + 1, day=28 if (day.month, day.day) == (2, 29) else day.day)


def _undecided(line: PlanLine) -> PlanLine:
    locked(line.place.plan, PlanState.OPEN)
    found: PlanLine = PlanLine.objects.select_for_update(of=("self",)).select_related("place").get(pk=line.pk)
    if found.state != LineState.PROPOSED:
        raise ValidationError(_("International Relations have decided on this candidate already."), code="decided")
    return found
