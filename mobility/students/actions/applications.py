"""An application begins: by the student, or by the dean's office from paper."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.calls.models import Call
from mobility.journal import actions as journal
from mobility.people.marks import HOME_SCALE, sums_by
from mobility.people.models import StudentProfile, User
from mobility.students.models import Application, ApplicationState, Numbering
from mobility.students.openings import version_in_force

from .editing import locked, locked_for_editing, refuse_outside, save

COPIED = ("specialty", "course_year", "group", "citizenship", "funding", "study_language")
OF_MARKS = ("mean_mark", "marks_counted", "marks_unmapped", "debts")


@transaction.atomic
def start(*, call: Call, student: User, by: User, at: datetime) -> Application:
    """A draft with a number of its own. Who has one already gets that one: a second press begins nothing."""
    numbering = _locked_numbering(call)
    existing: Application | None = Application.objects.filter(call=call, student=student).first()
    if existing is not None:
        return existing
    return _begin(numbering, student=student, by=by, at=at, entered_by=None)


@transaction.atomic
def enter(*, call: Call, student: User, by: User, at: datetime) -> Application:
    """For a student who applies on paper. The office goes on where it began; it does not write in a student's own."""
    numbering = _locked_numbering(call)
    existing: Application | None = Application.objects.filter(call=call, student=student).first()
    if existing is None:
        return _begin(numbering, student=student, by=by, at=at, entered_by=by)
    if existing.entered_by_id is None:
        raise ValidationError(
            _("%(student)s has begun an application to this call: %(number)s. They finish it themselves."),
            code="has-application",
            params={"student": student, "number": existing.number},
        )
    return existing


def _locked_numbering(call: Call) -> Numbering:
    Numbering.objects.get_or_create(call=call)
    numbering: Numbering = Numbering.objects.select_for_update(of=("self",)).select_related("call").get(call=call)
    return numbering


def _begin(numbering: Numbering, *, student: User, by: User, at: datetime, entered_by: User | None) -> Application:
    call = numbering.call
    refuse_outside(call, at=at)
    profile = StudentProfile.objects.filter(person=student).first()
    if profile is None or not profile.is_studying:
        raise ValidationError(_("Only students of the university apply."), code="no-student")
    numbering.last = F("last") + 1
    numbering.save(update_fields=["last"])
    numbering.refresh_from_db(fields=["last"])
    application: Application = Application.objects.create(
        call=call,
        student=student,
        number=f"{call.code}-{numbering.last:04}",
        started_at=at,
        saved_at=at,
        entered_by=entered_by,
        **roster_of(student, call=call, at=at),
    )
    journal.record(event="started" if entered_by is None else "entered", of=application, by=by)
    return application


@transaction.atomic
def refresh_record(*, application: Application, by: User, at: datetime, reason: str = "") -> Application:
    """Take faculty, study, marks, debts, sanctions and leave from the roster once more."""
    application = locked(application)
    application.save(update_fields=copy_roster(application, at=at))
    journal.record(event="record-refreshed", of=application, by=by, reason=reason)
    return application


def copy_roster(application: Application, *, at: datetime) -> list[str]:
    """The fields that whoever saves the application has to store."""
    values = roster_of(application.student, call=application.call, at=at)
    for name, value in values.items():
        setattr(application, name, value)
    return list(values)


# The ORM would join all of these, count each as often as there are others, and take longer to write it than to ask.
ROSTER = """
    SELECT profile.*,
           (SELECT count(*) FROM people_sanction sanction WHERE sanction.person_id = profile.person_id
               AND %(day)s BETWEEN starts AND coalesce(ends, 'infinity')) AS sanctions,
           EXISTS (SELECT FROM people_studentleave WHERE person_id = profile.person_id
               AND %(day)s BETWEEN starts AND coalesce(ends, 'infinity')) AS is_on_leave,
           (SELECT count(DISTINCT earlier.id) FROM students_application earlier
               JOIN students_offer offer ON offer.application_id = earlier.id AND offer.state = 'confirmed'
               WHERE earlier.student_id = profile.person_id AND earlier.call_id <> %(call)s) AS stays,
           EXISTS (SELECT FROM people_mark mark JOIN people_scale scale ON scale.id = mark.scale_id
               WHERE mark.person_id = profile.person_id AND scale.code <> %(home)s) AS brings_other_scales
    FROM people_studentprofile profile WHERE person_id = %(person)s
"""


def roster_of(student: User, *, call: Call, at: datetime) -> dict[str, Any]:
    """What the ranking needs of a student, as it stands today: the profile and what weighs on it, in one reading."""
    asked = {"day": timezone.localdate(at), "call": call.pk, "home": HOME_SCALE, "person": student.pk}
    profile: Any = StudentProfile.objects.raw(ROSTER, asked)[0]
    return {
        "faculty_id": profile.faculty_id,
        **{name: getattr(profile, name) for name in (*COPIED, *OF_MARKS)},
        **(_marks_by_the_call_s_tables(student, call) if profile.brings_other_scales else {}),
        "sanctions": profile.sanctions,
        "is_on_leave": profile.is_on_leave,
        "earlier_mobility": profile.stays,
        "record_at": at,
    }


def _marks_by_the_call_s_tables(student: User, call: Call) -> dict[str, int | None]:
    """By the copy that was frozen with the rules, whatever the university's own tables have become since."""
    tables = version_in_force(call).content["scales"]
    return sums_by(tables, student.marks.values_list("scale__code", "value"))


@transaction.atomic
def change_phone(*, application: Application, phone: str, by: User, at: datetime) -> Application:
    application = locked_for_editing(application, at=at)
    journal.record(event="details-changed", of=application, by=by)
    save(application, at=at, phone=phone)
    return application


@transaction.atomic
def resume(*, application: Application, by: User, at: datetime) -> Application:
    """What was withdrawn before the deadline may be taken up again until then; it is a draft, and counts once sent."""
    application = locked(application)
    if not application.is_withdrawn:
        return application
    refuse_outside(application.call, at=at)
    journal.record(event="resumed", of=application, by=by)
    save(application, at=at, state=ApplicationState.DRAFT, withdrawn_at=None, withdrawn_by=None)
    return application
