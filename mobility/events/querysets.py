from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Count, Q

SEES_ALL = {"ir-officer", "rector", "administrator"}
IN_TEAM = ("named", "confirmed")
COUNTED = ("approved", "decided", "ordered", "away", "report-due", "reported", "closed")
OFF = ("refused", "cancelled")
REMIND_EVERY = timedelta(days=7)
REMIND_AHEAD = timedelta(days=1)


def faculties_of(user) -> list[int]:
    return [role.faculty_id for role in user.roles if role.kind == "deans-office"]


class TeamEventQuerySet(models.QuerySet):
    def visible_to(self, _user) -> "TeamEventQuerySet":
        """What is announced is public; who is in its team is `MemberQuerySet.visible_to`'s."""
        return self

    def of_member(self, user) -> "TeamEventQuerySet":
        """Where one is, was or wished to be in the team, and what one accompanies."""
        return self.filter(Q(members__person=user) | Q(chaperone=user)).distinct()

    def coming(self, day: date) -> "TeamEventQuerySet":
        return self.filter(ends__gte=day).exclude(state__in=OFF)

    def open_to_wishes(self, day: date) -> "TeamEventQuerySet":
        return self.filter(wishes_until__gte=day, state__in=("announced", "named", "confirmed"))

    def of_faculties(self, faculties) -> "TeamEventQuerySet":
        """Those that a faculty's office still may name for, and those that its students are in."""
        mine = self.model.members.rel.related_model.objects.filter(faculty__in=faculties)
        return self.filter(Q(state__in=("announced", "named", "confirmed")) | Q(pk__in=mine.values("event")))

    def with_team(self) -> "TeamEventQuerySet":
        return self.annotate(
            team=Count("members", filter=Q(members__state__in=IN_TEAM)),
            agreed=Count("members", filter=Q(members__state="confirmed")),
            wishes=Count("members", filter=Q(members__state="put-forward")),
        )

    def in_states(self, *states: str) -> "TeamEventQuerySet":
        return self.filter(state__in=states)

    def count_in(self, states, *, late_on: date) -> dict[str, int]:
        """How many are in each, and how many reports are late; one query."""
        late = Q(state="report-due", report_due__lt=late_on)
        counts = {state: Count("pk", filter=Q(state=state)) for state in states}
        return self.filter(Q(state__in=states) | late).aggregate(late=Count("pk", filter=late), **counts)

    def counted(self) -> "TeamEventQuerySet":
        """Approved, and not called off since: these take the seats of a condition."""
        return self.filter(state__in=COUNTED)

    def taken_of(self, condition, *, first: date, last: date, but) -> int:
        """Students under a condition within a year, of other events."""
        under = self.counted().exclude(pk=but.pk).filter(condition=condition, starts__range=(first, last))
        return under.aggregate(n=Count("members", filter=Q(members__state__in=IN_TEAM)))["n"]

    def during(self, first: date, last: date) -> "TeamEventQuerySet":
        return self.filter(starts__lte=last, ends__gte=first)

    def of_year(self, year: int) -> "TeamEventQuerySet":
        return self.during(date(year, 1, 1), date(year, 12, 31))

    def past_their_state(self, day: date) -> "TeamEventQuerySet":
        return self.filter(Q(state="ordered", starts__lte=day) | Q(state="away", ends__lt=day))

    def overdue(self, day: date) -> "TeamEventQuerySet":
        return self.filter(state="report-due", report_due__lt=day)

    def to_remind(self, at: datetime, *, day: date) -> "TeamEventQuerySet":
        return self.overdue(day).filter(Q(reminded_at=None) | Q(reminded_at__lte=at - REMIND_EVERY))

    def search(self, text: str) -> "TeamEventQuerySet":
        return self.filter(Q(title__icontains=text) | Q(elsewhere__icontains=text) | Q(city__icontains=text))

    def facets(self) -> tuple[list[str], list[int]]:
        """The countries and years that occur."""
        pairs = set(self.order_by().values_list("year", "country").distinct())
        return sorted({country for _year, country in pairs}), sorted({year for year, _country in pairs})[::-1]


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MemberQuerySet":
        """One's own; a faculty's for its dean's office; the team's for who accompanies it; else all."""
        if {role.kind for role in user.roles} & SEES_ALL:
            return self
        return self.filter(Q(person=user) | Q(faculty__in=faculties_of(user)) | Q(event__chaperone=user))

    def in_team(self) -> "MemberQuerySet":
        return self.filter(state__in=IN_TEAM)

    def put_forward(self) -> "MemberQuerySet":
        return self.filter(state="put-forward")

    def confirmed(self) -> "MemberQuerySet":
        return self.filter(state="confirmed")

    def counted(self) -> "MemberQuerySet":
        """Who went or is to go, by what was approved and not called off."""
        return self.filter(state="confirmed", event__state__in=COUNTED)

    def to_answer(self, user) -> "MemberQuerySet":
        return self.filter(person=user, state__in=("named", "stand-in")).exclude(event__state__in=OFF)

    def to_remind(self, day: date) -> "MemberQuerySet":
        """Asked to confirm, silent, and their last day to answer is tomorrow at the latest; once each."""
        silent = self.filter(state__in=("named", "stand-in"), reminded_at=None, answer_by__lte=day + REMIND_AHEAD)
        return silent.filter(event__starts__gte=day).exclude(event__state__in=OFF)

    def counted_by(self, field: str):
        """Rows (value, students, events)."""
        return (
            self.order_by()
            .values_list(field)
            .annotate(students=Count("pk"), events=Count("event", distinct=True))
            .order_by(field)
        )


class ResultQuerySet(models.QuerySet):
    def verified_of(self, person) -> "ResultQuerySet":
        """What the person gained, by reports that were accepted."""
        return self.filter(member__person=person, member__event__state="closed")
