"""The team: students put themselves forward, offices name within the places, each student answers."""

from collections.abc import Collection, Iterable, Sequence
from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.events import requirements
from mobility.events.models import (
    ASKED,
    BEFORE_ORDER,
    BEING_NAMED,
    IN_TEAM,
    KEPT_FREE,
    Event,
    MemberConsent,
    MemberEvidence,
    MemberState,
    Permission,
    State,
    StepKind,
    TeamMember,
)
from mobility.files.actions import store
from mobility.files.inspection import Inspected
from mobility.people.calendar import add_working_days
from mobility.people.models import CalendarDay, Faculty, StudentProfile, User
from mobility.post.actions import queue
from mobility.students.consents import Need, needed_for
from mobility.web.refusals import need

from .events import free_days, hold_days
from .steps import become, locked, member_again, note, settle

ANSWER_WITHIN = 3
"""Working days after the naming."""


@transaction.atomic
def put_forward(
    *, event: Event, person: User, why: str, files: Iterable[Inspected], by: User, at: datetime
) -> TeamMember:
    """A wish takes neither a place nor days; whoever may not go reads why at once."""
    event = locked(event, *BEING_NAMED)
    day = timezone.localdate(at)
    if event.wishes_until is None or event.wishes_until < day:
        raise ValidationError(_("Nobody can be put forward for this event any more."), code="too-late")
    refuse_unfit(event, [person])
    existing = event.members.filter(person=person).first()
    if existing and existing.state != MemberState.DECLINED:
        raise ValidationError(_("You are on the list of this event already."), code="there-already")
    member = existing or TeamMember(event=event, person=person, faculty=faculty_of(person))
    member.state, member.since, member.why = MemberState.PUT_FORWARD, at, why.strip()
    member.named_by = member.named_at = member.answered_by = member.answered_at = None
    member.full_clean()
    member.save()
    for upload in files:
        MemberEvidence.objects.create(member=member, file=store(upload=upload, by=by, at=at))
    note(event, kind=StepKind.PUT_FORWARD, by=by, at=at, member=member)
    return member


@transaction.atomic
def withdraw_wish(*, member: TeamMember, by: User, at: datetime) -> TeamMember:
    event = locked(member.event, *BEFORE_ORDER)
    member = member_again(event, member, MemberState.PUT_FORWARD)
    become(member, MemberState.DECLINED, at=at)
    note(event, kind=StepKind.DECLINED, by=by, at=at, member=member)
    return member


@transaction.atomic
def name(*, event: Event, people: Sequence[User], permission: str, by: User, at: datetime) -> list[TeamMember]:
    """All of them or none, within the places. Each takes a place and the days, and is asked to confirm.

    The event is locked first: of two offices that give the last place at once, the second finds it taken.
    """
    event = locked(event, *BEFORE_ORDER)
    if event.starts <= timezone.localdate(at):
        raise ValidationError(_("The event has begun: nobody is named for it any more."), code="begun")
    if not people:
        raise ValidationError(_("Tick at least one student."), code="nobody")
    _refuse_beyond_places(event, len(people))
    refuse_unfit(event, people)
    members = [_named(event, person, MemberState.NAMED, permission, by=by, at=at) for person in _in_order(people)]
    settle(event, at=at)
    return members


def _in_order(people: Iterable[User]) -> list[User]:
    return sorted(people, key=lambda person: person.pk)


def _refuse_beyond_places(event: Event, asked: int) -> None:
    free = event.places - event.members.in_team().count()
    if asked > free:
        raise ValidationError(
            _("%(asked)s ticked, and %(free)s of %(places)s places are free."),
            code="no-place",
            params={"asked": asked, "free": free, "places": event.places},
        )


def refuse_unfit(event: Event, people: Iterable[User]) -> None:
    """Everything that stands against any of them, at once and by name."""
    named = list(people)
    found = requirements.grounds([person.pk for person in named], event)
    refusals = [
        ValidationError(f"{person}: {ground.text}", code=ground.code) for person in named for ground in found[person.pk]
    ]
    if refusals:
        raise ValidationError(refusals)


def named_for(event: Event, person: User, permission: str, *, by: User, at: datetime) -> TeamMember:
    """Asked to step in for another: takes no place yet, and the days at once."""
    return _named(event, person, MemberState.STAND_IN, permission, by=by, at=at)


