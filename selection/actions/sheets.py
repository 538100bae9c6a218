"""What a verdict stands on: an applicant's claims, held while somebody enters what they found."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from mobility.calls.actions.locks import refuse_called_off
from mobility.calls.models import RulesVersion
from mobility.calls.rubric import engine_rules
from mobility.people.models import User
from mobility.students.models import Application, Claim
from selection.actions import scoring
from selection.gather import RulesInForce
from selection.models import Outlook

# The two below are asked at each save of a verdict: as the ORM writes them they cost several times what they answer.
RULES_AND_DOORS = """
    SELECT version.*,
           EXISTS (SELECT FROM selection_standing
                   WHERE call_id = %(call)s AND faculty_id = %(faculty)s AND undone_at IS NULL) AS is_locked,
           EXISTS (SELECT FROM selection_showing
                   WHERE call_id = %(call)s AND faculty_id = %(faculty)s) AS points_are_shown,
           EXISTS (SELECT FROM selection_conflict
                   WHERE application_id = %(application)s AND person_id = %(person)s) AS is_excluded,
           EXISTS (SELECT FROM students_application
                   WHERE call_id = %(call)s AND faculty_id = %(faculty)s AND state = 'submitted'
                   OFFSET %(at_once)s) AS is_crowded
    FROM calls_rulesversion version WHERE call_id = %(call)s ORDER BY number DESC LIMIT 1
"""
CLAIMS = """
    SELECT claim.*,
           coalesce(last.number, 0) AS last_reading,
           coalesce(last.needs_second AND last.seconded_at IS NULL AND last.refused_at IS NULL, false) AS is_pending,
           EXISTS (SELECT FROM students_evidence own
                   JOIN files_storedfile document ON document.id = own.file_id
                   JOIN files_storedfile same ON same.sha256 = document.sha256
                   JOIN students_evidence other ON other.file_id = same.id AND other.claim_id <> claim.id
                   JOIN students_claim elsewhere ON elsewhere.id = other.claim_id
                   JOIN students_application holder ON holder.id = elsewhere.application_id
                   WHERE own.claim_id = claim.id
                     AND holder.call_id = %(call)s AND holder.state <> 'draft') AS stands_elsewhere
    FROM students_claim claim
    LEFT JOIN LATERAL (SELECT * FROM selection_reading
                       WHERE claim_id = claim.id ORDER BY number DESC LIMIT 1) last ON true
    WHERE claim.application_id = %(application)s ORDER BY claim.id
"""


@dataclass(frozen=True)
class Sheet:
    """The claims in their order. By their keys: the number of the last reading or 0, those whose verdict waits for a
    second person, and those whose document stands elsewhere in the call too.
    """

    application: Application
    outlook: Outlook
    in_force: RulesInForce
    points_are_shown: bool
    is_crowded: bool
    claims: list[Claim]
    last_readings: Mapping[int, int]
    pending: set[int]
    elsewhere: set[int]


@contextmanager
def sheet_of(*, applications: QuerySet[Application], by: User, at: datetime) -> Iterator[Sheet]:
    """Of the one in `applications`, for as long as the block lasts; or a refusal."""
    with transaction.atomic():
        yield held(applications, by, at)


def held(applications: QuerySet[Application], by: User, at: datetime) -> Sheet:
    """Refused out of the competition, too early, published, locked, or in a conflict of interest."""
    application = locked(applications)
    call, faculty = application.call, application.faculty
    _refuse_out_of_time(application, at)
    outlook = scoring.hold(call=call, faculty=faculty)
    asked = {"call": call.pk, "faculty": faculty.pk, "application": application.pk, "person": by.pk}
    version: Any = RulesVersion.objects.raw(RULES_AND_DOORS, asked | {"at_once": scoring.AT_ONCE})[0]
    if version.is_locked:
        raise ValidationError(_("The ranking is locked. Unlock it before you change a verdict."), code="locked")
    if version.is_excluded or application.student_id == by.pk:
        raise ValidationError(_("You stay out of this application: a conflict of interest."), code="conflict")
    claims: list[Any] = list(Claim.objects.raw(CLAIMS, asked))
    return Sheet(
        application=application,
        outlook=outlook,
        in_force=RulesInForce(version, engine_rules(call, version)),
        points_are_shown=version.points_are_shown,
        is_crowded=version.is_crowded,
        claims=claims,
        last_readings={claim.pk: claim.last_reading for claim in claims},
        pending={claim.pk for claim in claims if claim.is_pending},
        elsewhere={claim.pk for claim in claims if claim.stands_elsewhere},
    )


def locked(applications: QuerySet[Application]) -> Application:
    found: Application = applications.select_for_update(of=("self",)).select_related("call", "faculty", "student").get()
    return found


def _refuse_out_of_time(application: Application, at: datetime) -> None:
    refuse_called_off(application.call)
    if not application.is_submitted:
        raise ValidationError(_("The application is not in the competition."), code="not-submitted")
    if at < application.call.deadline:
        raise ValidationError(
            _("Students may still change their applications. Reading starts at the deadline."), code="too-early"
        )
    if application.call.published_at:
        raise ValidationError(_("The results are published. Verdicts no longer change."), code="published")
