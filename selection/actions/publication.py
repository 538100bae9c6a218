"""Results for everyone, at once: prepared by one person, published by another."""

import json
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from mobility.calls.actions.locks import refuse_called_off
from mobility.calls.models import Call, Cutoff
from mobility.journal import actions as journal
from mobility.people.context import current
from mobility.people.models import Faculty, User
from mobility.post.actions import queue_to_all
from mobility.students.models import Application, Offer
from selection import gather
from selection.engine.exchange import canonical
from selection.models import Publication, Run
from selection.running import digest
from selection.tasks import find_needed

BATCH = 2000
COPY_CARDS = """
    INSERT INTO students_card (application_id, run, content, checksum, rules_version, published_at)
    SELECT application.id, %s, card.content, %s, %s, %s
      FROM selection_runcard AS card
      JOIN students_application AS application ON application.number = card.applicant
     WHERE card.run_id = %s
"""


@transaction.atomic
def prepare(*, run: Run, by: User, at: datetime) -> Publication:
    """Lay a run before a second person. Only the newest, and only while its input is what the rows still say."""
    call = _locked(run.call)
    _refuse_stale(run, call)
    if Publication.objects.filter(run=run).exists():
        raise ValidationError(_("This run is prepared already."), code="prepared")
    publication = Publication.objects.create(run=run, prepared_by=by, prepared_at=at)
    journal.record(event="publication-prepared", of=run, by=by)
    return publication


@transaction.atomic
def take_back(*, publication: Publication, by: User) -> None:
    """The run stays; it is no longer on its way to anyone."""
    call = _locked(publication.run.call)
    publication = _again(publication)
    if call.published_at:
        raise ValidationError(_("The results of this call are published already."), code="published")
    publication.delete()
    journal.record(event="publication-taken-back", of=publication.run, by=by)


@transaction.atomic
def publish(*, publication: Publication, by: User, at: datetime) -> Call:
    """In this order: cards, places, cut-offs, the call's date, a letter to each applicant. All of it or nothing."""
    call = _locked(publication.run.call)
    publication = _again(publication)
    run = publication.run
    _refuse_stale(run, call)
    if publication.prepared_by_id == by.pk:
        raise ValidationError(
            _("You prepared this publication yourself. A second person publishes it."), code="same-person"
        )
    if call.answers_by <= at:
        raise ValidationError(
            _("The date for answers has passed already. Move it first, so that students can answer."), code="no-time"
        )
    publication.published_by, publication.published_at = by, at
    publication.save(update_fields=["published_by", "published_at"])
    _copy_cards(run, at)
    _make_offers(run, call, at)
    _push_cutoffs(run, call)
    call.published_at, call.published_run = at, run.number
    call.save(update_fields=["published_at", "published_run"])
    journal.record(event="results-published", of=call, by=by)
    applicants = User.objects.filter(applications__call=call, applications__state="submitted").exclude(email=None)
    find_needed.enqueue(call.pk)
    queue_to_all(template="selection/mail/results", people=applicants, context={"call": call, "university": current()})
    return call


def _locked(call: Call) -> Call:
    locked: Call = Call.objects.select_for_update(of=("self",)).get(pk=call.pk)
    return locked


def _again(publication: Publication) -> Publication:
    """As it is now that the call is locked."""
    rows = Publication.objects.select_related("run__call", "run__rules")
    found: Publication | None = rows.filter(pk=publication.pk).first()
    if found is None:
        raise ValidationError(_("This publication was taken back meanwhile."), code="taken-back")
    return found


def _refuse_stale(run: Run, call: Call) -> None:
    refuse_called_off(call)
    if call.published_at:
        raise ValidationError(_("The results of this call are published already."), code="published")
    if call.runs.filter(number__gt=run.number).exists():
        raise ValidationError(_("There is a newer run of this call. Publish that one."), code="newer-run")
    now = gather.freeze(gather.terms_of_call(call), lottery={"seed": call.seed, "beacon": ""})
    if digest(canonical(now)) != run.input_sha256:
        raise ValidationError(
            _("Applications, quotas or rules have changed since run %(number)s. Run the selection again."),
            code="changed-since",
            params={"number": run.number},
        )


def _copy_cards(run: Run, at: datetime) -> None:
    with connection.cursor() as cursor:
        cursor.execute(COPY_CARDS, [run.number, run.chain_sha256, run.rules.number, at, run.pk])


def _make_offers(run: Run, call: Call, at: datetime) -> None:
    placements = {code: held for code, held in json.loads(run.result)["placements"].items() if held}
    applications = dict(Application.objects.filter(call=call).values_list("number", "pk"))
    destinations = dict(call.destinations.values_list("code", "pk"))
    Offer.objects.bulk_create(
        (
            Offer(
                application_id=applications[code],
                destination_id=destinations[held],
                run=run.number,
                made_at=at,
                answer_by=call.answers_by,
            )
            for code, held in placements.items()
        ),
        batch_size=BATCH,
    )


def _push_cutoffs(run: Run, call: Call) -> None:
    destinations = dict(call.destinations.values_list("code", "pk"))
    faculties = dict(Faculty.objects.values_list("code", "pk"))
    points = _points_of_the_last_in(run)
    Cutoff.objects.bulk_create(
        Cutoff(
            destination_id=destinations[code],
            faculty_id=faculties[faculty],
            state=cutoff["state"],
            points=points.get((code, cutoff["applicant"])),
        )
        for code, cutoffs in json.loads(run.result)["cutoffs"].items()
        for faculty, cutoff in cutoffs.items()
    )


def _points_of_the_last_in(run: Run) -> dict[tuple[str, str], int]:
    """(destination, applicant) → points there, of those whose card says that they are in."""
    found = {}
    for code, card in run.cards.exclude(content__placed=None).values_list("applicant", "content"):
        wish = next(wish for wish in card["wishes"] if wish["verdict"] == "won")
        found[card["placed"], code] = wish.get("score", card["score"])["total"]
    return found
