from django.core.validators import MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobility.journal.triggers import Journaled
from mobility.people.academic_years import PATTERN
from partners.querysets import FlowQuerySet

from .conditions import Direction, MobilityKind
from .institutions import Institution


def _people(name: str) -> models.PositiveIntegerField:
    return models.PositiveIntegerField(name, default=0)


def _weeks(name: str) -> models.DecimalField:
    """A trip of two days is 0.4 of a week."""
    return models.DecimalField(name, max_digits=8, decimal_places=1, default=0, validators=[MinValueValidator(0)])


class Flow(models.Model):
    """People who go to a partner or come from it in a year, as the room that knows them last said.

    `source` is that room's own key of what it counted, such as `staff.activity/17`: one row each, told anew when
    anything changes. Planned and done are kept apart, so that a plan can be read against what became of it.
    """

    source = models.CharField(_("source"), max_length=100, unique=True)
    institution = models.ForeignKey(Institution, models.PROTECT, related_name="flows", verbose_name=_("partner"))
    academic_year = models.CharField(_("academic year"), max_length=9, validators=[RegexValidator(PATTERN)])
    direction = models.CharField(_("direction"), max_length=8, choices=Direction)
    kind = models.CharField(_("kind of mobility"), max_length=20, choices=MobilityKind)
    planned_people = _people(_("people planned"))
    planned_weeks = _weeks(_("person-weeks planned"))
    done_people = _people(_("people who went or came"))
    done_weeks = _weeks(_("person-weeks done"))

    objects = FlowQuerySet.as_manager()

    class Meta:
        verbose_name = _("flow of people")
        verbose_name_plural = _("flows of people")
        ordering = ["academic_year", "institution", "id"]
        triggers = [Journaled()]
        constraints = [
            models.CheckConstraint(condition=~Q(source=""), name="flow_has_a_source"),
            models.CheckConstraint(condition=Q(academic_year__regex=PATTERN), name="flow_of_an_academic_year"),
            models.CheckConstraint(condition=Q(direction__in=Direction.values), name="flow_direction_is_known"),
            models.CheckConstraint(condition=Q(kind__in=MobilityKind.values), name="flow_kind_is_known"),
            models.CheckConstraint(
                condition=Q(planned_people__gt=0, planned_weeks__gte=0) | Q(planned_people=0, planned_weeks=0),
                name="flow_planned_weeks_are_of_people",
            ),
            models.CheckConstraint(
                condition=Q(done_people__gt=0, done_weeks__gte=0) | Q(done_people=0, done_weeks=0),
                name="flow_done_weeks_are_of_people",
            ),
            models.CheckConstraint(condition=Q(planned_people__gt=0) | Q(done_people__gt=0), name="flow_of_somebody"),
        ]
        indexes = [models.Index("academic_year", "kind", "institution", name="flow_of_the_year")]

    def __str__(self) -> str:
        return f"{self.academic_year}: {self.get_direction_display()}, {self.get_kind_display()}"
