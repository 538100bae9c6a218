from datetime import date, timedelta
from decimal import Decimal

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import TrigramWordSimilarity
from django.db import connections, models
from django.db.models import Avg, Case, Count, Exists, Func, OuterRef, Q, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, NullIf

from mobility.people.academic_years import AcademicYear
from mobility.web.unions import written

EXPIRING_DAYS = 180  # from when on an agreement is called expiring


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


# The next country after the last one, until there is none; likewise the next owner.
FACETS = """
    WITH RECURSIVE signed(country) AS (
        SELECT ''
        UNION ALL
        SELECT (SELECT i.country::text FROM partners_institution i
                 WHERE i.country > signed.country
                   AND EXISTS (SELECT FROM partners_party WHERE institution_id = i.id)
                 ORDER BY i.country LIMIT 1)
          FROM signed WHERE signed.country IS NOT NULL
    ), owning(id) AS (
        SELECT min(owner_id) FROM partners_agreement
        UNION ALL
        SELECT (SELECT min(owner_id) FROM partners_agreement WHERE owner_id > owning.id)
          FROM owning WHERE owning.id IS NOT NULL
    )
    SELECT ARRAY(SELECT country FROM signed WHERE country <> ''),
           ARRAY(SELECT ARRAY[id::text, concat_ws(' ', family_name, nullif(given_name, ''), nullif(patronymic, ''))]
                   FROM people_user WHERE id IN (SELECT id FROM owning) ORDER BY sort_name, id)
"""


OUT, INTO = Q(direction="outgoing"), Q(direction="incoming")
SEATS_EACH_WAY = {"seats_out": Sum("counted", filter=OUT), "seats_in": Sum("counted", filter=INTO)}
PEOPLE_EACH_WAY = {
    "went": Sum("done_people", filter=OUT),
    "came": Sum("done_people", filter=INTO),
    "weeks_out": Sum("done_weeks", filter=OUT),
    "weeks_in": Sum("done_weeks", filter=INTO),
    "to_go": Sum("planned_people", filter=OUT),
    "to_come": Sum("planned_people", filter=INTO),
    "weeks_to_go": Sum("planned_weeks", filter=OUT),
    "weeks_to_come": Sum("planned_weeks", filter=INTO),
}


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

    def countries(self) -> set[str]:
        """Alpha-2 codes, gathered by the database into one row."""
        sql, params = self.order_by().values("country").distinct().query.sql_with_params()
        with connections[self.db].cursor() as cursor:
            cursor.execute(f"SELECT array({sql})", params)
            return set(cursor.fetchone()[0])

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


class AgreementQuerySet(models.QuerySet):
    def visible_to(self, user) -> "AgreementQuerySet":
        """Those who work with places read agreements: International Relations, the rector, deans' offices, heads."""
        readers = {"ir-officer", "administrator", "rector", "deans-office", "head-of-department"}
        return self if user.is_authenticated and readers & {role.kind for role in user.roles} else self.none()

    def search(self, text: str) -> "AgreementQuerySet":
        """Every word in the number, the subject, a name under which somebody signed, or a partner's name since then."""
        parties, found = self.model.parties.rel.related_model.objects.order_by(), self
        for word in text.split():
            folded = Folded(Value(word))
            own = self.model._base_manager.order_by().filter(search_text__contains=folded).values("pk")
            signed = parties.filter(search_text__contains=folded).values("agreement")
            called = parties.filter(institution__search_text__contains=folded).values("agreement")
            found = found.filter(pk__in=written(own.union(signed, called)))
        return found

    def with_state(self, day: date) -> "AgreementQuerySet":
        soon = day + timedelta(days=EXPIRING_DAYS)
        return self.annotate(
            state=Case(
                When(sealed_at=None, then=Value("draft")),
                When(terminated_on__lt=day, then=Value("terminated")),
                When(last_day__lt=day, then=Value("expired")),
                When(starts__gt=day, then=Value("upcoming")),
                When(last_day__lte=soon, then=Value("expiring")),
                default=Value("in-force"),
                output_field=models.TextField(),
            )
        )

    def with_partners(self, language: str) -> "AgreementQuerySet":
        """`partner_names`: the partners' short names of today, in the order in which they were entered."""
        parties = self.model.parties.rel.related_model.objects.filter(agreement=OuterRef("pk")).order_by("pk")
        return self.annotate(partner_names=ArraySubquery(parties.values(f"institution__short_name_{language}")))

    def in_force_on(self, day: date) -> "AgreementQuerySet":
        return self.filter(Q(last_day=None) | Q(last_day__gte=day), sealed_at__isnull=False, starts__lte=day)

    def expiring_within(self, days: int, *, of: date) -> "AgreementQuerySet":
        return self.in_force_on(of).filter(last_day__lte=of + timedelta(days=days))

    def facets(self) -> tuple[list[str], list[list[str]]]:
        """Countries of those who signed, and keys and names of those who answer, each once: read by leaps."""
        with connections[self.db].cursor() as cursor:
            cursor.execute(FACETS)
            return cursor.fetchone()

    def owned_by(self, user) -> "AgreementQuerySet":
        return self.filter(owner=user)

    def with_condition(self, **facts: str) -> "AgreementQuerySet":
        """Those with one condition that has all these facts."""
        conditions = self.model.conditions.rel.related_model.objects.filter(agreement=OuterRef("pk"), **facts)
        return self.filter(Exists(conditions)) if facts else self

    def in_country(self, code: str) -> "AgreementQuerySet":
        parties = self.model.parties.rel.related_model.objects
        return self.filter(pk__in=parties.filter(institution__country=code).values("agreement"))


class ConditionQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ConditionQuerySet":
        return self.filter(agreement__in=self._agreements().visible_to(user))

    def valid_during(self, first: date, last: date) -> "ConditionQuerySet":
        """Those that hold on every day from the first to the last, their agreement too."""
        whole = self._agreements().in_force_on(first).filter(Q(last_day=None) | Q(last_day__gte=last))
        return self.filter(Q(ends=None) | Q(ends__gte=last), starts__lte=first, agreement__in=whole.values("pk"))

    def valid_within(self, first: date, last: date) -> "ConditionQuerySet":
        """Those that hold on any day from the first to the last, their agreement too."""
        return self.filter(
            Q(ends=None) | Q(ends__gte=first),
            Q(agreement__last_day=None) | Q(agreement__last_day__gte=first),
            starts__lte=last,
            agreement__starts__lte=last,
            agreement__sealed_at__isnull=False,
        )

    def of_year(self, year: AcademicYear) -> "ConditionQuerySet":
        """Whose seats are the year's: of several validities of one line within the year, the last.

        Two never overlap, so that what follows one that still holds in the year begins within the year itself.
        """
        line = ("agreement", "partner", "direction", "kind", "specialty")
        later = self.model._base_manager.filter(
            **{field: OuterRef(field) for field in line},
            starts__gt=OuterRef("starts"),
            starts__range=(year.first_day, year.last_day),
        )
        return self.valid_within(year.first_day, year.last_day).exclude(Exists(later))

    def with_seats_of(self, year: AcademicYear) -> "ConditionQuerySet":
        """`confirmed`: the latest word of the partner, null before it; `counted`: that, or else what was agreed."""
        confirmations = self.model.confirmations.rel.related_model.objects
        latest = confirmations.latest_of(str(year)).filter(condition=OuterRef("pk")).values("seats")[:1]
        found = self.annotate(confirmed=Subquery(latest, output_field=models.IntegerField()))
        return found.annotate(counted=Coalesce("confirmed", "seats", output_field=models.IntegerField()))

    def summed_each_way(self):
        """Rows (partner_id, seats_out, seats_in) over what `with_seats_of` counted."""
        return self.order_by().values("partner_id").annotate(**SEATS_EACH_WAY)

    def in_sum(self) -> dict[str, int | None]:
        """The same over all; None where there is nothing."""
        return self.order_by().aggregate(**SEATS_EACH_WAY)

    def _agreements(self):
        return self.model.agreement.field.related_model.objects


class ConfirmedSeatsQuerySet(models.QuerySet):
    def latest_of(self, year: str) -> "ConfirmedSeatsQuerySet":
        """The latest entry first: it counts."""
        return self.filter(academic_year=year).order_by("-id")

    def visible_to(self, user) -> "ConfirmedSeatsQuerySet":
        conditions = self.model.condition.field.related_model.objects
        return self.filter(condition__in=conditions.visible_to(user))


class FlowQuerySet(models.QuerySet):
    def of_year(self, year: AcademicYear) -> "FlowQuerySet":
        return self.filter(academic_year=str(year))

    def summed_each_way(self, *by: str):
        """Rows of a partner's people and person-weeks, or of those `by`: done out and in, planned out and in."""
        return self.order_by().values(*(by or ["institution_id"])).annotate(**PEOPLE_EACH_WAY)

    def in_sum(self) -> dict[str, Decimal | int | None]:
        """The same over all; None where there is nothing."""
        return self.order_by().aggregate(**PEOPLE_EACH_WAY)
