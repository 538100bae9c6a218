"""Two years of students' events, twelve a year, and this month's in every state, made by the acts themselves."""

import tomllib
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from django.utils import translation

from mobility.calls.models import RulesTemplate
from mobility.events.actions import competition, decisions, events, orders, reports, substitutions, team
from mobility.events.models import Event, MemberState, ResultKind, State, TeamMember
from mobility.people.models import User
from mobility.post.models import Letter
from mobility.sample.names import DATA
from mobility.sample.people import DOMAIN
from partners.models import Institution

PAST = 13
NOW = [
    (State.REPORT_DUE, -24), (State.REPORTED, -12), (State.AWAY, -1), (State.ORDERED, 6), (State.ORDERED, 9),
    (State.DECIDED, 12), (State.APPROVED, 15), (State.CONFIRMED, 20), (State.NAMED, 24), (State.ANNOUNCED, 30),
    (State.ANNOUNCED, 40), (State.CANCELLED, 18), (State.REFUSED, 22), (State.COMPETED, 90),
]  # fmt: skip
"""States that the last year's events are in, and their first days from today."""
COVERED = 10
"""Of the events of the data, one that an agreement has a condition for."""
WAY = [
    State.ANNOUNCED, State.NAMED, State.CONFIRMED, State.APPROVED, State.DECIDED, State.ORDERED, State.AWAY,
    State.REPORT_DUE, State.REPORTED, State.CLOSED,
]  # fmt: skip
ENDS = {State.CANCELLED: State.CONFIRMED, State.REFUSED: State.APPROVED, State.COMPETED: State.ANNOUNCED}
RESULTS = [
    (ResultKind.DIPLOMA, "Диплом I степени"), (ResultKind.DIPLOMA, "Диплом II степени"),
    (ResultKind.PLACE, "Третье место в командном зачёте"), (ResultKind.PUBLICATION, "Тезисы в сборнике материалов"),
    (ResultKind.CERTIFICATE, "Сертификат участника"),
]  # fmt: skip
WISHES = ["Выступал с докладом на студенческой конференции.", "Занимаюсь этим третий год, готова представить работу."]


@cache
def read_events() -> list[dict[str, Any]]:
    with (DATA / "events.toml").open("rb") as file:
        return tomllib.load(file)["events"]


