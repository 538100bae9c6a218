"""The computation over everybody: made once, kept for ever, computed again by whoever doubts it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext as _

from mobility.calls.actions.locks import refuse_called_off
from mobility.calls.models import Call
from mobility.journal import actions as journal
from mobility.people.models import Faculty, User
from mobility.students.models import Application
from mobility.web.bulk import pour
from selection import gather
from selection.engine.values import VERSION, BadInput
from selection.models import Run, RunCard, Standing
from selection.running import chained, computation


@transaction.atomic
def run(*, call: Call, by: User, at: datetime) -> Run:
    """Freeze the input, compute, and append the run to the call's chain."""
    call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    _refuse_early(call, at)
    terms = gather.terms_of_call(call)
    try:
        made = computation(gather.freeze(terms, lottery={"seed": call.seed, "beacon": ""}))
    except BadInput as bad:
        raise ValidationError(
            _("The input contradicts itself: %(what)s."), code="bad-input", params={"what": str(bad)}
        ) from bad
    last = call.runs.order_by("-number").first()
    previous = last.chain_sha256 if last else ""
    row = Run.objects.create(
        call=call,
        number=last.number + 1 if last else 1,
        rules=terms.version,
        engine=VERSION,
        frozen=made.frozen,
        result=made.result,
        input_sha256=made.input_sha256,
        result_sha256=made.result_sha256,
        previous_sha256=previous,
        chain_sha256=chained(previous, made.input_sha256, made.result_sha256),
        made_by=by,
        made_at=at,
    )
    pour(RunCard(run=row, applicant=code, content=card) for code, card in made.cards)
    journal.record(event="run", of=row, by=by)
    return row


def _refuse_early(call: Call, at: datetime) -> None:
    refuse_called_off(call)
    if call.published_at:
        raise ValidationError(_("The results of this call are published already."), code="published")
    if call.deadline > at:
        raise ValidationError(_("Applications are open still. Run the selection after the deadline."), code="open")
    if waiting := faculties_not_locked(call):
        raise ValidationError(
            _("These faculties have not locked their ranking yet: %(faculties)s."),
            code="not-locked",
            params={"faculties": ", ".join(str(faculty) for faculty in waiting)},
        )


def faculties_not_locked(call: Call | OuterRef) -> QuerySet[Faculty]:
    """Those with submitted applications and no locked standing: each faculty is asked, not each application."""
    applied = Application.objects.submitted().filter(call=call, faculty=OuterRef("pk"))
    locked = Standing.objects.filter(call=call, faculty=OuterRef("pk"), undone_at=None)
    return Faculty.objects.filter(Exists(applied), ~Exists(locked))
