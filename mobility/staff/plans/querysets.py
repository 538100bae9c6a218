from django.db import models
from django.db.models import Case, Count, F, Q, Value, When

SEES_ALL = {"ir-officer", "rector", "administrator"}
STAFF = {"teaching-staff", "head-of-department", "deans-office"}
NOT_DONE = ("not-begun", "fell-through")


class PlanQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PlanQuerySet":
        """A plan whose places are still being entered is seen by the offices of the whole university only."""
        kinds = {role.kind for role in user.roles}
        if kinds & SEES_ALL:
            return self
        return self.exclude(state="draft") if kinds & STAFF else self.none()

    def open_on(self, day) -> "PlanQuerySet":
        """Departments may still propose."""
        return self.filter(state="open", proposals_until__gte=day)

    def to_choose_on(self, day) -> "PlanQuerySet":
        """Departments have proposed; International Relations choose."""
        return self.filter(state="open", proposals_until__lt=day)

    def with_rector(self) -> "PlanQuerySet":
        return self.filter(state="prepared")

    def with_counts(self) -> "PlanQuerySet":
        """`seats` offered, `candidates` proposed, `approved` lines."""
        place = self.model._meta.get_field("places").related_model.objects.filter(plan=models.OuterRef("pk"))
        seats = place.order_by().values("plan").annotate(n=models.Sum("seats")).values("n")
        return self.annotate(
            seats=models.functions.Coalesce(models.Subquery(seats), 0),
            candidates=Count("places__lines"),
            approved=Count("places__lines", filter=Q(places__lines__state__in=["approved", "carried"])),
        )


class PlaceQuerySet(models.QuerySet):
    def visible_to(self, user) -> "PlaceQuerySet":
        """Whoever sees the plan sees its programmes."""
        plans = self.model._meta.get_field("plan").related_model.objects.visible_to(user)
        return self.filter(plan__in=plans)


class LineQuerySet(models.QuerySet):
    def visible_to(self, user) -> "LineQuerySet":
        """One's own; the department's for its head, a faculty's for its dean's office; for the other offices all."""
        if {role.kind for role in user.roles} & SEES_ALL:
            return self
        heads = [role.department_id for role in user.roles if role.kind == "head-of-department"]
        faculties = [role.faculty_id for role in user.roles if role.kind == "deans-office"]
        return self.filter(Q(person=user) | Q(department__in=heads) | Q(department__faculty__in=faculties))

    def of_plan(self, plan) -> "LineQuerySet":
        return self.filter(place__plan=plan)

    def in_force(self) -> "LineQuerySet":
        """What the rector approved, carried over since or not."""
        return self.filter(state__in=["approved", "carried"])

    def to_begin(self, user, day) -> "LineQuerySet":
        """One's own, approved and not begun, while its days are still to come."""
        waiting = self.filter(person=user, state="approved", activity=None)
        return waiting.filter(place__starts__gte=day).order_by("place__starts").select_related("place__plan")

    def undecided(self) -> "LineQuerySet":
        return self.filter(state="proposed")

    def in_order(self) -> "LineQuerySet":
        return self.order_by("place__starts", "place", "department__code", "position", "pk")

    def with_fact(self) -> "LineQuerySet":
        """What became of an approved line: its activity says."""
        return self.annotate(
            fact=Case(
                When(activity=None, then=Value("not-begun")),
                When(activity__state__in=["refused", "cancelled"], then=Value("fell-through")),
                When(activity__state__in=["report-due", "reported", "accepted"], then=Value("done")),
                default=Value("on-the-way"),
            )
        )

    def not_done(self) -> "LineQuerySet":
        return self.with_fact().filter(state="approved", fact__in=NOT_DONE)

    def counted_by(self, **label) -> "LineQuerySet":
        """A row for each label: how many were planned, and what became of them."""
        facts = {
            name.replace("-", "_"): Count("pk", filter=Q(fact=name))
            for name in ("done", "on-the-way", "not-begun", "fell-through")
        }
        return self.with_fact().order_by().values(**{name: F(path) for name, path in label.items()}).annotate(
            planned=Count("pk"), **facts
        )  # fmt: skip
