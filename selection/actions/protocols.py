"""The commission of a faculty, and the protocol of its meeting over a locked ranking."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from mobility.calls.models import Call
from mobility.files.actions import attach_scan, draw_up, draw_up_anew, register
from mobility.files.inspection import Inspected
from mobility.journal import actions as journal
from mobility.people.models import Faculty, User
from selection import papers
from selection.models import Attendance, CommissionMember, Protocol, Seat, Standing

KIND = "commission-protocol"


@transaction.atomic
def add_member(*, call: Call, faculty: Faculty, seat: str, name: str, position: str, by: User) -> CommissionMember:
    member = CommissionMember(call=call, faculty=faculty, seat=seat, name=name, position=position)
    member.full_clean()
    member.save()
    journal.record(event="commission-changed", of=call, by=by)
    return member


@transaction.atomic
def remove_member(*, member: CommissionMember, by: User) -> None:
    """Only who was at no meeting: protocols name them."""
    try:
        member.delete()
    except ProtectedError as protected:
        raise ValidationError(
            _("%(member)s was at a meeting and stays in its protocol."), code="attended", params={"member": member}
        ) from protected
    journal.record(event="commission-changed", of=member.call, by=by)


@transaction.atomic
def write(
    *, standing: Standing, present: Sequence[CommissionMember], said: Mapping[str, Any], by: User, at: datetime
) -> Protocol:
    """The first time, or again until it is registered. `said` are the protocol's own fields."""
    standing = Standing.objects.select_for_update(of=("self",)).select_related("call", "faculty").get(pk=standing.pk)
    if standing.undone_at:
        raise ValidationError(_("The ranking was unlocked. Lock it again before the protocol."), code="unlocked")
    members = list(standing.call.commission_members.filter(faculty=standing.faculty))
    _refuse_without_a_quorum(members, present)
    votes = said["votes_for"] + said["votes_against"] + said["abstained"]
    if votes != len(present):
        raise ValidationError(
            _("Votes: %(votes)s, present: %(present)s. Each of those present votes or abstains once."),
            code="votes",
            params={"votes": votes, "present": len(present)},
        )
    protocol = Protocol.objects.filter(standing=standing).select_related("document").first() or Protocol(
        standing=standing
    )
    for name, value in said.items():
        setattr(protocol, name, value)
    protocol.written_by, protocol.written_at = by, at
    here = {member.pk for member in present}
    absent = [member for member in members if member.pk not in here]
    paper = papers.protocol_paper(protocol, papers.locked(standing), _in_order(present), _in_order(absent))
    if protocol.pk:
        draw_up_anew(document=protocol.document, paper=paper, by=by, at=at)
    else:
        protocol.document = draw_up(kind=KIND, paper=paper, by=by, at=at)
    protocol.save()
    protocol.attendances.all().delete()
    Attendance.objects.bulk_create(Attendance(protocol=protocol, member=member) for member in present)
    journal.record(event="protocol-written", of=standing.call, by=by)
    return protocol


@transaction.atomic
def enter_number(*, protocol: Protocol, number: str, dated: date, by: User, at: datetime) -> Protocol:
    """From now on the protocol stays, and holds the lock of its ranking."""
    standing = Standing.objects.select_for_update(of=("self",)).select_related("call").get(pk=protocol.standing_id)
    if standing.undone_at:
        raise ValidationError(_("The ranking was unlocked. Lock it again before the protocol."), code="unlocked")
    register(document=protocol.document, number=number, dated=dated, by=by, at=at)
    journal.record(event="protocol-registered", of=standing.call, by=by)
    protocol.document.refresh_from_db()
    return protocol


@transaction.atomic
def add_scan(*, protocol: Protocol, scan: Inspected, by: User, at: datetime) -> Protocol:
    attach_scan(document=protocol.document, scan=scan, by=by, at=at)
    return protocol


def _refuse_without_a_quorum(members: Sequence[CommissionMember], present: Sequence[CommissionMember]) -> None:
    seats = {member.seat for member in present}
    if not {Seat.CHAIR, Seat.SECRETARY} <= seats:
        raise ValidationError(_("The chair and the secretary sign the protocol: both are present."), code="no-chair")
    if 2 * len(present) <= len(members):
        raise ValidationError(
            _("Present: %(present)s of %(whole)s. The commission decides when more than half are present."),
            code="quorum",
            params={"present": len(present), "whole": len(members)},
        )


def _in_order(members: Sequence[CommissionMember]) -> list[CommissionMember]:
    seats = list(Seat.values)
    return sorted(members, key=lambda member: (seats.index(member.seat), member.name))
