from datetime import date

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.events.querysets import MemberQuerySet
from mobility.files.models import StoredFile
from mobility.journal.triggers import Journaled
from mobility.people.models import Faculty
from mobility.students.models import ConsentText
from mobility.web.fields import NfcCharField

from .events import Event
from .states import ASKED, KEPT_FREE, MEMBERS_NAMES, MemberState, Permission

TELLS_FACULTY = pgtrigger.Trigger(
    name="tells_faculty",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.UpdateOf("event_id", "faculty_id") | pgtrigger.Delete,
    func="UPDATE events_event SET faculties = faculties WHERE id IN (OLD.event_id, NEW.event_id); RETURN NULL;",
)


class TeamMember(models.Model):
    """One student and one event: a wish, a place in the team, or what became of either."""

    event = models.ForeignKey(Event, models.PROTECT, related_name="members", verbose_name=_("event"))
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="event_places", verbose_name=_("student")
    )
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="event_places", verbose_name=_("faculty"))
    state = models.CharField(_("state"), max_length=11, choices=MemberState, editable=False)
    since = models.DateTimeField(_("in this state since"), editable=False)
    why = models.TextField(_("why"), blank=True, max_length=1000)
    permission = models.CharField(_("permission"), max_length=9, choices=Permission, blank=True, default="")
    permission_file = models.OneToOneField(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("signed permission")
    )
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("named by")
    )
    named_at = models.DateTimeField(_("named"), null=True, blank=True)
    answer_by = models.DateField(_("to answer by"), null=True, blank=True, editable=False)
    reminded_at = models.DateTimeField(_("reminded"), null=True, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("answered by")
    )
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    reason = NfcCharField(_("reason"), max_length=500, blank=True)

    objects = MemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of a team")
        verbose_name_plural = _("members of teams")
        ordering = ["event", "id"]
        triggers = [Journaled(part_of="event"), TELLS_FACULTY]
        constraints = [
            models.UniqueConstraint(fields=["event", "person"], name="member_once"),
            models.CheckConstraint(condition=Q(state__in=MemberState.values), name="member_state_is_known"),
            models.CheckConstraint(condition=Q(permission__in=Permission.values), name="permission_is_known"),
            models.CheckConstraint(condition=~Q(state="put-forward") | ~Q(why=""), name="wish_says_why"),
            models.CheckConstraint(
                condition=Q(named_by=None, named_at=None) | Q(named_by__isnull=False, named_at__isnull=False),
                name="member_named_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(answered_by=None, answered_at=None)
                | Q(answered_by__isnull=False, answered_at__isnull=False),
                name="member_answered_by_someone",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["named", "confirmed", "stand-in", "ready"]) | Q(named_at__isnull=False),
                name="member_of_the_team_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "ready"]) | Q(answered_at__isnull=False),
                name="member_confirmed_by_an_answer",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "ready"]) | Q(permission="") | Q(permission_file__isnull=False),
                name="member_confirmed_with_the_permission",
            ),
            models.CheckConstraint(condition=~Q(state="taken-off") | ~Q(reason=""), name="taken_off_for_a_reason"),
        ]
        indexes = [
            models.Index("event", "state", name="team_in_state"),
        ]

    def __str__(self) -> str:
        return str(self.person)

    @property
    def own_state(self) -> str:
        return str(MEMBERS_NAMES[self.state])

    @property
    def is_kept_free(self) -> bool:
        return self.state in KEPT_FREE

    def is_silent_on(self, day: date) -> bool:
        """Asked, and the last day to answer is over."""
        return self.state in ASKED and self.answer_by is not None and self.answer_by < day


class MemberEvidence(models.Model):
    """A file that speaks for a student who put themselves forward."""

    member = models.ForeignKey(TeamMember, models.CASCADE, related_name="evidence", verbose_name=_("student"))
    file = models.OneToOneField(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("evidence of a wish")
        verbose_name_plural = _("evidence of wishes")
        ordering = ["id"]
        triggers = [Journaled(part_of="member")]

    def __str__(self) -> str:
        return str(self.file)


class MemberConsent(models.Model):
    """What the student consented to for this event, in which version; of a transfer, to which country."""

    member = models.ForeignKey(TeamMember, models.CASCADE, related_name="consents", verbose_name=_("student"))
    text = models.ForeignKey(ConsentText, models.PROTECT, related_name="+", verbose_name=_("text"))
    country = models.CharField(_("country"), max_length=2, blank=True)
    given_at = models.DateTimeField(_("given"))
    given_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("given by"))

    class Meta:
        verbose_name = _("consent for an event")
        verbose_name_plural = _("consents for events")
        ordering = ["id"]
        triggers = [Journaled(part_of="member")]
        constraints = [models.UniqueConstraint(fields=["member", "text", "country"], name="consent_for_an_event_once")]

    def __str__(self) -> str:
        return str(self.text)
