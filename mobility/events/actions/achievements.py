"""A verified result becomes a claim of an application, with the paper that proves it; nothing is typed twice."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from mobility.events.models import Result, ResultClaim
from mobility.people.models import User
from mobility.students.actions import add_claim
from mobility.students.models import Application, Claim, Evidence


@transaction.atomic
def claim(*, result: Result, application: Application, kind: str, by: User, at: datetime) -> Claim:
    """Only the student's own, of an event that is closed; a second press finds the first one's claim."""
    if not Result.objects.verified_of(application.student_id).filter(pk=result.pk).exists():
        raise ValidationError(_("This result is not verified, or is another student's."), code="not-verified")
    if ResultClaim.objects.filter(result=result, claim__application=application).exists():
        raise ValidationError(_("This achievement is on your list already."), code="claimed-already")
    event = result.member.event
    entered = {
        "kind": kind,
        "title": result.title,
        "event": event.title[:200],
        "place": ", ".join(filter(None, (event.city, str(event.country.name)))),
        "day": result.day,
    }
    made = add_claim(application=application, entered=entered, by=by, at=at)
    if result.file:
        Evidence.objects.create(claim=made, file=result.file, added_at=at)
    ResultClaim.objects.create(result=result, claim=made)
    return made
