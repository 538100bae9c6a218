from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q

SEES_ALL = {"ir-officer", "administrator", "rector"}


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
