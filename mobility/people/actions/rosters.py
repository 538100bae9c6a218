"""A file of an office: kept, previewed, then imported exactly as it was previewed, or not at all."""

import secrets
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX, UNUSABLE_PASSWORD_SUFFIX_LENGTH
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people import mails
from mobility.people.marks import HOME_SCALE
from mobility.people.models import (
    Debt,
    ExamSession,
    Faculty,
    Invitation,
    Mark,
    Role,
    RoleKind,
    Roster,
    Sanction,
    Scale,
    StudentLeave,
    StudentProfile,
    User,
)
from mobility.people.rosters import Plan, plan_marks, plan_students
from mobility.people.rosters.plan import Change
from mobility.people.rosters.students import PERSON, PROFILE

from .bulk import add_rows, write_rows
from .marks import keep_sums_true, place_of

UNIQUE_VIOLATION = "23505"  # of PostgreSQL's error codes
ONE_AT_A_TIME = 7_401  # the key of the lock under which rosters are imported
BATCH = 2_000


@transaction.atomic
def keep_roster(
    *,
    kind: str,
    name: str,
    sha256: str,
    sheet: Sequence[Any],
    faculty: Faculty | None,
    session: str,
    by: User,
    at: datetime,
) -> Roster:
    """Until its import; what the same person sent before and did not import is forgotten."""
    Roster.objects.waiting_of(by).delete()
    return Roster.objects.create(
        kind=kind,
        name=name[:200],
        sha256=sha256,
        sheet=sheet,
        faculty=faculty,
        session=session,
        uploaded_by=by,
        uploaded_at=at,
    )


def plan_of(roster: Roster, *, faculties: Collection[Faculty], at: datetime, lock: bool = False) -> Plan:
    """What importing it would do now."""
    sheet: list[Any] = roster.sheet or []
    if roster.kind == Roster.Kind.STUDENTS:
        today = timezone.localdate(at)
        return plan_students(sheet, faculties=faculties, default=roster.faculty, today=today, lock=lock)
    year, _space, term = roster.session.partition(" ")
    return plan_marks(sheet, faculties=faculties, default=(int(year), term) if roster.session else None, lock=lock)


def import_roster(*, roster: Roster, faculties: Collection[Faculty], seen: str, by: User, at: datetime) -> Roster:
    """Write what the preview with the fingerprint `seen` showed: new, changed, marks with their row; nothing else."""
    try:
        with transaction.atomic():
            return _import(roster, faculties, seen, by, at)
    except IntegrityError as error:
        if getattr(error.__cause__, "pgcode", None) != UNIQUE_VIOLATION:
            raise
        raise _changed() from error  # somebody took a number or an e-mail in this very moment


def _import(roster: Roster, faculties: Collection[Faculty], seen: str, by: User, at: datetime) -> Roster:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    roster = Roster.objects.select_for_update(of=("self",)).get(pk=roster.pk)
    if roster.imported_at is not None:
        raise ValidationError(_("This file is imported already."), code="imported-already")
    plan = plan_of(roster, faculties=faculties, at=at, lock=True)
    if not plan.is_good:
        raise ValidationError(_("The file has problems; nothing was imported."), code="problems")
    if plan.fingerprint != seen:
        raise _changed()
    journal.record(event="imported", of=roster, by=by, reason=roster.name)
    if roster.kind == Roster.Kind.STUDENTS:
        _write_students(plan, by=by, at=at)
    else:
        _write_marks(plan, roster)
    states = [change.state for change in plan.changes]
    roster.new, roster.changed, roster.unchanged = map(states.count, ("new", "changed", "unchanged"))
    roster.open_questions = [[question.kind, question.person, question.value] for question in plan.questions]
    roster.imported_at, roster.sheet = at, None
    roster.save()
    return roster


def _changed() -> ValidationError:
    return ValidationError(
        _("Students or marks have changed since this preview. Look at the new one, then import."), code="roster-changed"
    )


# --- students


def _write_students(plan: Plan, *, by: User, at: datetime) -> None:
    new = [change for change in plan.effective if change.state == "new"]
    changed = [(change.person, change) for change in plan.effective if change.person is not None]
    added = _add(new, by=by, at=at)
    write_rows(User, key="id", rows=[(pk, _only(change, PERSON)) for pk, change in changed])
    write_rows(StudentProfile, key="person", rows=[(pk, _only(change, PROFILE)) for pk, change in changed])
    _write_leaves([*added, *changed])
    _leave_old_addresses(changed, at=at)


