"""What only an office decides of a student: status, faculty, leave, and the yearly move-up."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.journal import actions as journal
from mobility.people.models import Faculty, MoveUp, Role, RoleKind, Sanction, StudentLeave, StudentProfile, User
from mobility.people.models.students import StudentStatus

from .roles import end_role, grant_role


@transaction.atomic
def decide_status(
    *, student: StudentProfile, status: str, since: date, by: User, at: datetime, reason: str
) -> StudentProfile:
    """From that day; the student's role ends the day before, or begins again."""
    student = _locked(student)
    if status == student.status:
        raise ValidationError(_("This is the student's status already."), code="same-status")
    was_studying, student.status = student.is_studying, StudentStatus(status)
    student.status_since, student.status_by = since, by
    student.save(update_fields=["status", "status_since", "status_by"])
    journal.record(event="status-decided", of=student, by=by, reason=reason)
    if was_studying:
        _end_roles(student, since=since, by=by)
    elif student.is_studying:
        grant_role(person=student.person, kind=RoleKind.STUDENT, starts=since, by=by, at=at, reason=reason)
    return student


def _end_roles(student: StudentProfile, *, since: date, by: User) -> None:
    for role in Role.objects.lasting_on(since).filter(person=student.person_id, kind=RoleKind.STUDENT):
        end_role(role=role, last_day=max(role.starts, since - timedelta(days=1)), by=by)


@transaction.atomic
def transfer(
    *, student: StudentProfile, faculty: Faculty, specialty: str, course_year: int, group: str, by: User, reason: str
) -> StudentProfile:
    """To another faculty of the university: from now on it is that one's dean's office that sees them."""
    student = _locked(student)
    if not student.is_studying:
        raise ValidationError(_("Only who studies here can be transferred."), code="not-studying")
    if faculty.pk == student.faculty_id:
        raise ValidationError(_("The student is at this faculty already."), code="same-faculty")
    student.faculty, student.specialty, student.course_year, student.group = faculty, specialty, course_year, group
    student.save(update_fields=["faculty", "specialty", "course_year", "group"])
    journal.record(event="transferred", of=student, by=by, reason=reason)
    return student


@transaction.atomic
def correct(*, student: StudentProfile, person: Mapping[str, Any], study: Mapping[str, Any], by: User) -> None:
    """What the roster said wrong or not at all; the next roster that says otherwise shows the difference."""
    student = _locked(student)
    journal.record(event="corrected", of=student, by=by)
    for row, values in ((student.person, person), (student, study)):
        for name, value in values.items():
            setattr(row, name, value)
        row.full_clean(validate_constraints=False)
        row.save(update_fields=list(values))


@transaction.atomic
def give_leave(*, student: StudentProfile, kind: str, starts: date, ends: date | None, by: User, reason: str) -> None:
    student = _locked(student)
    leave = StudentLeave(person=student.person, kind=kind, starts=starts, ends=ends)
    leave.full_clean()
    leave.save()
    journal.record(event="leave-given", of=leave, by=by, reason=reason)


@transaction.atomic
def end_leave(*, leave: StudentLeave, last_day: date, by: User, reason: str) -> None:
    leave = StudentLeave.objects.select_for_update(of=("self",)).get(pk=leave.pk)
    leave.ends = last_day
    leave.full_clean()
    leave.save(update_fields=["ends"])
    journal.record(event="leave-ended", of=leave, by=by, reason=reason)


@transaction.atomic
def impose_sanction(
    *, student: StudentProfile, what: str, starts: date, ends: date | None, by: User, reason: str
) -> None:
    student = _locked(student)
    sanction = Sanction(person=student.person, what=what, starts=starts, ends=ends)
    sanction.full_clean()
    sanction.save()
    journal.record(event="sanction-imposed", of=sanction, by=by, reason=reason)


@transaction.atomic
def end_sanction(*, sanction: Sanction, last_day: date, by: User, reason: str) -> None:
    sanction = Sanction.objects.select_for_update(of=("self",)).get(pk=sanction.pk)
    sanction.ends = last_day
    sanction.full_clean()
    sanction.save(update_fields=["ends"])
    journal.record(event="sanction-ended", of=sanction, by=by, reason=reason)


def _locked(student: StudentProfile) -> StudentProfile:
    locked: StudentProfile = (
        StudentProfile.objects.select_for_update(of=("self",)).select_related("person").get(pk=student.pk)
    )
    return locked


@dataclass(frozen=True)
class MoveUpPlan:
    """Of one faculty on one day; `courses` are (course year, how many move up from it)."""

    faculty: Faculty
    year: int
    courses: list[tuple[int, int]]
    graduates: list[User]
    on_leave: list[User]

    @property
    def moving(self) -> int:
        return sum(count for _course, count in self.courses)

    @property
    def fingerprint(self) -> str:
        parts = (self.courses, [user.pk for user in self.graduates], [user.pk for user in self.on_leave])
        return hashlib.sha256(repr((self.year, parts)).encode()).hexdigest()


def academic_year(day: date) -> int:
    """The year in which it begins: in September."""
    return day.year if day.month >= 9 else day.year - 1


def plan_move_up(faculty: Faculty, *, today: date) -> MoveUpPlan:
    """In summer for the year to come, from September for the one that has begun."""
    year = academic_year(today) + (today.month in (7, 8))
    students = StudentProfile.objects.studying().filter(faculty=faculty)
    away = set(students.on_leave_on(today).values_list("person", flat=True))
    here = students.exclude(person__in=away)
    counts: dict[int, int] = {}
    for course in here.filter(course_year__lt=faculty.years).values_list("course_year", flat=True):
        counts[course] = counts.get(course, 0) + 1
    graduating = here.filter(course_year__gte=faculty.years).values("person")
    return MoveUpPlan(
        faculty,
        year,
        sorted(counts.items()),
        graduates=list(User.objects.filter(pk__in=graduating)),
        on_leave=list(User.objects.filter(pk__in=away)),
    )


@transaction.atomic
def move_up(*, faculty: Faculty, seen: str, by: User, at: datetime) -> MoveUp:
    """Everyone a course higher, the last course graduated, those on leave where they are: once a year, as previewed."""
    faculty = Faculty.objects.select_for_update(of=("self",), no_key=True).get(pk=faculty.pk)
    today = timezone.localdate(at)
    students = StudentProfile.objects.studying().filter(faculty=faculty)
    list(students.select_for_update(of=("self",), no_key=True).order_by("pk").values_list("pk"))
    plan = plan_move_up(faculty, today=today)
    if MoveUp.objects.filter(faculty=faculty, year=plan.year).exists():
        raise ValidationError(_("The students of this faculty have moved up this year already."), code="moved-already")
    if plan.fingerprint != seen:
        raise ValidationError(
            _("Students have changed since this preview. Look at the new one, then move them up."),
            code="roster-changed",
        )
    done = MoveUp.objects.create(
        faculty=faculty,
        year=plan.year,
        moved=plan.moving,
        graduated=len(plan.graduates),
        stayed=len(plan.on_leave),
        done_by=by,
        done_at=at,
    )
    journal.record(event="moved-up", of=done, by=by)
    here = students.exclude(person__in=[user.pk for user in plan.on_leave])
    graduated = [user.pk for user in plan.graduates]
    here.filter(person__in=graduated).update(status=StudentStatus.GRADUATED, status_since=today, status_by=by)
    here.filter(course_year__lt=faculty.years).update(course_year=F("course_year") + 1)
    roles = Role.objects.in_force_on(today).filter(person__in=graduated, kind=RoleKind.STUDENT, starts__lt=today)
    roles.update(ends=today)
    return done
