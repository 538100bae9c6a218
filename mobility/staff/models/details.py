"""What each form asks beside what all ask: one row of the form's own table for an activity."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.web.fields import NfcCharField

from .activities import Activity
from .states import Form

HOURS = [MinValueValidator(1), MaxValueValidator(2000)]


def of_activity(related_name: str) -> models.OneToOneField:
    return models.OneToOneField(Activity, models.CASCADE, related_name=related_name, verbose_name=_("activity"))


class Part(models.TextChoices):
    TALK = "talk", _("a talk")
    POSTER = "poster", _("a poster")
    CHAIR = "chair", _("chairing a session")
    GUEST = "guest", _("without a talk")


class ConferencePart(models.Model):
    """The activity's subject is the event."""

    activity = of_activity("conference")
    part = models.CharField(_("takes part with"), max_length=6, choices=Part, default=Part.TALK)
    title = NfcCharField(_("title of the talk or poster"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("part in a conference")
        verbose_name_plural = _("parts in conferences")
        triggers = [Journaled(part_of="activity")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(part__in=["talk", "poster"]) | ~Q(title=""),
                name="conference_talk_has_a_title",
                violation_error_message=_("Give the title of the talk or poster."),
            )
        ]

    def __str__(self) -> str:
        return self.title or self.get_part_display()


class Lectures(models.Model):
    """The activity's subject is the course."""

    activity = of_activity("lectures")
    hours = models.PositiveSmallIntegerField(_("hours"), validators=HOURS)
    audience = NfcCharField(_("audience"), max_length=300, help_text=_("Such as “sixth-year students, 40 people”."))
    language = NfcCharField(_("language of teaching"), max_length=60)

    class Meta:
        verbose_name = _("lectures")
        verbose_name_plural = _("lectures")
        triggers = [Journaled(part_of="activity")]

    def __str__(self) -> str:
        return self.audience


class JointTopic(models.Model):
    """The activity's subject is the topic."""

    activity = of_activity("topic")
    partners = NfcCharField(
        _("who works on the topic"), max_length=300, help_text=_("Departments or people, here and there.")
    )
    stage = NfcCharField(_("stage of the work"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("work on a joint topic")
        verbose_name_plural = _("work on joint topics")
        triggers = [Journaled(part_of="activity")]

    def __str__(self) -> str:
        return self.partners


class JointProject(models.Model):
    """The activity's subject is the project's title."""

    activity = of_activity("project")
    number = NfcCharField(_("number of the project"), max_length=60, help_text=_("As registered, or of the grant."))
    role = NfcCharField(_("role in the project"), max_length=200)
    roles_of_partners = NfcCharField(_("roles of the partners"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("part in a joint project")
        verbose_name_plural = _("parts in joint projects")
        triggers = [Journaled(part_of="activity")]

    def __str__(self) -> str:
        return f"{self.number}: {self.role}"


class Training(models.Model):
    """The activity's subject is the programme."""

    activity = of_activity("training")
    hours = models.PositiveSmallIntegerField(_("hours"), validators=HOURS)
    certificate = NfcCharField(_("certificate"), max_length=200, help_text=_("Which paper the host gives at the end."))

    class Meta:
        verbose_name = _("advanced training")
        verbose_name_plural = _("advanced trainings")
        triggers = [Journaled(part_of="activity")]

    def __str__(self) -> str:
        return self.certificate


class Internship(models.Model):
    """The activity's subject is what is learnt there."""

    activity = of_activity("internship")
    host_department = NfcCharField(_("department of the host"), max_length=200)
    supervisor = NfcCharField(_("supervisor there"), max_length=200)

    class Meta:
        verbose_name = _("internship")
        verbose_name_plural = _("internships")
        triggers = [Journaled(part_of="activity")]

    def __str__(self) -> str:
        return f"{self.host_department}, {self.supervisor}"


DETAIL_MODELS: dict[str, type[models.Model]] = {
    Form.CONFERENCE: ConferencePart,
    Form.LECTURING: Lectures,
    Form.JOINT_TOPIC: JointTopic,
    Form.JOINT_PROJECT: JointProject,
    Form.ADVANCED_TRAINING: Training,
    Form.INTERNSHIP: Internship,
}
