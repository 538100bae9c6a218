"""What came out of last year's call: run, published by a second person, answered by the students.

    results.found(last)

Everything goes through the actions of selection and mobility.students. Stands after the verdicts. The letters that this
queued are marked as sent on their day: nobody waits for last year's. What would have changed each outcome is
left to the worker, as publication asks it.
"""

from datetime import timedelta

from django.db.models import F

from mobility.calls.models import Call
from mobility.people.models import User
from mobility.post.models import Letter, LetterState
from mobility.sample.people import DOMAIN
from mobility.students.actions.answers import confirm, decline, lapse_silent
from mobility.students.models import Offer
from selection.actions.publication import prepare, publish
from selection.actions.runs import run

FIRST, SECOND = f"ir.students@{DOMAIN}", f"ir@{DOMAIN}"
EVERY_TENTH, SILENT = 10, 17
HOUR = timedelta(hours=1)


def found(last: Call) -> None:
    first, second = (User.objects.get(email=address) for address in (FIRST, SECOND))
    made = run(call=last, by=first, at=last.results_at - 2 * HOUR)
    prepared = prepare(run=made, by=first, at=last.results_at - HOUR)
    publish(publication=prepared, by=second, at=last.results_at)
    answered = last.results_at + 20 * HOUR
    offers = Offer.objects.filter(application__call=last).select_related("application__student").order_by("pk")
    for number, offer in enumerate(offers, start=1):
        if number == SILENT:
            continue
        act = decline if number % EVERY_TENTH == 0 else confirm
        act(offer=offer, by=offer.application.student, at=answered)
    lapse_silent(at=last.answers_by)
    Call.objects.filter(pk=last.pk).update(finished_at=last.answers_by)
    Letter.objects.filter(state=LetterState.QUEUED).update(
        state=LetterState.SENT, sent_at=answered, queued_at=answered, attempts=F("attempts") + 1
    )