class Season:
    """Sends those who may go and are not away."""

    def __init__(self, *, seed: int, day: date, at: datetime) -> None:
        self.lot, self.day, self.at = Random(seed), day, at
        self.officer, self.rector = (User.objects.get(email=f"{name}@{DOMAIN}") for name in ("ir", "rector"))
        fit = User.objects.filter(student__status="studying", student__debts=0, sanctions=None, leaves=None)
        self.students = list(fit.select_related("student").order_by("code")[:400])
        self.teachers = list(User.objects.filter(staff__department__isnull=False).order_by("code")[:40])
        self.partners = {row.code: row for row in Institution.objects.partners()}
        self.first = User.objects.filter(email=f"student.general@{DOMAIN}").first()
        self.numbers, self.is_firsts = 0, False

    def take_place(self) -> None:
        for number in range(PAST):
            starts = self.day - timedelta(days=60 + 30 * (PAST - number))
            self.event(number, starts, State.CLOSED)
        for number, (state, days) in enumerate(NOW, start=PAST):
            self.event(number, self.day + timedelta(days=days), state)

    def event(self, number: int, starts: date, state: str) -> None:
        self.is_firsts = state in (State.NAMED, State.ANNOUNCED) or number % 6 == 2
        event = self.announced(number, starts, state)
        last = WAY.index(ENDS.get(state, state))
        for step in WAY[1 : last + 1]:
            getattr(self, step.name.lower())(event)
        event.refresh_from_db()
        if state == State.CANCELLED:
            reason = "Организатор перенёс мероприятие."
            events.cancel(event=event, reason=reason, by=self.officer, at=self.moment(event, 3))
        if state == State.COMPETED and event.condition:
            self.competed(event)
        if state == State.REFUSED:
            reason = "Мероприятие совпадает с сессией."
            decisions.refuse(event=event, reason=reason, by=self.rector, at=self.moment(event, 3))

    def competed(self, event: Event) -> None:
        """The draft of a call, where an agreement of ours has a condition for it."""
        template, deadline = RulesTemplate.objects.last(), event.starts - timedelta(days=30)
        competition.turn_into_call(
            event=event, code=f"E-{event.pk}", deadline=deadline, template=template, by=self.officer, at=self.at
        )

    def announced(self, number: int, starts: date, state: str) -> Event:
        told = read_events()[COVERED if state == State.COMPETED else number % len(read_events())]
        partner = self.partners.get(told.get("partner", ""))
        values = {
            "kind": told["kind"],
            "title": f"{told['title']}, {starts.year}",
            "partner": partner,
            "elsewhere": told.get("elsewhere", ""),
            "country": partner.country if partner else told["country"],
            "city": told.get("city", ""),
            "host_reason": "Приглашение организатора; договора на этот вид нет.",
            "starts": starts,
            "ends": starts + timedelta(days=told["days"] - 1),
            "places": told["places"],
            "invited_on": min(starts - timedelta(days=14), self.day),
            "owner": self.officer,
            "chaperone": None,
            "wishes_until": starts - timedelta(days=10) if state == State.ANNOUNCED else None,
            **{who: told.get(who, "") for who in ("host_pays", "university_pays", "students_pay")},
        }
        ahead = starts > self.day
        if told.get("accompanied") and ahead and state in (State.CONFIRMED, State.NAMED, State.ANNOUNCED):
            values["chaperone"] = self.lot.choice(self.teachers)
        at = min(self.at - timedelta(days=2), self.at + (starts - timedelta(days=12) - self.day))
        event = events.announce(values=values, invitation=None, by=self.officer, at=at)
        if state == State.ANNOUNCED:
            self.wishes(event)
        return event

    def wishes(self, event: Event) -> None:
        for person in self.free(event, 3):
            why = self.lot.choice(WISHES)
            team.put_forward(event=event, person=person, why=why, files=[], by=person, at=self.moment(event, 1))

    def free(self, event: Event, count: int) -> list[User]:
        """So many who are not away on these days, in the lot's order; the sample's own student in some events only."""
        away = set(User.objects.filter(absences__starts__lte=event.ends, absences__ends__gte=event.starts)
                   .values_list("pk", flat=True))  # fmt: skip
        there = set(event.members.values_list("person", flat=True))
        found = [person for person in self.students if person.pk not in away | there]
        self.lot.shuffle(found)
        if self.first in found:
            found.remove(self.first)
            found[:0] = [self.first] if self.is_firsts else []
        return found[:count]

    def moment(self, event: Event, step: int) -> datetime:
        """Of a step before departure: days one after another since the announcement, never after now."""
        return min(self.at - timedelta(hours=12 - step), event.steps.first().at + timedelta(days=step))

    def named(self, event: Event) -> None:
        people = self.free(event, max(1, event.places - self.lot.randint(0, 2)))
        team.name(event=event, people=people, permission="", by=self.officer, at=self.moment(event, 1))

    def confirmed(self, event: Event) -> None:
        at = self.moment(event, 2)
        given = {(need.text.pk, need.country) for need in team.consents_of(event, at=at)}
        for member in event.members.in_team().select_related("person", "event"):
            team.confirm(member=member, given=given, permission=None, by=member.person, at=at)

    def approved(self, event: Event) -> None:
        decisions.approve(event=event, by=self.officer, at=self.moment(event, 3))

    def decided(self, event: Event) -> None:
        decisions.decide(event=event, by=self.rector, at=self.moment(event, 4))

    def ordered(self, event: Event) -> None:
        at, self.numbers = self.moment(event, 5), self.numbers + 1
        orders.issue(event=event, number=f"{self.numbers}-мс", day=at.date(), by=self.officer, at=at)
        event.refresh_from_db()
        if event.starts == self.day + timedelta(days=9):
            self.substitution(event)

    def substitution(self, event: Event) -> None:
        leaves = event.members.confirmed().select_related("event").exclude(person=self.first).first()
        comes = next(iter(self.free(event, 1)), None)
        substitutions.ask(
            leaves=leaves, person=comes, permission="", reason="Болезнь.", by=self.officer, at=self.moment(event, 6)
        )

    def away(self, event: Event) -> None:
        orders.move_all_by_the_calendar(at=self.after(event, -(event.ends - event.starts).days))

    def report_due(self, event: Event) -> None:
        orders.move_all_by_the_calendar(at=self.after(event, 1))

    def after(self, event: Event, days: int) -> datetime:
        return min(self.at, self.at + (event.ends - self.day) + timedelta(days=days))

    def reported(self, event: Event) -> None:
        at = self.after(event, 4)
        for member in event.members.confirmed().select_related("person", "event"):
            self.result(member, at)
        by = event.members.filter(state=MemberState.CONFIRMED).first().person
        text = "Программа выполнена, команда представила университет. Материалы переданы на кафедры."
        reports.send(event=event, text=text, pictures=[], by=by, at=at)

    def result(self, member: TeamMember, at: datetime) -> None:
        if member.person == self.first:
            kind, title = RESULTS[0]
        elif self.lot.random() < 0.5:
            kind, title = self.lot.choice(RESULTS)
        else:
            return
        reports.add_result(
            member=member, kind=kind, title=title, day=member.event.ends, file=None, by=member.person, at=at
        )

    def closed(self, event: Event) -> None:
        reports.close(event=event, by=self.officer, at=self.after(event, 7))


def found(*, seed: int, day: date, at: datetime) -> None:
    """Nobody is written to about what never happened."""
    last = Letter.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with translation.override("ru"):
        Season(seed=seed, day=day, at=at).take_place()
    Letter.objects.filter(pk__gt=last).delete()
