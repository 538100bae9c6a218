from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people.models import OFFICES, Department, Deputy, Faculty, Role, RoleKind, User

from .invitations import close_those_for_mere_students


@transaction.atomic
def grant_role(
    *,
    person: User,
    kind: str,
    starts: date,
    ends: date | None = None,
    faculty: Faculty | None = None,
    department: Department | None = None,
    signs: bool = False,
    by: User | None,
    at: datetime,
    reason: str = "",
) -> Role:
    User.objects.select_for_update(of=("self",)).get(pk=person.pk)
    role = Role(
        person=person,
        kind=kind,
        faculty=faculty,
        department=department,
        signs=signs,
        starts=starts,
        ends=ends,
        granted_by=by,
        granted_at=at,
    )
    role.full_clean()
    role.save()
    if kind != RoleKind.STUDENT:
        close_those_for_mere_students(person=person, at=at)
    journal.record(event="role-granted", of=role, by=by, reason=reason)
    return role


@transaction.atomic
def end_role(*, role: Role, last_day: date, by: User, reason: str = "") -> Role:
    """The role counts through its last day; deputies' days end with it."""
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    if last_day < role.starts:
        raise ValidationError(_("The last day is before the first."), code="ends-before-it-starts")
    if role.ends is not None and role.ends < last_day:
        raise ValidationError(_("This role ends earlier already."), code="ends-earlier-already")
    if role.kind == RoleKind.ADMINISTRATOR and not _another_administrator(role, on=last_day + timedelta(days=1)):
        raise ValidationError(
            _("Nobody would be administrator afterwards. Give the role to someone else first."),
            code="last-administrator",
        )
    role.ends = last_day
    role.save(update_fields=["ends"])
    role.deputies.filter(starts__gt=last_day).delete()
    role.deputies.filter(ends__gt=last_day).update(ends=last_day)
    journal.record(event="role-ended", of=role, by=by, reason=reason)
    return role


def _another_administrator(role: Role, *, on: date) -> bool:
    """Locks them all, so that two cannot end each other's role at once."""
    others = Role.objects.in_force_on(on).filter(kind=RoleKind.ADMINISTRATOR, person__is_active=True)
    return any(other.pk != role.pk for other in others.select_for_update(of=("self",)).order_by("pk"))


@transaction.atomic
def appoint_deputy(*, role: Role, person: User, starts: date, ends: date, by: User, at: datetime) -> Deputy:
    role = Role.objects.select_for_update(of=("self",)).get(pk=role.pk)
    if role.kind not in OFFICES:
        raise ValidationError(_("Nobody can act in this role for someone else."), code="no-office")
    if role.person_id == person.pk:
        raise ValidationError(_("Nobody is their own deputy."), code="own-deputy")
    if not person.is_active:
        raise ValidationError(_("This person may not sign in, so they could not act."), code="blocked")
    if starts < role.starts or (role.ends is not None and ends > role.ends):
        raise ValidationError(_("The deputy's days must lie within the role's own."), code="outside-the-role")
    deputy = Deputy(role=role, person=person, starts=starts, ends=ends, appointed_by=by, appointed_at=at)
    deputy.full_clean()
    deputy.save()
    close_those_for_mere_students(person=person, at=at)
    journal.record(event="deputy-appointed", of=deputy, by=by)
    return deputy


@transaction.atomic
def dismiss_deputy(*, deputy: Deputy, last_day: date, by: User) -> None:
    """Through the given day; one who has not begun by then never will."""
    deputy = Deputy.objects.select_for_update(of=("self",)).get(pk=deputy.pk)
    if deputy.ends < last_day:
        raise ValidationError(_("The deputy's days are over earlier already."), code="ends-earlier-already")
    journal.record(event="deputy-dismissed", of=deputy, by=by)
    if deputy.starts > last_day:
        deputy.delete()
        return
    deputy.ends = last_day
    deputy.save(update_fields=["ends"])
