from datetime import date

from django.db import models
from django.db.models import Avg, Count, Func, Q, Value
from django.db.models.functions import Coalesce, NullIf


class Folded(Func):
    """Text as institutions are searched by: small letters, without marks, Cyrillic in Latin letters."""

    function = "partners_folded"
    output_field = models.TextField()


class InstitutionQuerySet(models.QuerySet):
    def search(self, text: str) -> "InstitutionQuerySet":
        """Every word somewhere in the names, in whatever script, the city, the ids or the website."""
        found = self
        for word in text.split():
            found = found.filter(search_text__contains=Folded(Value(word)))
        return found

    def home(self) -> "InstitutionQuerySet":
        return self.filter(is_home=True)

    def partners(self) -> "InstitutionQuerySet":
        return self.filter(is_home=False)

    def key(self) -> "InstitutionQuerySet":
        return self.filter(is_key=True)

    def active(self) -> "InstitutionQuerySet":
        return self.filter(archived_at__isnull=True)

    def off_the_map(self) -> "InstitutionQuerySet":
        return self.filter(latitude__isnull=True)

    def countries(self) -> list[str]:
        """Alpha-2 codes, each once."""
        return list(self.order_by("country").values_list("country", flat=True).distinct())

    def cities(self, language: str):
        """Rows (country, city, is it ours, latitude, longitude, how many) of those with a place, the biggest first."""
        city = Coalesce(NullIf(f"city_{language}", Value("")), NullIf("city_en", Value("")), "city")
        return (
            self.filter(latitude__isnull=False)
            .values_list("country", city, "is_home")
            .annotate(latitude=Avg("latitude"), longitude=Avg("longitude"), count=Count("pk"))
            .order_by("-count", "country")
        )

    def visible_to(self, user) -> "InstitutionQuerySet":
        """The archive is for those who keep it."""
        keeps = user.is_authenticated and (user.holds("ir-officer") or user.holds("administrator"))
        return self if keeps else self.active()


class ContactQuerySet(models.QuerySet):
    def active_on(self, day: date) -> "ContactQuerySet":
        return self.filter(
            Q(since__isnull=True) | Q(since__lte=day),
            Q(until__isnull=True) | Q(until__gte=day),
        )
