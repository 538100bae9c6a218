"""Who may be named for a team: those who wished to, and the roster; each with what stands against it."""

from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Q, QuerySet

from mobility.events.models import IN_TEAM, Event, TeamMember
from mobility.events.requirements import grounds
from mobility.people.marks import on_paper
from mobility.people.models import StudentProfile, User

MOST = 40
"""Rows of one search."""
MOST_ASKED = 10
"""Names between commas."""


def nameable_by(user: User) -> QuerySet[User]:
    """A faculty's students for its dean's office, all for International Relations."""
    students = StudentProfile.objects.visible_to(user).exclude(person=user).studying()
    return User.objects.filter(pk__in=students.values("person"))


def of_roster(user: User, event: Event, text: str) -> list[dict[str, Any]]:
    """Found by name, record-book number or group; several of them between commas."""
    people = nameable_by(user)
    found = people.filter(reduce(or_, [_fits(people, part) for part in _parts(text)], Q(pk=None)))
    rows = list(found.select_related("student__faculty").order_by("sort_name")[:MOST])
    against = grounds([person.pk for person in rows], event)
    there = dict(event.members.filter(person__in=rows).values_list("person", "state"))
    return [_row(person, against[person.pk], is_there=there.get(person.pk) in IN_TEAM) for person in rows]


def not_found(user: User, text: str) -> list[str]:
    """What of a list that was typed fits nobody: a slip in one name must not lose a student silently."""
    people = nameable_by(user)
    return [part for part in _parts(text) if not people.filter(_fits(people, part)).exists()]


def _parts(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()][:MOST_ASKED]


def _fits(people: QuerySet[User], part: str) -> Q:
    return Q(pk__in=people.search(part).values("pk")) | Q(student__group__iexact=part)


def of_wishes(user: User, event: Event) -> list[dict[str, Any]]:
    wishes = TeamMember.objects.visible_to(user).put_forward().filter(event=event)
    found = list(wishes.select_related("person__student__faculty").prefetch_related("evidence__file").order_by("id"))
    against = grounds([member.person_id for member in found], event)
    return [_row(member.person, against[member.person_id], is_there=False) | {"member": member} for member in found]


def _row(person: User, against: list, *, is_there: bool) -> dict[str, Any]:
    return {
        "person": person,
        "key": str(person.pk),
        "profile": person.student,
        "mean": on_paper(person.student.mean_mark),
        "grounds": against,
        "is_there": is_there,
    }
