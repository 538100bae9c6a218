"""What a student answers to a place: confirm or decline, until the date. Silence lapses."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people.actions.absences import keep_away
from mobility.people.models import AbsenceKind, User
from mobility.post.actions import queue
from mobility.students.models import Offer


@transaction.atomic
def confirm(*, offer: Offer, by: User, at: datetime) -> Offer:
    """The days of the stay are the student's from now on; whoever is away on some of them already cannot confirm."""
    offer = _open(offer, at)
    keep_away(
        person=offer.application.student,
        kind=AbsenceKind.STAY,
        source=offer.application.number,
        starts=offer.destination.starts,
        ends=offer.destination.ends,
    )
    return _answered(offer, Offer.State.CONFIRMED, by=by, at=at)


@transaction.atomic
def decline(*, offer: Offer, by: User, at: datetime) -> Offer:
    return _answered(_open(offer, at), Offer.State.DECLINED, by=by, at=at)


def _open(offer: Offer, at: datetime) -> Offer:
    """Locked, as it is now. An answer once given stands."""
    offer = _with_all(Offer.objects.select_for_update(of=("self",))).get(pk=offer.pk)
    if offer.state == Offer.State.LAPSED or (offer.state == Offer.State.OPEN and offer.answer_by <= at):
        raise ValidationError(_("The date for your answer has passed. The place is no longer yours."), code="too-late")
    if offer.state != Offer.State.OPEN:
        state = offer.get_state_display()
        raise ValidationError(_("You have answered already: %(state)s."), code="answered", params={"state": state})
    return offer


def _with_all(offers: QuerySet[Offer]) -> QuerySet[Offer]:
    return offers.select_related("application__student", "application__call", "destination__condition__partner")


def _answered(offer: Offer, state: str, *, by: User | None, at: datetime) -> Offer:
    offer.state, offer.answered_at, offer.answered_by = state, at, by
    offer.save(update_fields=["state", "answered_at", "answered_by"])
    journal.record(event=f"place-{state}", of=offer.application, by=by)
    student = offer.application.student
    if student.email:
        queue(template=f"applications/mail/place_{state}", to=student, context={"offer": offer})
    return offer


@transaction.atomic
def lapse_silent(*, at: datetime) -> None:
    """A job of settings.SCHEDULE: places whose date passed without an answer."""
    silent = Offer.objects.filter(state=Offer.State.OPEN, answer_by__lte=at)
    for offer in _with_all(silent.select_for_update(of=("self",), skip_locked=True)):
        _answered(offer, Offer.State.LAPSED, by=None, at=at)
