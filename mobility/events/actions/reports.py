"""What came of it: sent, returned, accepted; who is late is reminded. Accepted results are verified ones."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.events.models import (
    REPORTABLE,
    Event,
    EventReport,
    MemberState,
    ReportPicture,
    Result,
    State,
    StepKind,
    TeamMember,
)
from mobility.files.actions import store
from mobility.files.inspection import Inspected
from mobility.journal import actions as journal
from mobility.people.models import User
from mobility.post.actions import queue
from mobility.web.refusals import need

from .steps import locked, member_again, move


@transaction.atomic
def send(*, event: Event, text: str, pictures: Iterable[Inspected], by: User, at: datetime) -> EventReport:
    """Sent a second time it is refused; returned, it is written anew and its photographs stay."""
    event = locked(event, *REPORTABLE)
    report = EventReport.objects.filter(event=event).first() or EventReport(event=event)
    report.text = text.strip()
    report.full_clean()
    report.save()
    for upload in pictures:
        ReportPicture.objects.create(report=report, file=store(upload=upload, by=by, at=at))
    move(event, to=State.REPORTED, kind=StepKind.REPORTED, by=by, at=at)
    return report


@transaction.atomic
def add_result(
    *, member: TeamMember, kind: str, title: str, day: date, file: Inspected | None, by: User, at: datetime
) -> Result:
    """Until the report is accepted; it proves itself by its paper."""
    event = locked(member.event, *REPORTABLE, State.REPORTED)
    member = member_again(event, member, MemberState.CONFIRMED)
    if day > timezone.localdate(at):
        raise ValidationError({"day": ValidationError(_("This day is still to come."), code="future")})
    result = Result(member=member, kind=kind, title=title.strip(), day=day)
    result.full_clean(exclude=["file"])
    if file:
        result.file = store(upload=file, by=by, at=at)
    result.save()
    journal.record(event="result-added", of=event, by=by)
    return result


@transaction.atomic
def remove_result(*, result: Result, by: User) -> None:
    event = locked(result.member.event, *REPORTABLE, State.REPORTED)
    result.delete()
    journal.record(event="result-removed", of=event, by=by)


@transaction.atomic
def close(*, event: Event, by: User, at: datetime) -> Event:
    """The report is accepted: what was gained can be claimed in an application as verified."""
    event = locked(event, State.REPORTED)
    move(event, to=State.CLOSED, kind=StepKind.CLOSED, by=by, at=at)
    return event


@transaction.atomic
def send_back(*, event: Event, reason: str, by: User, at: datetime) -> Event:
    event = locked(event, State.REPORTED)
    move(event, to=State.REPORT_DUE, kind=StepKind.REPORT_RETURNED, by=by, at=at, reason=need(reason))
    return event


@transaction.atomic
def remind(*, at: datetime) -> None:
    """The daily job: once a week a letter to whoever answers for an event whose report is late."""
    late = list(
        Event.objects.to_remind(at, day=timezone.localdate(at))
        .select_related("owner")
        .select_for_update(of=("self",), skip_locked=True)
    )
    for event in late:
        if event.owner.email and event.owner.is_active:
            queue(template="events/mail/report_late", to=event.owner, context={"event": event})
    Event.objects.filter(pk__in=[event.pk for event in late]).update(reminded_at=at)