def _named(event: Event, person: User, state: str, permission: str, *, by: User, at: datetime) -> TeamMember:
    member = event.members.filter(person=person).first()
    if member and member.state in KEPT_FREE:
        raise ValidationError(
            _("“%(person)s” is in the team already."), code="named-already", params={"person": person}
        )
    member = member or TeamMember(event=event, person=person, faculty=faculty_of(person))
    hold_days(event, person)
    member.state, member.since, member.permission, member.reason = state, at, permission, ""
    member.named_by, member.named_at, member.answered_by, member.answered_at = by, at, None, None
    member.answer_by, member.reminded_at = last_day_to_answer(event, at=at), None
    member.full_clean(exclude=["event", "person", "faculty", "named_by"], validate_constraints=False)
    member.save()
    note(event, kind=StepKind.NAMED, by=by, at=at, member=member)
    return member


def last_day_to_answer(event: Event, *, at: datetime) -> date:
    """Three working days, and never later than the day before the event."""
    day = add_working_days(timezone.localdate(at), ANSWER_WITHIN, CalendarDay.objects.exceptions())
    return min(day, event.starts - timedelta(days=1))


def faculty_of(person: User) -> Faculty:
    found: StudentProfile = StudentProfile.objects.select_related("faculty").get(person=person)
    return found.faculty


@transaction.atomic
def pass_over(*, member: TeamMember, by: User, at: datetime) -> TeamMember:
    """A wish that the office does not follow."""
    event = locked(member.event, *BEFORE_ORDER, State.ORDERED)
    member = member_again(event, member, MemberState.PUT_FORWARD)
    become(member, MemberState.NOT_CHOSEN, at=at)
    note(event, kind=StepKind.NOT_CHOSEN, by=by, at=at, member=member)
    return member


@transaction.atomic
def confirm(
    *, member: TeamMember, given: Collection[tuple[int, str]], permission: Inspected | None, by: User, at: datetime
) -> TeamMember:
    """The student's own word, or the office's from paper. `given` are pairs of a text's key and a country."""
    event = locked(member.event, *BEFORE_ORDER, State.ORDERED)
    member = member_again(event, member, *ASKED)
    needed = consents_of(event, at=at)
    if any((one.text.pk, one.country) not in given for one in needed):
        raise ValidationError(_("Without each consent the place cannot be confirmed."), code="no-consent")
    if permission:
        member.permission_file = store(upload=permission, by=by, at=at)
    if member.permission and not member.permission_file_id:
        told = _("Attach the signed permission %(whose)s.") % {"whose": Permission(member.permission).label}
        raise ValidationError({"permission_file": ValidationError(told, code="no-permission")})
    for one in needed:
        MemberConsent.objects.get_or_create(
            member=member, text=one.text, country=one.country, defaults={"given_at": at, "given_by": by}
        )
    to = MemberState.CONFIRMED if member.state == MemberState.NAMED else MemberState.READY
    member.answered_by, member.answered_at = by, at
    become(member, to, at=at)
    note(event, kind=StepKind.CONFIRMED, by=by, at=at, member=member)
    settle(event, at=at)
    return member


def consents_of(event: Event, *, at: datetime) -> list[Need]:
    """To the processing of personal data, and to their transfer to the event's country."""
    return needed_for([str(event.country)], at=at)


@transaction.atomic
def decline(*, member: TeamMember, by: User, at: datetime) -> TeamMember:
    """The place and the days are free again, and the office that named the student is told."""
    event = locked(member.event, *BEFORE_ORDER, State.ORDERED)
    member = member_again(event, member, *ASKED)
    free_days(event, member.person)
    member.answered_by, member.answered_at = by, at
    become(member, MemberState.DECLINED, at=at)
    note(event, kind=StepKind.DECLINED, by=by, at=at, member=member)
    settle(event, at=at)
    office = member.named_by
    if office and office != by and office.email and office.is_active:
        queue(template="events/mail/declined", to=office, context={"event": event, "member": member})
    return member


@transaction.atomic
def take_off(*, member: TeamMember, reason: str, by: User, at: datetime) -> TeamMember:
    """Before the order; afterwards it is a substitution."""
    event = locked(member.event, *BEFORE_ORDER)
    member = member_again(event, member, *IN_TEAM)
    reason = need(reason)
    free_days(event, member.person)
    become(member, MemberState.TAKEN_OFF, at=at, reason=reason)
    note(event, kind=StepKind.TAKEN_OFF, by=by, at=at, reason=reason, member=member)
    settle(event, at=at)
    return member
