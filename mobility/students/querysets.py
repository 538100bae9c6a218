from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.db.models.expressions import RawSQL

from mobility.people.marks import HOME_SCALE

SEES_ALL = {"ir-officer", "administrator", "rector"}


# What an application takes from the roster. Marks on other scales pass through the call's own tables: of these only a
# comparison one by one tells.
ROSTER_CHANGED = """
    EXISTS (SELECT FROM people_studentprofile AS roster
             WHERE roster.person_id = students_application.student_id AND (
               (roster.faculty_id, roster.specialty, roster.course_year, roster."group", roster.citizenship,
                roster.funding, roster.study_language, roster.debts)
               IS DISTINCT FROM
               (students_application.faculty_id, students_application.specialty, students_application.course_year,
                students_application."group", students_application.citizenship, students_application.funding,
                students_application.study_language, students_application.debts)
               OR (roster.mean_mark, roster.marks_counted, roster.marks_unmapped) IS DISTINCT FROM
                  (students_application.mean_mark, students_application.marks_counted,
                   students_application.marks_unmapped)
                  AND NOT EXISTS (SELECT FROM people_mark AS mark JOIN people_scale AS scale ON scale.id = mark.scale_id
                                   WHERE mark.person_id = roster.person_id AND scale.code <> %s)
               OR students_application.sanctions <> (SELECT count(*) FROM people_sanction AS sanction
                    WHERE sanction.person_id = roster.person_id AND %s BETWEEN starts AND coalesce(ends, 'infinity'))
               OR students_application.is_on_leave <> EXISTS (SELECT FROM people_studentleave AS leave
                    WHERE leave.person_id = roster.person_id AND %s BETWEEN starts AND coalesce(ends, 'infinity'))))
"""


class ApplicationQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ApplicationQuerySet":
        """One's own; those of the faculty for its dean's office, once submitted or entered there; all for IR."""
        roles = user.roles
        if {role.kind for role in roles} & SEES_ALL:
            return self
        faculties = [role.faculty_id for role in roles if role.kind == "deans-office"]
        offices = Q(faculty__in=faculties) & (~Q(state="draft") | Q(entered_by__isnull=False))
        return self.filter(Q(student=user) | offices if faculties else Q(student=user))

    def of_student(self, user) -> "ApplicationQuerySet":
        return self.filter(student=user)

    def submitted(self) -> "ApplicationQuerySet":
        return self.filter(state="submitted")

    def unverified(self) -> "ApplicationQuerySet":
        return self.submitted().filter(claims_read__lt=F("claims_count"))

    def with_unsent_changes(self) -> "ApplicationQuerySet":
        """Changed after they were submitted, and not submitted again."""
        return self.submitted().filter(saved_at__gt=F("submitted_at"))

    def whose_roster_changed(self, day: date) -> "ApplicationQuerySet":
        """Whose roster says something else by now than what the application took from it."""
        changed = RawSQL(ROSTER_CHANGED, [HOME_SCALE, day, day], output_field=models.BooleanField())  # noqa: S611 -- a constant, and its values apart
        return self.alias(roster_changed=changed).filter(roster_changed=True)

    def current_at(self, at: datetime) -> "ApplicationQuerySet":
        """Of calls whose answers are not over, the nearest deadline first."""
        running = self.filter(call__finished_at=None, call__called_off_at=None, call__answers_by__gt=at)
        return running.order_by("call__deadline", "pk")

    def asked_to_withdraw(self) -> "ApplicationQuerySet":
        """By the student, after the deadline; the office has not done it yet, and results are not out."""
        undecided = self.submitted().filter(call__published_at=None, call__called_off_at=None)
        return undecided.filter(withdrawal_asked_at__isnull=False)

    def closed_at(self, at: datetime) -> "ApplicationQuerySet":
        return self.filter(call__deadline__lte=at)

    def to_remind_at(self, at: datetime, *, ahead: timedelta) -> "ApplicationQuerySet":
        """Not sent, not told yet, and their deadline lies within that time."""
        unsent = Q(state="draft") | Q(state="submitted", saved_at__gt=F("submitted_at"))
        soon = self.filter(call__called_off_at=None, call__deadline__gt=at, call__deadline__lte=at + ahead)
        return soon.filter(unsent, reminded_at=None)


class ClaimQuerySet(models.QuerySet):
    def unread(self) -> "ClaimQuerySet":
        return self.filter(verdict="")


class ConsentTextQuerySet(models.QuerySet):
    def in_force_on(self, day) -> "ConsentTextQuerySet":
        """The newest version of each purpose."""
        return self.filter(since__lte=day).order_by("purpose", "-version").distinct("purpose")


class EvidenceQuerySet(models.QuerySet):
    def of_earlier_years(self, application) -> "EvidenceQuerySet":
        """What the same student attached to other applications; each file once, the newest first."""
        others = self.filter(claim__application__student=application.student_id)
        newest = others.exclude(claim__application=application).order_by("file_id", "-id").distinct("file_id")
        return (
            self.filter(pk__in=newest.values("pk")).select_related("file", "claim__application__call").order_by("-id")
        )
