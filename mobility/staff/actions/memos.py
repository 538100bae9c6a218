"""The memo: written, changed, copied for who travels along, sent. Until it is sent nobody else sees it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people.models import Department, RoleKind, User
from mobility.staff.models import DETAIL_MODELS, WRITTEN, Activity, FundingLine, State, StepKind
from partners.models import Condition

from .steps import locked, move, note

Values = Mapping[str, Any]
"""Fields of an activity that the memo holds: subject, where, when, why; of a guest the curator too."""


@transaction.atomic
def write(
    *,
    form: str,
    direction: str,
    person: User,
    department: Department | None,
    values: Values,
    detail: Values,
    by: User,
    at: datetime,
) -> Activity:
    """A draft with what its form asks. Two presses of one button find each other: the second is refused."""
    User.objects.select_for_update(of=("self",), no_key=True).get(pk=by.pk)
    same = {"form": form, "person": person, "subject": values["subject"], "starts": values["starts"]}
    if Activity.objects.in_states(State.DRAFT).filter(author=by, **same).exists():
        raise ValidationError(_("There is such a memo already."), code="written-already")
    activity = Activity(
        form=form, direction=direction, person=person, department=department, author=by, state=State.DRAFT, since=at
    )
    _fill(activity, values, detail)
    journal.record(event="drafted", of=activity, by=by)
    return activity


@transaction.atomic
def revise(*, activity: Activity, values: Values, detail: Values, by: User) -> Activity:
    activity = locked(activity, *WRITTEN)
    _fill(activity, values, detail)
    journal.record(event="revised", of=activity, by=by)
    return activity


def _fill(activity: Activity, values: Values, detail: Values) -> None:
    for field, value in values.items():
        setattr(activity, field, value)
    _settle_host(activity)
    activity.full_clean()
    activity.save()
    row = activity.detail or DETAIL_MODELS[activity.form](activity=activity)
    for field, value in detail.items():
        setattr(row, field, value)
    row.full_clean()
    row.save()


def _settle_host(activity: Activity) -> None:
    """A partner's place is known; an agreement's condition is taken where one covers the days."""
    activity.condition = covering(activity)
    if activity.partner:
        activity.elsewhere = ""
        activity.country, activity.city = activity.partner.country, activity.partner.city
    if activity.condition:
        activity.host_reason = ""
    elif not activity.host_reason:
        told = _("No agreement covers this form on these days; say why it takes place there.")
        raise ValidationError({"host_reason": ValidationError(told, code="no-host-reason")})


def covering(activity: Activity) -> Condition | None:
    """Of the partner's conditions for this form and direction, one that holds on every day."""
    if activity.partner is None:
        return None
    held = Condition.objects.valid_during(activity.starts, activity.ends)
    found: Condition | None = (
        held.filter(partner=activity.partner, kind=activity.form, direction=activity.direction).order_by("pk").first()
    )
    return found


@transaction.atomic
def add_companion(*, activity: Activity, person: User, by: User, at: datetime) -> Activity:
    """The same memo for a colleague who travels along: a copy with a life of its own, in the colleague's department."""
    activity = locked(activity, *WRITTEN)
    if activity.is_guest:
        raise ValidationError(_("A guest's memo is of one person; write another."), code="guest")
    if not activity.group:
        activity.group = get_random_string(12, "abcdefghjkmnpqrstuvwxyz23456789")
        activity.save(update_fields=["group"])
    if person == activity.person or Activity.objects.filter(group=activity.group, person=person).exists():
        raise ValidationError(_("“%(person)s” travels along already."), code="along-already", params={"person": person})
    staff = getattr(person, "staff", None)
    changed = {"person": person, "department": staff.department if staff else None, "author": by}
    changed |= {"state": State.DRAFT, "since": at, "classes_taken_by": ""}
    copy = Activity.objects.create(**_values_of(activity) | changed)
    _copy_parts(activity, copy)
    journal.record(event="companion-added", of=activity, by=by)
    journal.record(event="drafted", of=copy, by=by)
    return copy


def _copy_parts(activity: Activity, copy: Activity) -> None:
    if row := activity.detail:
        DETAIL_MODELS[activity.form]._base_manager.create(**_values_of(row) | {"activity": copy})
    FundingLine.objects.bulk_create(
        FundingLine(activity=copy, source=line.source, amount=line.amount, currency=line.currency, what=line.what)
        for line in activity.funding.all()
    )


def _values_of(row: Model) -> dict[str, Any]:
    written = (field for field in row._meta.concrete_fields if not field.primary_key and not field.generated)
    return {field.name: getattr(row, field.name) for field in written}


@transaction.atomic
def add_funding(*, activity: Activity, source: str, amount: Any, currency: str, what: str, by: User) -> FundingLine:
    activity = locked(activity, *WRITTEN, State.PROPOSED, State.ENDORSED)
    if activity.funding.filter(source=source, amount=amount, currency=currency, what=what).exists():
        raise ValidationError(_("This line is there already."), code="there-already")
    line = FundingLine(activity=activity, source=source, amount=amount, currency=currency, what=what)
    line.full_clean()
    line.save()
    journal.record(event="funding-added", of=activity, by=by)
    return line


@transaction.atomic
def remove_funding(*, line: FundingLine, by: User) -> None:
    activity = locked(line.activity, *WRITTEN, State.PROPOSED, State.ENDORSED)
    line.delete()
    journal.record(event="funding-removed", of=activity, by=by)


@transaction.atomic
def send(*, activity: Activity, by: User, at: datetime) -> Activity:
    """To the head; at once to International Relations where the sender is the head, or the department has none."""
    activity = locked(activity, *WRITTEN)
    if activity.detail is None:
        raise ValidationError(_("The memo lacks what its form asks. Change it and fill that in."), code="incomplete")
    department = activity.department
    if department is None or not _has_head(department, at):
        move(activity, to=State.ENDORSED, kind=StepKind.PROPOSED, by=by, at=at)
    elif by.holds(RoleKind.HEAD_OF_DEPARTMENT, department=department):
        move(activity, to=State.ENDORSED, kind=StepKind.PROPOSED, by=by, at=at)
        note(activity, kind=StepKind.ENDORSED, by=by, at=at)
    else:
        move(activity, to=State.PROPOSED, kind=StepKind.PROPOSED, by=by, at=at)
    return activity


def _has_head(department: Department, at: datetime) -> bool:
    day = timezone.localdate(at)
    heads = User.objects.holding(RoleKind.HEAD_OF_DEPARTMENT, on=day, department=department)
    return bool(heads.exists())


@transaction.atomic
def discard(*, activity: Activity, by: User) -> None:
    """A memo that was never sent goes without a trace but the journal's."""
    activity = locked(activity, State.DRAFT)
    journal.record(event="discarded", of=activity, by=by)
    activity.delete()
