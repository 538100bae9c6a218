from datetime import date, datetime, timedelta
from functools import cache

from django.apps import apps
from django.db import models
from django.db.models import Count, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from mobility.web.unions import written

SEES_ALL = {"ir-officer", "rector", "administrator"}
IN_TEAM = ("named", "confirmed")
ASKED = ("named", "stand-in")
UNSETTLED = ("put-forward", *ASKED, "ready")
COUNTED = ("approved", "decided", "ordered", "away", "report-due", "reported", "closed")
OFF = ("refused", "cancelled")
REMIND_EVERY = timedelta(days=7)
REMIND_AHEAD = timedelta(days=1)


def faculties_of(user) -> list[int]:
    return [role.faculty_id for role in user.roles if role.kind == "deans-office"]


def late(day: date) -> Q:
    return Q(state="report-due", report_due__lt=day)


def being_in(rows) -> Q:
    return Q(pk__in=rows.values("event"))


@cache
def members_in(*states: str) -> Coalesce:
    """How many of an event's members are in these states. Written once a process: each list asks for it."""
    members = apps.get_model("events", "TeamMember").objects.order_by().filter(event=OuterRef("pk"), state__in=states)
    return Coalesce(Subquery(members.values("event").annotate(n=Count("pk")).values("n")), 0)


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
        return self.filter(Q(state__in=("announced", "named", "confirmed")) | Q(faculties__overlap=faculties))

    def with_team(self) -> "TeamEventQuerySet":
        """How many are in the team, have confirmed, have put themselves forward: counted of the rows that are read."""
        return self.annotate(
            team=members_in(*IN_TEAM),
            agreed=members_in("confirmed"),
            wishes=members_in("put-forward"),
        )

    def in_states(self, *states: str) -> "TeamEventQuerySet":
        return self.filter(state__in=states)

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

    def begun_unsettled(self, day: date) -> "TeamEventQuerySet":
        """With somebody who is neither in the team nor out of it."""
        open_to = self.model.members.rel.related_model.objects.filter(state__in=UNSETTLED)
        return self.filter(starts__lte=day, pk__in=open_to.values("event")).exclude(state__in=OFF)

    def that_are_in(self, rows) -> "TeamEventQuerySet":
        """Those that these members or substitutions are of."""
        return self.filter(being_in(rows))

    def without_a_team(self, day: date) -> "TeamEventQuerySet":
        """To be named for now: nobody is, and the time of wishes is over or never was."""
        past_wishes = Q(wishes_until=None) | Q(wishes_until__lt=day)
        return self.filter(past_wishes, state="announced", starts__gt=day)

    def of_own_report(self, user) -> "TeamEventQuerySet":
        """Back, and the report is awaited from whoever travelled."""
        went = self.model.members.rel.related_model.objects.confirmed().filter(person=user)
        return self.filter(Q(pk__in=went.values("event")) | Q(chaperone=user), state="report-due")

    def overdue(self, day: date) -> "TeamEventQuerySet":
        return self.filter(late(day))

    def to_remind(self, at: datetime, *, day: date) -> "TeamEventQuerySet":
        return self.overdue(day).filter(Q(reminded_at=None) | Q(reminded_at__lte=at - REMIND_EVERY))

    def search(self, text: str) -> "TeamEventQuerySet":
        everything = self.model._default_manager.order_by()
        by_title, *others = [
            everything.filter(**{f"{field}__icontains": text}).values("pk") for field in ("title", "elsewhere", "city")
        ]
        return self.filter(pk__in=written(by_title.union(*others)))


class MemberQuerySet(models.QuerySet):
    def visible_to(self, user) -> "MemberQuerySet":
        """One's own; a faculty's for its dean's office; the team's for who accompanies it; else all."""
        if {role.kind for role in user.roles} & SEES_ALL:
            return self
        return self.filter(Q(person=user) | Q(faculty__in=faculties_of(user)) | Q(event__chaperone=user))

    def in_team(self) -> "MemberQuerySet":
        return self.filter(state__in=IN_TEAM)

    def concerned(self) -> "MemberQuerySet":
        """The team, and whoever still hopes to be in it."""
        return self.filter(state__in=(*IN_TEAM, *UNSETTLED))

    def put_forward(self) -> "MemberQuerySet":
        return self.filter(state="put-forward")

    def confirmed(self) -> "MemberQuerySet":
        return self.filter(state="confirmed")

    def counted(self) -> "MemberQuerySet":
        """Who went or is to go, by what was approved and not called off."""
        return self.filter(state="confirmed", event__state__in=COUNTED)

    def to_answer(self, user) -> "MemberQuerySet":
        return self.filter(person=user, state__in=ASKED).exclude(event__state__in=OFF)

    def silent(self, day: date) -> "MemberQuerySet":
        """Asked, and the last day to answer is over."""
        return self.filter(state__in=ASKED, answer_by__lt=day).exclude(event__state__in=OFF)

    def to_remind(self, day: date) -> "MemberQuerySet":
        """Asked to confirm, silent, and their last day to answer is tomorrow at the latest; once each."""
        silent = self.filter(state__in=ASKED, reminded_at=None, answer_by__lte=day + REMIND_AHEAD)
        return silent.filter(event__starts__gte=day).exclude(event__state__in=OFF)

    def counted_by(self, field: str):
        """Rows (value, students, events)."""
        return (
            self.order_by()
            .values_list(field)
            .annotate(students=Count("pk"), events=Count("event", distinct=True))
            .order_by(field)
        )


class SubstitutionQuerySet(models.QuerySet):
    def on_their_way(self) -> "SubstitutionQuerySet":
        return self.filter(state__in=("asked", "decided"), event__state="ordered")

    def to_decide(self) -> "SubstitutionQuerySet":
        """By the rector, once whoever steps in has confirmed."""
        return self.filter(Q(comes=None) | Q(comes__state="ready"), state="asked", event__state="ordered")

    def to_order(self) -> "SubstitutionQuerySet":
        return self.filter(state="decided", event__state="ordered")


class ResultQuerySet(models.QuerySet):
    def verified_of(self, person) -> "ResultQuerySet":
        """What the person gained, by reports that were accepted."""
        return self.filter(member__person=person, member__event__state="closed")
