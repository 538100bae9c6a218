from decimal import Decimal

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django_countries.fields import CountryField

from mobility.calls.models import Call, Destination
from mobility.files.models import StoredFile
from mobility.journal.triggers import Journaled
from mobility.people.marks import on_paper
from mobility.people.models import Faculty
from mobility.students.querysets import ApplicationQuerySet
from mobility.web.fields import NfcCharField

DERIVED = ["points_claimed", "points", "parts", "standing_key", "claims_count", "claims_read", "unmet"]


class ApplicationState(models.TextChoices):
    """The office's names; `public_name` is what the student reads."""

    DRAFT = "draft", _("draft")
    SUBMITTED = "submitted", _("submitted")
    WITHDRAWN = "withdrawn", _("withdrawn")

    @property
    def public_name(self):
        return PUBLIC_NAMES[self]


PUBLIC_NAMES = {
    ApplicationState.DRAFT: _("not submitted"),
    ApplicationState.SUBMITTED: _("received"),
    ApplicationState.WITHDRAWN: _("withdrawn by you"),
}


class Application(models.Model):
    """One student's entry to one call.

    What the ranking needs of the student is copied here from the roster when the application is submitted, and again
    when the dean's office asks for it (`record_at`): a later roster moves nobody silently. `number` is the code by
    which runs, cards and other students know the application. Points are stored, in hundredths: `points_claimed` as
    the student counts them; `points`, `parts` (criterion → points), `standing_key` (smaller is better, without the
    lottery), `claims_read` and `unmet` (rules not met) are pushed by the room that verifies.
    """

    call = models.ForeignKey(Call, models.PROTECT, related_name="applications", verbose_name=_("call"))
    student = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="applications", verbose_name=_("student")
    )
    faculty = models.ForeignKey(Faculty, models.PROTECT, related_name="applications", verbose_name=_("faculty"))
    number = models.CharField(_("number"), max_length=30, unique=True)
    state = models.CharField(_("state"), max_length=9, choices=ApplicationState, default=ApplicationState.DRAFT)
    started_at = models.DateTimeField(_("started"))
    saved_at = models.DateTimeField(_("saved"))
    submitted_at = models.DateTimeField(_("submitted"), null=True, blank=True)
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("withdrawn by"),
    )  # fmt: skip
    withdrawal_asked_at = models.DateTimeField(_("withdrawal asked for"), null=True, blank=True)
    withdrawal_reason = models.TextField(_("reason for the withdrawal"), blank=True)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("entered from paper by"),
    )  # fmt: skip
    reminded_at = models.DateTimeField(_("reminded of the deadline"), null=True, blank=True)
    points_shown_at = models.DateTimeField(_("points shown to the student"), null=True, blank=True)
    phone = NfcCharField(_("telephone"), max_length=40, blank=True)

    specialty = NfcCharField(_("specialty"), max_length=200, blank=True)
    course_year = models.PositiveSmallIntegerField(_("course year"))
    group = NfcCharField(_("group"), max_length=30, blank=True)
    citizenship = CountryField(_("citizenship"), blank=True)
    funding = models.CharField(_("funding"), max_length=6, blank=True)
    study_language = models.CharField(_("language of study"), max_length=2, blank=True)
    mean_mark = models.PositiveSmallIntegerField(_("mean mark, in hundredths"), null=True, blank=True)
    marks_counted = models.PositiveSmallIntegerField(_("marks counted"), default=0)
    marks_unmapped = models.PositiveSmallIntegerField(_("marks without a place on our scale"), default=0)
    debts = models.PositiveSmallIntegerField(_("debts"), default=0)
    sanctions = models.PositiveSmallIntegerField(_("sanctions in force"), default=0)
    is_on_leave = models.BooleanField(_("on leave"), default=False)
    earlier_mobility = models.PositiveSmallIntegerField(_("earlier stays in this degree"), default=0)
    record_at = models.DateTimeField(_("roster of"))

    points_claimed = models.IntegerField(_("points claimed"), default=0)
    points = models.IntegerField(_("points verified"), default=0)
    parts = models.JSONField(_("points by criterion"), default=dict)
    standing_key = ArrayField(models.IntegerField(), verbose_name=_("key of the standing"), default=list)
    claims_count = models.PositiveSmallIntegerField(_("achievements"), default=0)
    claims_read = models.PositiveSmallIntegerField(_("achievements read"), default=0)
    unmet = models.JSONField(_("rules not met"), default=list)

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        verbose_name = _("application")
        verbose_name_plural = _("applications")
        ordering = ["call", "number"]
        triggers = [Journaled(derived=DERIVED)]
        constraints = [
            models.UniqueConstraint(
                fields=["call", "student"],
                name="one_application_a_call",
                violation_error_message=_("The student has an application to this call already."),
            ),
            models.CheckConstraint(condition=Q(state__in=ApplicationState.values), name="application_state_is_known"),
            models.CheckConstraint(
                condition=Q(state="draft") | Q(submitted_at__isnull=False), name="application_submitted_at_some_time"
            ),
            models.CheckConstraint(
                condition=Q(state="withdrawn", withdrawn_at__isnull=False, withdrawn_by__isnull=False)
                | ~Q(state="withdrawn") & Q(withdrawn_at=None, withdrawn_by=None),
                name="application_withdrawn_by_someone",
            ),
            models.CheckConstraint(
                condition=Q(withdrawal_asked_at=None) | ~Q(withdrawal_reason=""), name="withdrawal_asked_with_a_reason"
            ),
        ]
        indexes = [
            models.Index(fields=["call", "faculty", "standing_key", "number"], name="application_standing",
                         condition=Q(state="submitted")),
            models.Index(fields=["call", "faculty", "state", "number"], name="application_queue"),
            models.Index(fields=["call", "faculty"], condition=Q(state="submitted"), name="application_progress",
                         include=["claims_count", "claims_read", "mean_mark", "course_year"]),
            models.Index(fields=["call", "faculty", "number"], include=["course_year"], name="application_unread",
                         condition=Q(state="submitted", claims_read__lt=F("claims_count"))),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.number

    def get_absolute_url(self) -> str:
        return reverse("application-detail", args=[self.number])

    @property
    def is_draft(self) -> bool:
        return self.state == ApplicationState.DRAFT

    @property
    def is_submitted(self) -> bool:
        return self.state == ApplicationState.SUBMITTED

    @property
    def is_withdrawn(self) -> bool:
        return self.state == ApplicationState.WITHDRAWN

    @property
    def has_unsent_changes(self) -> bool:
        return self.is_submitted and self.saved_at > self.submitted_at

    @property
    def is_unsent(self) -> bool:
        """Something in it counts only after a press of the student's."""
        return self.is_draft or self.has_unsent_changes

    @property
    def mean(self) -> Decimal | None:
        return on_paper(self.mean_mark)


class Numbering(models.Model):
    """The last number given out in a call. Its row is locked while one is taken, so that no number is given twice."""

    call = models.OneToOneField(Call, models.CASCADE, related_name="+", verbose_name=_("call"))
    last = models.PositiveIntegerField(_("last number"), default=0)

    class Meta:
        verbose_name = _("numbering of applications")
        verbose_name_plural = _("numberings of applications")
        triggers = [Journaled(part_of="call")]

    def __str__(self) -> str:
        return f"{self.call}: {self.last}"


class Choice(models.Model):
    """One destination on the student's list; 1 is the dearest."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="choices", verbose_name=_("application"))
    destination = models.ForeignKey(Destination, models.PROTECT, related_name="choices", verbose_name=_("destination"))
    position = models.PositiveSmallIntegerField(_("place on the list"))

    class Meta:
        verbose_name = _("choice")
        verbose_name_plural = _("choices")
        ordering = ["application", "position"]
        triggers = [Journaled(part_of="application")]
        constraints = [
            models.UniqueConstraint(fields=["application", "destination"], name="destination_chosen_once"),
            models.UniqueConstraint(
                fields=["application", "position"], name="one_choice_a_place", deferrable=models.Deferrable.DEFERRED
            ),
            models.CheckConstraint(condition=Q(position__gte=1), name="choices_from_1"),
        ]

    def __str__(self) -> str:
        return f"{self.position}. {self.destination}"


class Submission(models.Model):
    """The application as it was submitted, once more each time. Appended only; the hash is of the canonical content."""

    application = models.ForeignKey(
        Application, models.PROTECT, related_name="submissions", verbose_name=_("application")
    )
    version = models.PositiveSmallIntegerField(_("version"))
    content = models.JSONField(_("content"))
    sha256 = models.CharField(_("checksum"), max_length=64)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("by"))
    at = models.DateTimeField(_("at"))

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ["application", "-version"]
        triggers = [
            Journaled(part_of="application"),
            pgtrigger.Protect(name="appended_only", operation=pgtrigger.Update | pgtrigger.Delete),
        ]
        constraints = [models.UniqueConstraint(fields=["application", "version"], name="submission_version_once")]

    def __str__(self) -> str:
        return f"{self.application}, {self.version}"


class SubmittedFile(models.Model):
    """A file that a submission holds: it stays as long as the submission does, whatever becomes of the claim."""

    submission = models.ForeignKey(Submission, models.PROTECT, related_name="files", verbose_name=_("submission"))
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name=_("file"))

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")
        ordering = ["submission", "file"]
        triggers = [Journaled(part_of="submission")]
        constraints = [models.UniqueConstraint(fields=["submission", "file"], name="submitted_file_once")]

    def __str__(self) -> str:
        return str(self.file)


class Offer(models.Model):
    """A place that the student can confirm or decline until a date; silence lapses. One of a run and an application."""

    class State(models.TextChoices):
        OPEN = "open", _("awaits an answer")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")
        LAPSED = "lapsed", _("lapsed")

    application = models.ForeignKey(Application, models.PROTECT, related_name="offers", verbose_name=_("application"))
    destination = models.ForeignKey(Destination, models.PROTECT, related_name="offers", verbose_name=_("destination"))
    run = models.PositiveIntegerField(_("run"))
    made_at = models.DateTimeField(_("made"))
    answer_by = models.DateTimeField(_("answer until"))
    state = models.CharField(_("state"), max_length=9, choices=State, default=State.OPEN)
    answered_at = models.DateTimeField(_("answered"), null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name=_("answered by"),
    )  # fmt: skip

    class Meta:
        verbose_name = _("place")
        verbose_name_plural = _("places")
        ordering = ["application", "-run"]
        triggers = [Journaled(part_of="application")]
        constraints = [
            models.UniqueConstraint(fields=["application", "run"], name="one_offer_a_run"),
            models.CheckConstraint(
                condition=Q(state="open", answered_at=None)
                | Q(state="lapsed", answered_at__isnull=False)
                | Q(state__in=["confirmed", "declined"], answered_at__isnull=False, answered_by__isnull=False),
                name="offer_answered_by_someone",
            ),
            models.CheckConstraint(condition=Q(answer_by__gt=F("made_at")), name="offer_leaves_time_to_answer"),
        ]
        indexes = [models.Index(fields=["destination", "state"], name="offers_of_a_destination")]

    def __str__(self) -> str:
        return f"{self.application}: {self.destination}"


class Card(models.Model):
    """Why the outcome is what it is: the engine's explanation for one application and run, as canonical JSON.

    Pushed when results are published; the text in the reader's language is made from it on the page.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="cards", verbose_name=_("application"))
    run = models.PositiveIntegerField(_("run"))
    content = models.JSONField(_("content"))
    checksum = models.CharField(_("checksum of the run"), max_length=64)
    rules_version = models.PositiveSmallIntegerField(_("version of the rules"))
    needed = models.JSONField(
        _("points that would have changed it"), null=True, blank=True,
        help_text=_("Destination → hundredths of a point, found by real runs; empty until they are made."),
    )  # fmt: skip
    published_at = models.DateTimeField(_("published"))

    class Meta:
        verbose_name = _("card of reasons")
        verbose_name_plural = _("cards of reasons")
        ordering = ["application", "-run"]
        triggers = [Journaled(part_of="application", without=["content"], derived=["needed"])]
        constraints = [models.UniqueConstraint(fields=["application", "run"], name="one_card_a_run")]

    def __str__(self) -> str:
        return f"{self.application}, {self.run}"
