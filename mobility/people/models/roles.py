from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.people.querysets import DeputyQuerySet, RoleQuerySet

from .university import Department, Faculty


class RoleKind(models.TextChoices):
    STUDENT = "student", _("Student")
    TEACHING_STAFF = "teaching-staff", _("Teaching staff")
    HEAD_OF_DEPARTMENT = "head-of-department", _("Head of department")
    DEANS_OFFICE = "deans-office", _("Dean's office")
    IR_OFFICER = "ir-officer", _("International relations officer")
    RECTOR = "rector", _("Rector")
    ADMINISTRATOR = "administrator", _("Administrator")


OFFICES = {
    RoleKind.HEAD_OF_DEPARTMENT,
    RoleKind.DEANS_OFFICE,
    RoleKind.IR_OFFICER,
    RoleKind.RECTOR,
}
"""Roles that a deputy may act in; an administrator names another administrator instead."""


class DateRange(Func):
    """Both days included; no last day means open."""

    function = "daterange"
    template = "%(function)s(%(expressions)s, '[]')"
    output_field = DateRangeField()


def refuse_reversed(row: "Role | Deputy") -> None:
    """At the field, before the database is asked about days that overlap: it has no range for such days."""
    if row.starts and row.ends and row.ends < row.starts:
        raise ValidationError({"ends": ValidationError(_("The last day is before the first."), code="reversed")})


class Role(models.Model):
    """One person in one role from a day to a day, both included."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="role_grants", verbose_name=_("person")
    )
    kind = models.CharField(_("role"), max_length=20, choices=RoleKind.choices)
    faculty = models.ForeignKey(Faculty, models.PROTECT, null=True, blank=True, verbose_name=_("faculty"))
    department = models.ForeignKey(Department, models.PROTECT, null=True, blank=True, verbose_name=_("department"))
    signs = models.BooleanField(
        _("signs as dean"), default=False, help_text=_("The dean, whose signature the faculty's protocols carry.")
    )
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"), null=True, blank=True)
    granted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("given by")
    )
    granted_at = models.DateTimeField(_("given at"))

    objects = RoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("role")
        verbose_name_plural = _("roles")
        triggers = [Journaled(part_of="person")]
        ordering = ["-starts", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=RoleKind.values), name="role_is_known"),
            models.CheckConstraint(
                condition=Q(kind="deans-office", faculty__isnull=False)
                | (~Q(kind="deans-office") & Q(faculty__isnull=True)),
                name="faculty_for_deans_office_only",
                violation_error_message=_("A dean's office is of one faculty; other roles have none."),
            ),
            models.CheckConstraint(
                condition=Q(kind="head-of-department", department__isnull=False)
                | (~Q(kind="head-of-department") & Q(department__isnull=True)),
                name="department_for_its_head_only",
                violation_error_message=_("A head is of one department; other roles have none."),
            ),
            models.CheckConstraint(
                condition=Q(signs=False) | Q(kind="deans-office"),
                name="only_a_dean_signs",
                violation_error_message=_("Only someone of a dean's office can sign as dean."),
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(ends__gte=F("starts")),
                name="role_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            ExclusionConstraint(
                name="same_role_once_at_a_time",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    ("kind", RangeOperators.EQUAL),
                    (Coalesce("faculty", Value(0)), RangeOperators.EQUAL),
                    (Coalesce("department", Value(0)), RangeOperators.EQUAL),
                    (DateRange("starts", "ends"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person has this role on some of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.place}" if self.place else self.get_kind_display()

    def clean(self) -> None:
        super().clean()
        refuse_reversed(self)

    @property
    def place(self) -> Faculty | Department | None:
        return self.faculty or self.department


class Deputy(models.Model):
    """Who acts in another's role, from a day to a day, both included."""

    role = models.ForeignKey(Role, models.PROTECT, related_name="deputies", verbose_name=_("role"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="deputyships", verbose_name=_("deputy")
    )
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("appointed by"),
    )
    appointed_at = models.DateTimeField(_("appointed at"))

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = _("deputy")
        verbose_name_plural = _("deputies")
        triggers = [Journaled(part_of="person")]
        ordering = ["-starts", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="deputy_ends_after_starting",
                violation_error_message=_("The last day is before the first."),
            ),
            ExclusionConstraint(
                name="same_deputy_once_at_a_time",
                expressions=[
                    ("role", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (DateRange("starts", "ends"), RangeOperators.OVERLAPS),
                ],
                violation_error_message=_("This person is the deputy on some of these days already."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} → {self.role}"

    def clean(self) -> None:
        super().clean()
        refuse_reversed(self)
