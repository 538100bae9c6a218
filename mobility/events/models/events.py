import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import ExtractYear, Upper
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from mobility.calls.models import Call
from mobility.events.querysets import TeamEventQuerySet
from mobility.files.models import StoredFile
from mobility.journal.triggers import Journaled
from mobility.staff.models import Activity
from mobility.web.fields import NfcCharField
from partners.models import Condition, Institution

from .states import STUDENTS_NAMES, Kind, State

MOST_PLACES = 50


# Whatever is saved of it: those whose students are or were in the team. A faculty's list is read by it in its order.
TAKES_FACULTIES = pgtrigger.Trigger(
    name="takes_faculties",
    when=pgtrigger.Before,
    operation=pgtrigger.Insert | pgtrigger.Update,
    func="""
        NEW.faculties = ARRAY(SELECT DISTINCT faculty_id FROM events_teammember WHERE event_id = NEW.id ORDER BY 1);
        RETURN NEW;
    """,
)


class Event(models.Model):
    """An invitation to a team of our students: where, when, how many, who pays, and how far it has come."""

    kind = models.CharField(_("kind"), max_length=20, choices=Kind)
    state = models.CharField(_("state"), max_length=10, choices=State, default=State.ANNOUNCED, editable=False)
    since = models.DateTimeField(_("in this state since"), editable=False)
    title = NfcCharField(_("title"), max_length=300)
    partner = models.ForeignKey(
        Institution, models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("partner")
    )
    condition = models.ForeignKey(
        Condition, models.PROTECT, null=True, blank=True, related_name="events",
        verbose_name=_("cooperation condition"),
    )  # fmt: skip
    elsewhere = NfcCharField(_("other institution"), max_length=300, blank=True)
    host_reason = NfcCharField(_("why outside an agreement"), max_length=300, blank=True)
    country = CountryField(_("country"))
    city = NfcCharField(_("city"), max_length=100, blank=True)
    starts = models.DateField(_("first day"))
    ends = models.DateField(_("last day"))
    places = models.PositiveSmallIntegerField(
        _("places for us"), validators=[MinValueValidator(1), MaxValueValidator(MOST_PLACES)]
    )
    invitation = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("invitation")
    )
    invited_on = models.DateField(_("date of the invitation"))
    host_pays = NfcCharField(_("the host pays"), max_length=300, blank=True)
    university_pays = NfcCharField(_("our university pays"), max_length=300, blank=True)
    students_pay = NfcCharField(_("students pay"), max_length=300, blank=True)
    chaperone = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="accompanied_events",
        verbose_name=_("who accompanies the team"),
    )  # fmt: skip
    trip = models.OneToOneField(
        Activity, models.PROTECT, null=True, blank=True, editable=False, related_name="event",
        verbose_name=_("trip of who accompanies"),
    )  # fmt: skip
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="owned_events", verbose_name=_("who answers for it")
    )
    wishes_until = models.DateField(
        _("students put themselves forward until"), null=True, blank=True,
        help_text=_("Empty: the dean's offices name the team."),
    )  # fmt: skip
    call = models.OneToOneField(
        Call, models.PROTECT, null=True, blank=True, editable=False, related_name="event", verbose_name=_("call")
    )
    faculties = ArrayField(
        models.BigIntegerField(), default=list, editable=False, verbose_name=_("faculties of its students")
    )
    report_due = models.DateField(_("report due"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    year = models.GeneratedField(
        verbose_name=_("year"),
        expression=ExtractYear("starts"),
        output_field=models.PositiveSmallIntegerField(),
        db_persist=True,
    )

    objects = TeamEventQuerySet.as_manager()

    class Meta:
        verbose_name = _("students' event")
        verbose_name_plural = _("students' events")
        ordering = ["-starts", "-id"]
        triggers = [Journaled(derived=["faculties"]), TAKES_FACULTIES]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=Kind.values), name="event_kind_is_known"),
            models.CheckConstraint(condition=Q(state__in=State.values), name="event_state_is_known"),
            models.CheckConstraint(condition=Q(places__range=(1, MOST_PLACES)), name="event_has_places"),
            models.CheckConstraint(
                condition=Q(partner__isnull=False, elsewhere="") | (Q(partner=None) & ~Q(elsewhere="")),
                name="event_is_at_one_institution",
                violation_error_message=_("Choose a partner or name another institution, not both."),
            ),
            models.CheckConstraint(
                condition=Q(condition__isnull=False, partner__isnull=False) | (Q(condition=None) & ~Q(host_reason="")),
                name="event_outside_an_agreement_has_a_reason",
                violation_error_message=_("No agreement covers this; say why it takes place there."),
            ),
            models.CheckConstraint(
                condition=Q(ends__gte=F("starts")),
                name="event_ends_after_it_starts",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(host_pays="", university_pays="", students_pay=""),
                name="event_is_paid_by_someone",
                violation_error_message=_("Say who pays what, at least in one of the three lines."),
            ),
            models.CheckConstraint(
                condition=Q(wishes_until=None) | Q(wishes_until__lte=F("starts")),
                name="wishes_come_before_the_event",
                violation_error_message=_("Students put themselves forward before the event begins."),
            ),
            models.CheckConstraint(condition=~Q(state="competed") | Q(call__isnull=False), name="competed_in_a_call"),
            models.CheckConstraint(
                condition=Q(report_due=None) | Q(report_due__gte=F("ends")), name="event_is_reported_after_it"
            ),
        ]
        indexes = [
            models.Index(F("starts").desc(), F("id").desc(), name="event_by_day"),
            models.Index("state", F("starts").desc(), name="event_in_state"),
            models.Index("year", "kind", "country", name="event_of_year"),
            models.Index("country", name="event_of_country"),
            models.Index("ends", name="event_by_last_day"),
            GinIndex("faculties", name="event_of_faculties"),
            GinIndex(OpClass(Upper("title"), name="gin_trgm_ops"), name="event_by_title"),
            GinIndex(OpClass(Upper("elsewhere"), name="gin_trgm_ops"), name="event_by_host"),
            GinIndex(OpClass(Upper("city"), name="gin_trgm_ops"), name="event_by_city"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("event-detail", args=[self.pk])

    @property
    def host_name(self) -> str:
        return self.partner.short_name if self.partner else self.elsewhere

    @property
    def city_name(self) -> str:
        """A partner's in the reader's language; another institution's as it was written."""
        return self.partner.city_name if self.partner else self.city

    @property
    def students_state(self) -> str:
        return str(STUDENTS_NAMES[self.state])

    @property
    def source(self) -> str:
        """As `people` knows the days that it takes."""
        return str(self.pk)
