"""The faculty's ranking: shown to students, locked, unlocked. Each act holds the faculty's outlook."""

import hashlib
import json
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from mobility.calls.actions.locks import refuse_called_off
from mobility.calls.models import Call
from mobility.journal import actions as journal
from mobility.people.models import Faculty, User
from mobility.students.models import Application, Claim
from selection import mails
from selection.actions.scoring import compute_outlook, hold
from selection.models import Outlook, Rank, Reading, Showing, Standing


@transaction.atomic
def show_points(*, call: Call, faculty: Faculty, by: User, at: datetime) -> Showing:
    """Each student sees their own from now on, and is told so once by mail; a later change needs two people."""
    hold(call=call, faculty=faculty)
    refuse_called_off(call)
    if Showing.objects.filter(call=call, faculty=faculty).exists():
        raise ValidationError(_("The points have been shown already."), code="shown")
    shown = Application.objects.submitted().filter(call=call, faculty=faculty)
    if not shown.exists():
        raise ValidationError(_("Nobody of this faculty is in the competition."), code="nobody")
    _refuse_unread(call, faculty)
    showing = Showing.objects.create(call=call, faculty=faculty, by=by, at=at)
    shown.update(points_shown_at=at)
    for application in shown.select_related("student", "call").order_by("number"):
        if application.student.email:
            mails.send_points(application=application)
    journal.record(event="points-shown", of=call, by=by)
    return showing


@transaction.atomic
def lock(*, call: Call, faculty: Faculty, with_unread: bool, by: User, at: datetime) -> Standing:
    """What stood at this moment, word for word, and its hash. While it is in force no verdict changes."""
    outlook = hold(call=call, faculty=faculty)
    refuse_called_off(call)
    if Standing.objects.in_force(call, faculty).exists():
        raise ValidationError(_("The ranking is locked already."), code="locked")
    if at < call.deadline:
        raise ValidationError(_("Applications are still open. Lock after the deadline."), code="too-early")
    if Reading.objects.pending_in(call, faculty).exists():
        raise ValidationError(_("A verdict waits for a second person. Settle it first."), code="pending")
    if not with_unread:
        _refuse_unread(call, faculty)
    if not outlook.is_current:
        compute_outlook(call=call, faculty=faculty, outlook=outlook)
    if not Rank.objects.filter(call=call, faculty=faculty).exists():
        raise ValidationError(_("There is nobody to rank."), code="nobody")
    content = canonical(content_of(call, faculty, outlook))
    standing = Standing.objects.create(
        call=call, faculty=faculty, content=content, sha256=sha256(content), locked_by=by, locked_at=at
    )
    journal.record(event="ranking-locked", of=call, by=by)
    return standing


@transaction.atomic
def unlock(*, standing: Standing, reason: str, by: User, at: datetime) -> Standing:
    """For a reason; a registered protocol or published results hold it."""
    hold(call=standing.call, faculty=standing.faculty)
    standing = Standing.objects.select_related("call").get(pk=standing.pk)
    if standing.undone_at:
        raise ValidationError(_("The ranking is unlocked already."), code="unlocked")
    if standing.call.published_at:
        raise ValidationError(_("The results are published. The ranking stays."), code="published")
    protocol = getattr(standing, "protocol", None)
    if protocol and protocol.document.is_registered:
        raise ValidationError(_("The protocol is registered. The ranking stays as it was signed."), code="registered")
    standing.undone_by, standing.undone_at, standing.undone_reason = by, at, reason
    standing.save(update_fields=["undone_by", "undone_at", "undone_reason"])
    journal.record(event="ranking-unlocked", of=standing.call, by=by, reason=reason)
    return standing


def _refuse_unread(call: Call, faculty: Faculty) -> None:
    unread = Claim.objects.unread().filter(
        application__call=call, application__faculty=faculty, application__state="submitted"
    )
    if count := unread.count():
        raise ValidationError(
            _("Claims that nobody has read: %(count)s. They would count 0."), code="unread", params={"count": count}
        )


def content_of(call: Call, faculty: Faculty, outlook: Outlook) -> dict[str, Any]:
    """Applicants by code; points and marks in hundredths."""
    ranked = Rank.objects.filter(call=call, faculty=faculty).order_by("order")
    rows = ranked.values(
        "order",
        "place",
        "tie_rule",
        "wish",
        code=F("application__number"),
        points=F("application__points"),
        parts=F("application__parts"),
        mean_mark=F("application__mean_mark"),
        course_year=F("application__course_year"),
        earlier_mobility=F("application__earlier_mobility"),
        to=F("destination__code"),
    )
    others = Application.objects.submitted().filter(call=call, faculty=faculty).exclude(unmet=[])
    refused = Claim.objects.filter(
        application__call=call, application__faculty=faculty, application__state="submitted", verdict="refused"
    ).order_by("application__number", "pk")
    return {
        "call": call.code,
        "faculty": faculty.code,
        "rules": call.rules_versions.order_by("-number").values_list("number", flat=True)[0],
        "ranking": list(rows),
        "own_standings": outlook.own_standings,
        "not_eligible": list(others.order_by("number").values("unmet", code=F("number"))),
        "refused": list(refused.values("kind", "title", "reason", code=F("application__number"))),
    }


def canonical(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":")) + "\n"


def sha256(content: str) -> str:
    return hashlib.sha256(content.encode()).hexdigest()
