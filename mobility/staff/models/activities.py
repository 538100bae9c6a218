from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MinLengthValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from mobility.journal.triggers import Journaled
from mobility.people.models import Department
from mobility.staff.querysets import ActivityQuerySet
from mobility.web.fields import NfcCharField
from partners.models import Condition, Direction, Institution

from .states import TRAVELLERS_NAMES, Form, State, StepKind


class Activity(models.Model):
    """One person's stay in one of the six forms: our staff out, or a guest in. What only its form asks is its detail.

    Of a guest the partner, country and city say where they come from; the department receives them, with a curator.
    """

    form = models.CharField(_("form"), max_length=20, choices=Form)
    direction = models.CharField(_("direction"), max_length=8, choices=Direction, default=Direction.OUTGOING)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.DRAFT, editable=False)
    since = models.DateTimeField(_("in this state since"), editable=False)
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="activities", verbose_name=_("who travels")
    )
    department = models.ForeignKey(
        Department, models.PROTECT, null=True, blank=True, related_name="activities", verbose_name=_("department")
    )
    curator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True,
        related_name="guests", verbose_name=_("curator"),
    )  # fmt: skip
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("who entered it")
    )
    subject = NfcCharField(_("subject"), max_length=300)
    partner = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True,
        related_name="staff_activities", verbose_name=_("partner"),
    )  # fmt: skip
    condition = models.ForeignKey(
        Condition, models.PROTECT, null=True, blank=True,
        related_name="staff_activities", verbose_name=_("cooperation condition"),
    )  # fmt: skip
    elsewhere = NfcCharField(_("other institution"), max_length=300, blank=True)
    host_reason = NfcCharField(_("why outside an agreement"), max_length=300, blank=True)
    country = CountryField(_("country"))
    city = NfcCharField(_("city"), max_length=100, blank=True)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    purpose = models.TextField(_("purpose"))
    expected_result = models.TextField(_("expected result"))
    classes_taken_by = NfcCharField(_("who takes the classes"), max_length=300, blank=True)
    student_group = NfcCharField(_("students accompanied"), max_length=300, blank=True)
    students_page = models.CharField(_("page of the students' event"), max_length=200, blank=True, editable=False)
    group = models.CharField(
        _("travels together, key"), max_length=12, blank=True, editable=False, validators=[MinLengthValidator(12)]
    )
    report_due = models.DateField(_("report due"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    year = models.GeneratedField(
        verbose_name=_("year"),
        expression=ExtractYear("starts"),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("staff activity")
        verbose_name_plural = _("staff activities")
        ordering = ["-starts", "-id"]
        triggers = [Journaled()]
        constraints = [
            models.CheckConstraint(condition=Q(form__in=Form.values), name="activity_form_is_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="activity_state_is_known"),
            models.CheckConstraint(
                condition=Q(direction=Direction.OUTGOING, curator=None)
                | Q(direction=Direction.INCOMING, curator__isnull=False, department__isnull=False),
                name="activity_guest_has_a_curator_and_a_department",
                violation_error_message=_("A guest has a department and a curator; whoever leaves has no curator."),
            ),
            models.CheckConstraint(
                condition=Q(partner__isnull=False, elsewhere="") | (Q(partner=None) & ~Q(elsewhere="")),
                name="activity_is_at_one_institution",
                violation_error_message=_("Choose a partner or name another institution, not both."),
            ),
            models.CheckConstraint(
                condition=Q(condition__isnull=False, partner__isnull=False) | (Q(condition=None) & ~Q(host_reason="")),
                name="activity_outside_an_agreement_has_a_reason",
                violation_error_message=_("No agreement covers this; say why it takes place there."),
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="activity_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(report_due=None) | Q(report_due__gte=F("ends")), name="activity_is_reported_after_it"
            ),
        ]
        indexes = [
            models.Index(F("starts").desc(), F("id").desc(), name="activity_by_day"),
            models.Index("department", F("starts").desc(), F("id").desc(), name="activity_of_department"),
            models.Index("state", F("starts").desc(), F("id").desc(), name="activity_in_state"),
            models.Index("year", "form", "country", name="activity_of_year"),
            models.Index("country", name="activity_of_country"),
            GinIndex(OpClass(Upper("subject"), name="gin_trgm_ops"), name="activity_by_subject"),
            models.Index("group", name="activity_together", condition=~Q(group="")),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.subject}"

    def get_absolute_url(self) -> str:
        return reverse("activity-detail", args=[self.pk])

    @property
    def is_guest(self) -> bool:
        return self.direction == Direction.INCOMING

    @property
    def host_name(self) -> str:
        """The institution there, or the one that a guest comes from."""
        return self.partner.short_name if self.partner else self.elsewhere

    @property
    def travellers_state(self) -> str:
        return str(TRAVELLERS_NAMES[self.state])

    @property
    def detail(self) -> models.Model | None:
        """What only this form asks; None where it asks nothing more or an import knew nothing of it."""
        return getattr(self, DETAILS[self.form], None)

    @property
    def sent_back(self) -> models.Model | None:
        """The step that returned the memo or the report, while it is still with its writer."""
        if self.state not in (State.RETURNED, State.REPORT_DUE):
            return None
        last = self.steps.select_related("by").last()
        return last if last and last.kind in (StepKind.RETURNED, StepKind.REPORT_RETURNED) else None

    @property
    def is_to_be_called_off(self) -> bool:
        """Cancelled after its order, and no order says so yet."""
        return self.state == State.CANCELLED and set(self.orders.values_list("calls_off", flat=True)) == {False}

    @property
    def source(self) -> str:
        """As `people` knows the days that it takes."""
        return str(self.pk)


DETAILS = {
    Form.CONFERENCE: "conference",
    Form.LECTURING: "lectures",
    Form.JOINT_TOPIC: "topic",
    Form.JOINT_PROJECT: "project",
    Form.ADVANCED_TRAINING: "training",
    Form.INTERNSHIP: "internship",
}
