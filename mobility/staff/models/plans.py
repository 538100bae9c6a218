"""The annual plan of internships and advanced training abroad: a year, its places, and whom departments propose."""

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from django_countries.fields import CountryField

from mobility.files.models import IssuedDocument
from mobility.journal.triggers import Journaled
from mobility.people.models import Department
from mobility.staff.plans.querysets import LineQuerySet, PlaceQuerySet, PlanQuerySet
from mobility.web.fields import NfcCharField
from partners.models import Institution

from .activities import Activity
from .money import Source
from .states import Form

PLANNED_FORMS = [(form.value, form.label) for form in (Form.INTERNSHIP, Form.ADVANCED_TRAINING)]


class PlanState(models.TextChoices):
    """As the offices call them."""

    DRAFT = "draft", _("Places being entered")
    OPEN = "open", _("Departments propose")
    PREPARED = "prepared", _("Waits for the rector's decision")
    APPROVED = "approved", pgettext_lazy("annual plan", "Approved")


class LineState(models.TextChoices):
    PROPOSED = "proposed", _("Proposed by the department")
    INCLUDED = "included", _("Included")
    LEFT_OUT = "left-out", _("Left out")
    APPROVED = "approved", _("In the plan")
    CARRIED = "carried", _("Carried over")


PEOPLES_NAMES: dict[str, str | Promise] = {
    LineState.PROPOSED: _("Your department proposes you"),
    LineState.INCLUDED: _("Included; the rector decides"),
    LineState.LEFT_OUT: _("Not this year"),
    LineState.APPROVED: _("You are in the plan"),
    LineState.CARRIED: _("Moved to the next year"),
}
"""As the person calls them whom the line is about."""


def by_whom(what: str | Promise) -> models.ForeignKey:
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False,
        related_name="+", verbose_name=what,
    )  # fmt: skip


def together(*fields: str) -> Q:
    """All of them, or none."""
    return Q(**dict.fromkeys(fields)) | Q(**dict.fromkeys((f"{field}__isnull" for field in fields), False))


class AnnualPlan(models.Model):
    """The plan of one calendar year. Its paper is drawn up for the rector; number, date and scan follow."""

    year = models.PositiveSmallIntegerField(
        _("year"), unique=True, validators=[MinValueValidator(2000), MaxValueValidator(2100)],
        error_messages={"unique": _("There is a plan of this year already.")},
    )  # fmt: skip
    state = models.CharField(_("state"), max_length=8, choices=PlanState, default=PlanState.DRAFT, editable=False)
    proposals_until = models.DateField(_("departments propose until"), help_text=_("The last day."))
    opened_by, opened_at = by_whom(_("opened by")), models.DateTimeField(_("opened"), null=True, editable=False)
    prepared_by, prepared_at = by_whom(_("prepared by")), models.DateTimeField(_("prepared"), null=True, editable=False)
    approved_by, approved_at = by_whom(_("approved by")), models.DateTimeField(_("approved"), null=True, editable=False)
    sent_back_for = NfcCharField(_("why it was sent back"), max_length=500, blank=True, editable=False)
    document = models.OneToOneField(
        IssuedDocument, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("document")
    )

    objects = PlanQuerySet.as_manager()

    class Meta:
        verbose_name = _("annual plan")
        verbose_name_plural = _("annual plans")
        ordering = ["-year"]
        triggers = [Journaled()]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=PlanState.values), name="plan_state_is_known"),
            models.CheckConstraint(
                condition=together("opened_by", "opened_at")
                & together("prepared_by", "prepared_at")
                & together("approved_by", "approved_at"),
                name="plan_steps_are_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", opened_at=None, prepared_at=None, approved_at=None)
                | Q(state="open", opened_at__isnull=False, prepared_at=None, approved_at=None)
                | Q(state="prepared", opened_at__isnull=False, prepared_at__isnull=False, approved_at=None)
                | Q(state="approved", opened_at__isnull=False, prepared_at__isnull=False, approved_at__isnull=False),
                name="plan_state_has_its_steps",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "open"]) | Q(document__isnull=False),
                name="plan_before_rector_is_a_paper",
            ),
        ]

    def __str__(self) -> str:
        return str(_("Plan of %(year)s") % {"year": self.year})

    def get_absolute_url(self) -> str:
        return reverse("plan-detail", args=[self.year])


