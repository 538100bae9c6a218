from django.db import models
from django.db.models import Q

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
        return self.submitted().filter(claims_read__lt=models.F("claims_count"))


class ClaimQuerySet(models.QuerySet):
    def unread(self) -> "ClaimQuerySet":
        return self.filter(verdict="")
