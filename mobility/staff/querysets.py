from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, Exists, OuterRef, Q

from mobility.web.unions import written

SEES_ALL = {"ir-officer", "rector", "administrator"}
# Approved, and not cancelled since: these take a seat of the condition and the person's days.
SEATED = ("approved", "ordered", "under-way", "report-due", "reported", "accepted")
REMIND_EVERY = timedelta(days=7)


class ActivityQuerySet(models.QuerySet):
    def visible_to(self, user) -> "ActivityQuerySet":
        """One's own; the department's for its head, a faculty's for its dean's office; for the other offices all.

        A memo that was never sent is its writer's alone.
        """
        mine = Q(person=user) | Q(curator=user) | Q(author=user)
        if {role.kind for role in user.roles} & SEES_ALL:
            return self.filter(mine | ~Q(state="draft"))
        return self.filter(mine | (~Q(state="draft") & Q(department__in=self.departments_of(user))))

    def of(self, user) -> "ActivityQuerySet":
        """What one travels for, curates or has entered."""
        return self.filter(Q(person=user) | Q(curator=user) | Q(author=user))

    def to_do_by(self, user) -> "ActivityQuerySet":
        """To be corrected, reported on, or sent: a colleague has written the memo of who travels along."""
        by_a_colleague = Q(state="draft", person=user) & ~Q(author=user)
        return self.of(user).filter(Q(state__in=["returned", "report-due"]) | by_a_colleague)

    def of_departments(self, departments) -> "ActivityQuerySet":
        return self.filter(department__in=departments).exclude(state="draft")

    def departments_of(self, user):
        """Those that one heads, and those of the faculties whose office one is."""
        departments = self.model.department.field.related_model.objects
        heads = [role.department_id for role in user.roles if role.kind == "head-of-department"]
        faculties = [role.faculty_id for role in user.roles if role.kind == "deans-office"]
        return departments.filter(Q(pk__in=heads) | Q(faculty__in=faculties)).values("pk")

    def turns(self, user, states: Iterable[str], *, on: date) -> dict[str, "ActivityQuerySet"]:
        """What waits in each of the states, nobody's own; a head's proposals are the department's."""
        heads = [role.department_id for role in user.roles if role.kind == "head-of-department"]
        theirs = self.visible_to(user).exclude(person=user)
        rows = {state: theirs.standing(state, on=on) for state in states}
        return rows | ({"proposed": rows["proposed"].filter(department__in=heads)} if "proposed" in rows else {})

    def along_with(self, activity) -> "ActivityQuerySet":
        """Who travels together with this one, by a memo of their own."""
        together = Q(group=activity.group) if activity.group else Q(pk__in=[])
        return self.filter(together).exclude(pk=activity.pk).select_related("person")

    def sent(self) -> "ActivityQuerySet":
        """What others than its writer may know of."""
        return self.exclude(state="draft")

    def in_states(self, *states: str) -> "ActivityQuerySet":
        return self.filter(state__in=states)

    def standing(self, where: str, *, on: date) -> "ActivityQuerySet":
        """In a state, or in what a list calls one: late with the report, cancelled and to be called off by an order."""
        if where == "late":
            return self.overdue(on)
        return self.to_be_called_off() if where == "to-call-off" else self.in_states(where)

    def to_be_called_off(self) -> "ActivityQuerySet":
        """Ordered, then cancelled, and no order says so yet."""
        orders = self.model.orders.rel.related_model.objects.filter(activity=OuterRef("pk"))
        sent, called_off = Exists(orders.filter(calls_off=False)), Exists(orders.filter(calls_off=True))
        return self.in_states("cancelled").filter(sent, ~called_off)

    def seated(self) -> "ActivityQuerySet":
        """Those that take a seat and days: approved, and not cancelled since."""
        return self.filter(state__in=SEATED)

    def seats_taken(self, condition, *, first: date, last: date) -> int:
        """Of a condition's seats within a year."""
        return self.seated().filter(condition=condition, starts__range=(first, last)).count()

    def overdue(self, day: date) -> "ActivityQuerySet":
        return self.filter(state="report-due", report_due__lt=day)

    def to_remind(self, at: datetime, *, day: date) -> "ActivityQuerySet":
        """Overdue, and not told within the last week."""
        return self.overdue(day).filter(Q(reminded_at=None) | Q(reminded_at__lte=at - REMIND_EVERY))

    def during(self, first: date, last: date) -> "ActivityQuerySet":
        return self.filter(starts__lte=last, ends__gte=first)

    def past_their_state(self, day: date) -> "ActivityQuerySet":
        """Whom the calendar moves on: those who have left, and those who are back."""
        return self.filter(Q(state="ordered", starts__lte=day) | Q(state="under-way", ends__lt=day))

    def search(self, text: str) -> "ActivityQuerySet":
        """Every word in the person's names, or in the subject."""
        people = self.model.person.field.related_model.objects.named(text).order_by().values("pk")
        everything = self.model._default_manager.order_by()
        by_person, by_subject = everything.filter(person__in=people), everything.filter(subject__icontains=text)
        return self.filter(pk__in=written(by_person.values("pk").union(by_subject.values("pk"))))

    def of_year(self, year: int) -> "ActivityQuerySet":
        """Those with a day in the calendar year."""
        return self.during(date(year, 1, 1), date(year, 12, 31))

    def counted_by(self, field: str):
        """Rows (value, out, in)."""
        return (
            self.order_by()
            .values_list(field)
            .annotate(
                out=Count("pk", filter=Q(direction="outgoing")),
                into=Count("pk", filter=Q(direction="incoming")),
            )
            .order_by(field)
        )


class AmendmentQuerySet(models.QuerySet):
    def on_their_way(self) -> "AmendmentQuerySet":
        return self.exclude(state__in=["ordered", "refused"])

    def turn_of(self, user) -> "AmendmentQuerySet":
        """Those that wait for this person: the head's word, the rector's, the order."""
        kinds = {role.kind for role in user.roles}
        heads = [role.department_id for role in user.roles if role.kind == "head-of-department"]
        mine = Q(pk__in=[])
        if heads:
            mine |= Q(state="proposed", activity__department__in=heads)
        if "rector" in kinds:
            mine |= Q(state="endorsed")
        if "ir-officer" in kinds:
            mine |= Q(state="approved")
        return self.filter(mine).exclude(activity__person=user).select_related("activity")
