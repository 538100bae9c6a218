"""Where places are short the competition decides: the event becomes a call, and its winners come back as the team."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from mobility.calls.actions import calls, destinations
from mobility.calls.models import Call, RulesTemplate
from mobility.events import papers
from mobility.events.models import BEING_NAMED, Event, MemberState, State, StepKind, TeamMember
from mobility.people.academic_years import AcademicYear
from mobility.people.models import User
from mobility.students.models import Offer

from .events import covering
from .steps import become, locked, move, note

TEAM_NEEDS = timedelta(days=3)
"""Between the last answer and the first day: for approval, decision and order."""
CLOSES = time(18)
AFTER_THE_DEADLINE = (
    "verified_by",
    "points_from",
    "points_until",
    "protocols_by",
    "results_at",
    "answers_by",
)


@transaction.atomic
def turn_into_call(
    *, event: Event, code: str, deadline: date, template: RulesTemplate | None, by: User, at: datetime
) -> Call:
    """A draft with the event's own words, costs, days and places; International Relations opens it at its desk."""
    event = locked(event, *BEING_NAMED)
    if event.members.in_team().exists():
        raise ValidationError(_("A team is named already. Take it off first."), code="team-named")
    event.condition = event.condition or covering(event)
    if event.condition is None:
        raise ValidationError(
            _("Places of a call are those of an agreement, and none covers this event yet."), code="no-condition"
        )
    call = calls.draft(facts=_facts(event, code, deadline, at=at), template=template, by=by, at=at)
    terms = {"code": f"event-{event.pk}", "seats": event.places, "starts": event.starts, "ends": event.ends}
    destinations.add(call=call, condition=event.condition, terms=terms, by=by)
    event.call = call
    for member in event.members.put_forward().select_related("person"):
        become(member, MemberState.NOT_CHOSEN, at=at)
        note(event, kind=StepKind.COMPETED, by=by, at=at, member=member)
    move(event, to=State.COMPETED, kind=StepKind.COMPETED, by=by, at=at, also=("call", "condition"))
    return call


@transaction.atomic
def take_back(*, event: Event, by: User, at: datetime) -> Event:
    """As long as its call is a draft, which goes; wishes stand as they stood before."""
    event = locked(event, State.COMPETED)
    call = event.call
    if call is None or not call.is_draft:
        raise ValidationError(_("The call has opened: students apply, and everything of it stays."), code="opened")
    for member in event.members.filter(state=MemberState.NOT_CHOSEN, steps__kind=StepKind.COMPETED).distinct():
        become(member, MemberState.PUT_FORWARD, at=at)
    event.call = None
    move(event, to=State.ANNOUNCED, kind=StepKind.TAKEN_BACK, by=by, at=at, also=("call",))
    calls.remove(call=call, by=by)
    return event


def _facts(event: Event, code: str, deadline: date, *, at: datetime) -> Mapping[str, Any]:
    facts: dict[str, Any] = {
        "code": code,
        "kind": event.kind,
        "academic_year": str(AcademicYear.of(event.starts)),
        "owner": event.owner,
        **_dates(event, deadline, at=at),
    }
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            facts[f"title_{language}"] = event.title[:200]
            facts[f"costs_{language}"] = "; ".join(papers.costs_of(event))
            facts[f"replaces_{language}"] = _("Nothing in the curriculum: it is a students' event.")
    return facts


def _dates(event: Event, deadline: date, *, at: datetime) -> dict[str, datetime]:
    """Applications from now; what follows the deadline is spread evenly up to the days that the team needs."""
    closes = timezone.make_aware(datetime.combine(deadline, CLOSES))
    last = timezone.make_aware(datetime.combine(event.starts, CLOSES)) - TEAM_NEEDS
    if closes <= at or last - closes < timedelta(days=3):
        told = _("The deadline is later than now, and at least six days before the event begins.")
        raise ValidationError({"deadline": ValidationError(told, code="no-time")})
    share = (last - closes) / len(AFTER_THE_DEADLINE)
    later = {name: closes + share * number for number, name in enumerate(AFTER_THE_DEADLINE, start=1)}
    return {"opens_at": at, "deadline": closes, **later}


@transaction.atomic
def take_winners(*, event: Event, by: User, at: datetime) -> list[TeamMember]:
    """Whoever confirmed a place of the call; days and consents were given there. Then it goes on as any other event."""
    event = locked(event, State.COMPETED)
    won = Offer.objects.filter(application__call=event.call, state=Offer.State.CONFIRMED)
    offers = list(won.select_related("application__student", "application__faculty").order_by("pk"))
    if not offers:
        raise ValidationError(_("Nobody has confirmed a place of the call yet."), code="no-winners")
    members = [_won(event, offer, by=by, at=at) for offer in offers]
    event.wishes_until = None  # the competition has answered them
    move(event, to=State.CONFIRMED, kind=StepKind.NAMED, by=by, at=at, also=("wishes_until",))
    return members


def _won(event: Event, offer: Offer, *, by: User, at: datetime) -> TeamMember:
    application = offer.application
    member = event.members.filter(person=application.student).first()
    member = member or TeamMember(event=event, person=application.student, faculty=application.faculty)
    member.state, member.since, member.named_by, member.named_at = MemberState.CONFIRMED, at, by, at
    member.answered_by, member.answered_at = application.student, offer.answered_at
    member.save()
    note(event, kind=StepKind.CONFIRMED, by=by, at=at, member=member)
    return member