class PlanPlace(models.Model):
    """A programme abroad with so many places in the year."""

    plan = models.ForeignKey(AnnualPlan, models.PROTECT, related_name="places", verbose_name=_("annual plan"))
    form = models.CharField(_("form"), max_length=20, choices=PLANNED_FORMS)
    programme = NfcCharField(_("programme"), max_length=200, help_text=_("What is learnt there."))
    partner = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("partner")
    )
    elsewhere = NfcCharField(_("other institution"), max_length=300, blank=True)
    country = CountryField(_("country"))
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    seats = models.PositiveSmallIntegerField(
        _("places"), validators=[MinValueValidator(1), MaxValueValidator(100)], default=1
    )
    source = models.CharField(_("who pays"), max_length=10, choices=Source)
    funding = NfcCharField(_("funding in words"), max_length=200, blank=True, help_text=_("Such as “fare: ours”."))

    objects = PlaceQuerySet.as_manager()

    class Meta:
        verbose_name = _("programme of the annual plan")
        verbose_name_plural = _("programmes of the annual plan")
        ordering = ["starts", "id"]
        triggers = [Journaled(part_of="plan")]
        constraints = [
            models.CheckConstraint(
                condition=Q(form__in=[value for value, _label in PLANNED_FORMS]), name="planned_form_is_known"
            ),
            models.CheckConstraint(condition=Q(seats__range=(1, 100)), name="planned_seats_are_possible"),
            models.CheckConstraint(
                condition=Q(partner__isnull=False, elsewhere="") | (Q(partner=None) & ~Q(elsewhere="")),
                name="planned_at_one_institution",
                violation_error_message=_("Choose a partner or name another institution, not both."),
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="planned_end_after_start",
                violation_error_code="reversed",
                violation_error_message=_("The last day is before the first."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.programme}, {self.host_name}"

    def get_absolute_url(self) -> str:
        return f"{reverse('plan-detail', args=[self.plan.year])}#programme-{self.pk}"

    @property
    def host_name(self) -> str:
        return self.partner.short_name if self.partner else self.elsewhere


class PlanLine(models.Model):
    """Somebody whom a department proposes for a programme; approved with the plan, it becomes an activity."""

    place = models.ForeignKey(PlanPlace, models.PROTECT, related_name="lines", verbose_name=_("programme"))
    department = models.ForeignKey(Department, models.PROTECT, related_name="+", verbose_name=_("department"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="planned", verbose_name=_("candidate")
    )
    position = models.PositiveSmallIntegerField(_("place in the department's order"))
    reason = NfcCharField(_("reason"), max_length=500, help_text=_("What the department needs it for."))
    state = models.CharField(_("state"), max_length=8, choices=LineState, default=LineState.PROPOSED, editable=False)
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("proposed by")
    )
    proposed_at = models.DateTimeField(_("proposed"))
    decided_by, decided_at = by_whom(_("decided by")), models.DateTimeField(_("decided"), null=True, editable=False)
    note = NfcCharField(_("why it was left out"), max_length=300, blank=True, editable=False)
    activity = models.OneToOneField(
        Activity, models.SET_NULL, null=True, blank=True, editable=False,
        related_name="plan_line", verbose_name=_("activity"),
    )  # fmt: skip
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False,
        related_name="carried_to", verbose_name=_("carried over from"),
    )  # fmt: skip

    objects = LineQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of the annual plan")
        verbose_name_plural = _("lines of the annual plan")
        ordering = ["place", "department", "position", "id"]
        triggers = [Journaled(part_of="place")]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "person"],
                name="candidate_once_for_a_programme",
                violation_error_code="proposed-already",
                violation_error_message=_("This person is proposed for this programme already."),
            ),
            models.UniqueConstraint(
                fields=["place", "department", "position"],
                name="candidates_of_a_department_in_order",
                deferrable=models.Deferrable.DEFERRED,
            ),
            models.CheckConstraint(condition=Q(state__in=LineState.values), name="line_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="proposed", decided_by=None, decided_at=None)
                | (~Q(state="proposed") & Q(decided_by__isnull=False, decided_at__isnull=False)),
                name="line_decided_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(state="left-out") & ~Q(note="") | ~Q(state="left-out") & Q(note=""),
                name="line_left_out_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(activity=None) | Q(state__in=["approved", "carried"]), name="only_an_approved_line_begins"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.place.programme}"

    @property
    def persons_state(self) -> str:
        return str(PEOPLES_NAMES[self.state])
