from datetime import datetime

from django.db import models
from django.db.models import Count, Max, Min, Sum
from django.utils.translation import get_language

SEES_DRAFTS = {"ir-officer", "administrator", "rector"}


class CallQuerySet(models.QuerySet):
    def visible_to(self, user) -> "CallQuerySet":
        """Opened calls are public; drafts are for International Relations, the rector and administrators."""
        if user.is_authenticated and {role.kind for role in user.roles} & SEES_DRAFTS:
            return self
        return self.filter(opened_at__isnull=False)

    def accepting_at(self, at: datetime) -> "CallQuerySet":
        """Those one can apply to at the moment."""
        return self.filter(opened_at__isnull=False, called_off_at=None, opens_at__lte=at, deadline__gt=at)

    def being_read_at(self, at: datetime) -> "CallQuerySet":
        """Past the deadline, and not yet published."""
        return self.filter(opened_at__isnull=False, called_off_at=None, deadline__lte=at, published_at=None)

    def current_at(self, at: datetime) -> "CallQuerySet":
        """Opened ones whose answers are not over: announced, open, or being decided."""
        running = self.filter(opened_at__isnull=False, called_off_at=None, finished_at=None, answers_by__gt=at)
        return running.order_by("deadline", "pk")

    def drafts(self) -> "CallQuerySet":
        return self.filter(opened_at=None)

    def owned_by(self, user) -> "CallQuerySet":
        return self.filter(owner=user)

    def with_places(self) -> "CallQuerySet":
        """`offers`, `places`, `hosts` and `countries`: how many of each the call has."""
        return self.annotate(
            offers=Count("destinations"),
            places=Sum("destinations__seats", default=0),
            hosts=Count("destinations__condition__partner", distinct=True),
            countries=Count("destinations__condition__partner__country", distinct=True),
            first_day=Min("destinations__starts"),
            last_day=Max("destinations__ends"),
        )


class DestinationQuerySet(models.QuerySet):
    def visible_to(self, user) -> "DestinationQuerySet":
        calls = self.model.call.field.related_model.objects.visible_to(user)
        return self.filter(call__in=calls)

    def open_to(self, faculty: str) -> "DestinationQuerySet":
        """Those with a seat for a student of the faculty: of its quota, open to all, or to be released."""
        reserved = Sum("quotas__seats", default=0)
        own = Sum("quotas__seats", filter=models.Q(quotas__faculty__code=faculty), default=0)
        return self.alias(reserved=reserved, own=own).filter(
            models.Q(own__gt=0)
            | models.Q(seats__gt=models.F("reserved"))
            | models.Q(call__release="open", reserved__gt=0)
        )

    def by_name(self) -> "DestinationQuerySet":
        """With partner and agreement, in the order of the partners' names in the reader's language."""
        joined = self.select_related("call", "condition__partner", "condition__agreement")
        return joined.order_by(f"condition__partner__sort_name_{get_language() or 'en'}", "pk")

    def by_key(self) -> "DestinationQuerySet":
        """The order in which they are locked."""
        return self.order_by("pk")

    def given_of(self, condition, year: str) -> int:
        """Seats that all calls of the year give out of one condition."""
        return self.filter(condition=condition, call__academic_year=year).aggregate(n=Sum("seats", default=0))["n"]

    def outliving(self) -> "DestinationQuerySet":
        """Those whose stay goes beyond the validity of their condition or its agreement."""
        conditions = self.model.condition.field.related_model.objects
        whole = conditions.filter(
            models.Q(ends=None) | models.Q(ends__gte=models.OuterRef("ends")),
            models.Q(agreement__last_day=None) | models.Q(agreement__last_day__gte=models.OuterRef("ends")),
            pk=models.OuterRef("condition"),
            starts__lte=models.OuterRef("starts"),
            agreement__starts__lte=models.OuterRef("starts"),
            agreement__sealed_at__isnull=False,
        )
        return self.exclude(models.Exists(whole))

    def in_country(self, code: str) -> "DestinationQuerySet":
        return self.filter(condition__partner__country=code)

    def in_language(self, tag: str) -> "DestinationQuerySet":
        return self.filter(language=tag)

    def countries_and_languages(self) -> tuple[list[str], list[str]]:
        """What filters offer: each once, in one reading."""
        pairs = set(self.order_by().values_list("condition__partner__country", "language").distinct())
        return sorted({country for country, _tag in pairs}), sorted({tag for _country, tag in pairs if tag})