def _only(change: Change, fields: Collection[str]) -> dict[str, Any]:
    return {field: value for field, value in change.writes.items() if field in fields}


def _add(new: list[Change], *, by: User, at: datetime) -> list[tuple[int, Change]]:
    """People with a student's role and no way in yet: slips or letters are the office's next step."""
    people = add_rows(User, [{**_only(change, PERSON), "password": _no_password(), "created_at": at} for change in new])
    pairs = list(zip(people, new, strict=True))
    studies = [
        {"person_id": pk, "faculty_id": change.writes["faculty"], **_only(change, PROFILE)} for pk, change in pairs
    ]
    add_rows(StudentProfile, studies)
    role = {"kind": RoleKind.STUDENT, "starts": timezone.localdate(at), "granted_by_id": by.pk, "granted_at": at}
    add_rows(Role, [{"person_id": pk, **role} for pk in people])
    return pairs


def _no_password() -> str:
    """As `make_password(None)` makes it, twenty times as fast."""
    return UNUSABLE_PASSWORD_PREFIX + secrets.token_hex(UNUSABLE_PASSWORD_SUFFIX_LENGTH // 2)


def _write_leaves(pairs: list[tuple[int, Change]]) -> None:
    for pk, change in pairs:
        if starts := change.writes.get("leave_starts"):
            kind, ends = change.writes.get("leave_kind", StudentLeave.Kind.ACADEMIC), change.writes.get("leave_ends")
            StudentLeave.objects.update_or_create(person_id=pk, starts=starts, defaults={"kind": kind, "ends": ends})


def _leave_old_addresses(changed: list[tuple[int, Change]], *, at: datetime) -> None:
    """What was sent there opens no more; whoever signed in by the address hears of it there."""
    old = {pk: change.before["email"] for pk, change in changed if change.before.get("email")}
    mailed = Invitation.objects.filter(person__in=old, way=Invitation.Way.MAIL, closed_at__isnull=True)
    mailed.update(closed_at=at)
    for person in User.objects.filter(pk__in=old, last_login__isnull=False):
        mails.send_email_changed(person=person, old_address=old[person.pk])


# --- marks


def _write_marks(plan: Plan, roster: Roster) -> None:
    changes = plan.effective
    whens = {change.writes["when"] for change in changes if change.writes["when"]}
    sessions = {when: ExamSession.objects.of(*when).pk for when in whens}
    _write_given(changes, sessions, roster)
    _write_debts(changes, sessions)
    _write_sanctions(changes)
    keep_sums_true({change.known_person for change in changes})


def _write_given(changes: list[Change], sessions: dict[Any, int], roster: Roster) -> None:
    Scale.objects.get_or_create(code=HOME_SCALE, defaults={"name": "1–10"})
    scales = {scale.code: scale.pk for scale in Scale.objects.all()}
    tables: dict[str, Any] = {**Scale.objects.tables(), HOME_SCALE: None}
    given = [change for change in changes if "mark" in change.writes]
    rows = [
        Mark(
            person_id=change.known_person,
            session_id=sessions[change.writes["when"]],
            subject=change.writes["subject"],
            value=change.writes["mark"],
            scale_id=scales[change.writes["scale"]],
            here=place_of(change.writes["mark"], tables[change.writes["scale"]]),
            roster=roster,
            row=change.number,
        )
        for change in given
    ]
    Mark.objects.bulk_create(
        rows,
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["person", "session", "subject"],
        update_fields=["value", "scale", "here", "roster", "row"],
    )


def _write_debts(changes: list[Change], sessions: dict[Any, int]) -> None:
    Debt.objects.bulk_create(
        [
            Debt(
                person_id=change.known_person, session_id=sessions[change.writes["when"]], count=change.writes["debts"]
            )
            for change in changes
            if "debts" in change.writes
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["person", "session"],
        update_fields=["count"],
    )


def _write_sanctions(changes: list[Change]) -> None:
    Sanction.objects.bulk_create(
        [
            Sanction(
                person_id=change.known_person,
                what=change.writes["sanction"],
                starts=change.writes["sanction_starts"],
                ends=change.writes["sanction_ends"],
            )
            for change in changes
            if "sanction" in change.writes
        ],
        batch_size=BATCH,
        update_conflicts=True,
        unique_fields=["person", "what", "starts"],
        update_fields=["ends"],
    )
