"""What an office decides at once of many students whom a roster left out."""

from collections.abc import Collection
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people.models import Faculty, Roster, StudentLeave, StudentProfile, User
from mobility.people.models.students import StudentStatus
from mobility.people.rosters.questions import LEFT, questions_of

from .students import decide_status, give_leave

ON_LEAVE = "on-leave"
DECISIONS = (StudentStatus.EXPELLED, StudentStatus.TRANSFERRED, StudentStatus.GRADUATED, ON_LEAVE, LEFT)


@transaction.atomic
def decide_vanished(
    *,
    roster: Roster,
    people: Collection[int],
    faculties: Collection[Faculty],
    decision: str,
    since: date,
    by: User,
    at: datetime,
    reason: str,
) -> int:
    """One of DECISIONS for all these people, or for none: each must still be a question of this roster."""
    if decision not in DECISIONS:
        raise ValueError(decision)
    roster = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
    students = StudentProfile.objects.of_faculties(faculties)
    list(students.filter(person__in=people).select_for_update(of=("self",)).order_by("pk").values_list("pk"))
    open_now = {
        question.person for question in questions_of(roster, students=students, today=timezone.localdate(at)).vanished
    }
    if not people or not set(people) <= open_now:
        raise ValidationError(
            _("Some of these students have been decided meanwhile. Look at the list again."), code="decided-meanwhile"
        )
    if decision == LEFT:
        _leave_as_they_are(roster, set(people))
    for student in students.filter(person__in=people).select_related("person").order_by("pk"):
        if decision == LEFT:
            journal.record(event="left-as-is", of=student, by=by, reason=reason)
        elif decision == ON_LEAVE:
            _give_leave(student, since=since, by=by, reason=reason)
        else:
            decide_status(student=student, status=decision, since=since, by=by, at=at, reason=reason)
    return len(people)


def _leave_as_they_are(roster: Roster, people: set[int]) -> None:
    roster.open_questions = [
        [*entry[:3], LEFT] if entry[0] == "vanished" and entry[1] in people else entry
        for entry in roster.open_questions
    ]
    roster.save(update_fields=["open_questions"])


def _give_leave(student: StudentProfile, *, since: date, by: User, reason: str) -> None:
    """Without a last day: the office enters it when it is known."""
    try:
        give_leave(student=student, kind=StudentLeave.Kind.ACADEMIC, starts=since, ends=None, by=by, reason=reason)
    except ValidationError as refusal:
        said = _("%(name)s: %(refusal)s") % {"name": student.person, "refusal": refusal.messages[0]}
        raise ValidationError(said, code="leave-refused") from refusal
