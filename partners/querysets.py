from datetime import date

from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connections, models
from django.db.models import Avg, Count, Func, Q, Value
from django.db.models.functions import Coalesce, NullIf


class Folded(Func):
    """Text as institutions are searched by: small letters, without marks, Cyrillic in Latin letters."""

    function = "partners_folded"
    output_field = models.TextField()


# Folded words that half of all names have: they make no two institutions similar.
COMMON_WORDS = frozenset(
    (  # noqa: SIM905 -- sixty words are read as words
        "universite universitat universidad universita universiti universitet universiteti universiteta "
        "college institute institut instituti academi akademi akademia akademiasi facult faculti school "
        "state national international federal dziarzhauni gosudarstvenni gosudarstvennaia natsionalni natsianalni "
        "medical medicine medisin meditsinski meditsinskaia meditsini meditsina meditsinskogo tibbiot lukmancilik "
        "meduniversitet gmu dmu technical technological technologi science sciences "
        "the and of named after for imeni imia pervi first"
    ).split()
)
LOOKS_LIKE = 5


class InstitutionQuerySet(models.QuerySet):
    def search(self, text: str) -> "InstitutionQuerySet":
        """Every word somewhere in the names, in whatever script, the city, the ids or the website."""
        found = self
        for word in text.split():
            found = found.filter(search_text__contains=Folded(Value(word)))
        return found

    def similar_to(self, *, names: list[str], website: str) -> list[models.Model]:
        """The few that may be the same: a telling word of a name, or the website's host, is like theirs."""
        host = website.strip().partition("//")[2].partition("/")[0].removeprefix("www.")
        folded = self.folded(*names, host)
        whole, folded_host = " ".join(folded[:-1]), folded[-1]
        alike = Q(search_text__contains=folded_host) if folded_host else Q()
        for word in sorted(set(whole.split()) - COMMON_WORDS):
            alike |= Q(search_text__trigram_word_similar=word) if len(word) > 2 else Q()
        if not alike:
            return []
        likeness = TrigramWordSimilarity(whole or folded_host, "search_text")
        return list(self.filter(alike, is_home=False).order_by(likeness.desc(), "pk")[:LOOKS_LIKE])

    def folded(self, *texts: str) -> list[str]:
        """The keys by which these texts are searched."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(
                "SELECT partners_folded(given) FROM unnest(%s) WITH ORDINALITY AS t(given, n) ORDER BY n", [list(texts)]
            )
            return [key for (key,) in cursor.fetchall()]

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
