"""Three years of staff mobility in every form, and next year's on its way in every state."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from django.contrib.auth.hashers import UNUSABLE_PASSWORD_PREFIX
from django.utils import translation

from mobility.files.documents import Letterhead, Paper, Text
from mobility.files.documents.drawing import PAPER
from mobility.files.models import IssuedDocument
from mobility.people.academic_years import AcademicYear
from mobility.people.calendar import add_working_days, weeks_of
from mobility.people.models import Absence, CalendarDay, Role, University, User
from mobility.sample.names import DATA, draw
from mobility.sample.people import DOMAIN
from mobility.staff import papers
from mobility.staff.actions.steps import DONE, PLANNED, REPORT_WITHIN
from mobility.staff.models import (
    DETAIL_MODELS,
    Activity,
    Amendment,
    FundingLine,
    Order,
    Output,
    Report,
    State,
    Step,
    StepKind,
)
from partners.models import Condition, ConfirmedSeats, Flow, Institution

YEARS = 3
WAY = [
    (State.PROPOSED, StepKind.PROPOSED),
    (State.ENDORSED, StepKind.ENDORSED),
    (State.PREPARED, StepKind.PREPARED),
    (State.APPROVED, StepKind.APPROVED),
    (State.ORDERED, StepKind.ORDERED),
    (State.UNDER_WAY, StepKind.DEPARTED),
    (State.REPORT_DUE, StepKind.CAME_BACK),
    (State.REPORTED, StepKind.REPORTED),
    (State.ACCEPTED, StepKind.ACCEPTED),
]
REACHED = {state: number for number, (state, _kind) in enumerate(WAY)}
SEATED = [state for state, _kind in WAY[3:]]
ON_THEIR_WAY = [
    State.DRAFT, State.PROPOSED, State.PROPOSED, State.ENDORSED, State.ENDORSED, State.PREPARED, State.PREPARED,
    State.APPROVED, State.ORDERED, State.ORDERED, State.RETURNED, State.REFUSED, State.CANCELLED,
]  # fmt: skip
BACK = {State.RETURNED: StepKind.RETURNED, State.REFUSED: StepKind.REFUSED, State.CANCELLED: StepKind.CANCELLED}
EASY_TO_TRY = [(State.REPORT_DUE, -40), (State.ACCEPTED, -200), (State.DRAFT, 60), (State.PROPOSED, 80)]
"""What teacher.anatomy@ finds: a late report, a finished trip, a draft and a memo that waits; days from today."""


@cache
def read_staff() -> dict[str, Any]:
    with (DATA / "staff.toml").open("rb") as file:
        return tomllib.load(file)


class Season:
    """Draws trips so that nobody is in two places, and no agreement gives more seats than it has."""

    def __init__(self, *, seed: int, day: date, at: datetime) -> None:
        self.lot, self.day, self.at = Random(seed), day, at
        self.plan = read_staff()
        self.exceptions = CalendarDay.objects.exceptions()
        teachers = User.objects.filter(staff__department__isnull=False).select_related("staff__department")
        self.people = list(teachers.order_by("code"))
        self.heads = {row.department_id: row.person for row in Role.objects.filter(
            kind="head-of-department").select_related("person")}  # fmt: skip
        self.officer, self.rector = (User.objects.get(email=f"{name}@{DOMAIN}") for name in ("ir", "rector"))
        self.partners = list(Institution.objects.partners().active().order_by("code"))
        self.conditions = defaultdict(list)
        for condition in Condition.objects.filter(agreement__sealed_at__isnull=False).select_related("agreement"):
            self.conditions[condition.partner_id, condition.kind, condition.direction].append(condition)
        self.confirmed = {
            (row.condition_id, row.academic_year): row.seats for row in ConfirmedSeats.objects.order_by("id")
        }
        self.taken: dict[Any, list[tuple[date, date]]] = defaultdict(list)
        for person, starts, ends in Absence.objects.values_list("person", "starts", "ends"):
            self.taken[person].append((starts, ends))
        self.seats: dict[tuple[int, str], int] = defaultdict(int)
        self.guests = self._guests()

    def _guests(self) -> list[User]:
        names = [draw(self.lot, country="russia", woman=bool(number % 2)) for number in range(18)]
        return User.objects.bulk_create(
            User(
                code=f"GUEST{number:03}",
                family_name=name.family,
                given_name=name.given,
                patronymic=name.patronymic,
                latin_family_name=name.latin_family,
                latin_given_name=name.latin_given,
                is_active=False,
                password=UNUSABLE_PASSWORD_PREFIX,
                created_at=self.at,
            )
            for number, name in enumerate(names)
        )

    def trips(self) -> Iterator[Activity]:
        teacher = next((person for person in self.people if person.email == f"teacher.anatomy@{DOMAIN}"), None)
        for state, days in EASY_TO_TRY if teacher else []:
            yield self._trip("conference", self.day + timedelta(days=days), state=state, person=teacher)
        planned = Counter(Activity.objects.seated().values_list("year", "form"))
        for year in range(self.day.year - YEARS + 1, self.day.year + 1):
            for form, told in self.plan["forms"].items():
                for _number in range(told["count"] - planned[year, form]):
                    yield self._trip(form, self._a_day(year))
                for _number in range(told["guests"]):
                    yield self._trip(form, self._a_day(year), direction="incoming")
        for number in range(52):
            form = list(self.plan["forms"])[number % 6]
            ahead = self.day + timedelta(days=40 + self.lot.randrange(120))
            yield self._trip(form, ahead, state=ON_THEIR_WAY[number % len(ON_THEIR_WAY)])

    def _a_day(self, year: int) -> date:
        """More in spring and autumn than in summer."""
        month = self.lot.choice([2, 3, 3, 4, 4, 5, 5, 6, 9, 9, 10, 10, 11, 11])
        return date(year, month, self.lot.randint(1, 26))

    def _trip(
        self, form: str, starts: date, *, state: str = "", person: User | None = None, direction: str = "outgoing"
    ) -> Activity:
        told, lot = self.plan["forms"][form], self.lot
        ends = starts + timedelta(days=lot.randint(*told["days"]) - 1)
        due = add_working_days(ends, REPORT_WITHIN, self.exceptions)
        state = state or self._state(starts, ends, due)
        is_guest = direction == "incoming"
        host = lot.choice(self.people)
        person = person or self._free(self.guests if is_guest else self.people, starts, ends)
        department = (host if is_guest else person).staff.department
        trip = Activity(
            form=form, direction=direction, state=state, person=person, department=department,
            curator=host if is_guest else None, author=host if is_guest else person,
            subject=lot.choice(told["subjects"]),
            starts=starts, ends=ends, purpose="Обмен опытом и представление работ университета.",
            expected_result="Доклад на кафедре и предложения по внедрению.",
            classes_taken_by="" if is_guest else "Сотрудники кафедры",
            report_due=due if REACHED.get(state, -1) >= REACHED[State.ORDERED] else None,
        )  # fmt: skip
        trip.since = min(self.at, self.moment(trip, REACHED.get(state, 0)))
        self._place(trip)
        if state in SEATED:
            self.taken[person.pk].append((starts, ends))
        return trip

    def _state(self, starts: date, ends: date, due: date) -> str:
        if starts > self.day:
            return self.lot.choice([State.ORDERED, State.ORDERED, State.APPROVED])
        if ends >= self.day:
            return State.UNDER_WAY
        if due >= self.day:
            return self.lot.choice([State.REPORT_DUE, State.REPORTED, State.ACCEPTED])
        late = due > self.day - timedelta(days=90) and self.lot.random() < 0.12
        return State.REPORT_DUE if late else State.ACCEPTED

    def _free(self, people: list[User], starts: date, ends: date) -> User:
        for _try in range(200):
            person = self.lot.choice(people)
            if all(last < starts or ends < first for first, last in self.taken[person.pk]):
                return person
        raise LookupError("everybody is away")

    def _place(self, trip: Activity) -> None:
        """A partner under an agreement where one has a seat; else one outside it, or another institution."""
        if trip.is_guest or self.lot.random() < 0.6:
            trip.partner = self.lot.choice(self.partners)
            trip.country, trip.city = trip.partner.country, trip.partner.city
            trip.condition = self._condition(trip)
        else:
            there = self.lot.choice(self.plan["elsewhere"])
            trip.elsewhere, trip.country, trip.city = there["name"], there["country"], there["city"]
        if trip.condition is None:
            trip.host_reason = "Мероприятие проводится там; договора на эту форму нет."

    def _condition(self, trip: Activity) -> Condition | None:
        year = str(AcademicYear.of(trip.starts))
        for found in self.conditions[trip.partner_id, trip.form, trip.direction]:
            agreement = found.agreement
            holds = max(found.starts, agreement.starts) <= trip.starts and all(
                last is None or trip.ends <= last for last in (found.ends, agreement.last_day)
            )
            if holds and self.seats[found.pk, year] < self.confirmed.get((found.pk, year), found.seats):
                self.seats[found.pk, year] += trip.state in SEATED
                return found
        return None

    def moment(self, trip: Activity, number: int) -> datetime:
        """Of a step: so many before the first day, then by the days themselves."""
        before = [60, 57, 50, 44, 40]
        days = (
            -before[number] if number < len(before) else {5: 0}.get(number, (trip.ends - trip.starts).days + number - 5)
        )
        return min(self.at - timedelta(hours=9 - number), self.at + (trip.starts - self.day) + timedelta(days=days))

    def steps(self, trip: Activity) -> Iterator[Step]:
        actors = [
            trip.author, self.heads.get(trip.department_id, self.officer), self.officer, self.rector, self.officer,
            None, None, trip.author, self.officer,
        ]  # fmt: skip
        last = REACHED.get(trip.state, -1 if trip.state == State.DRAFT else 1)
        for number, (_state, kind) in enumerate(WAY[: last + 1]):
            yield Step(activity=trip, kind=kind, by=actors[number], at=self.moment(trip, number))
        if trip.state in BACK:
            by = self.rector if trip.state == State.REFUSED else self.officer
            reason = "Уточните источник финансирования." if trip.state == State.RETURNED else "Поездка не состоится."
            yield Step(activity=trip, kind=BACK[trip.state], by=by, at=trip.since, reason=reason)


def found(*, seed: int, day: date, at: datetime) -> None:
    with translation.override("ru"):
        _found(Season(seed=seed, day=day, at=at))


def _found(season: Season) -> None:
    lot = season.lot
    trips = Activity.objects.bulk_create(season.trips())
    for form, model in DETAIL_MODELS.items():
        told = season.plan["forms"][form]["details"]
        model._base_manager.bulk_create(model(activity=trip, **lot.choice(told)) for trip in trips if trip.form == form)
    FundingLine.objects.bulk_create(line for trip in trips for line in _funding(trip, lot))
    Step.objects.bulk_create(step for trip in trips for step in season.steps(trip))
    seated = [trip for trip in trips if trip.state in SEATED]
    Absence.objects.bulk_create(
        Absence(person=trip.person, kind="staff-trip", source=trip.source, starts=trip.starts, ends=trip.ends)
        for trip in seated
    )
    Flow.objects.bulk_create(flow_of(trip) for trip in seated if trip.partner)
    _orders(season, [trip for trip in seated if trip.state != State.APPROVED])
    _reports(season, [trip for trip in seated if trip.state in (State.REPORTED, State.ACCEPTED)])
    waiting = [trip for trip in trips if trip.state == State.ORDERED][:3]
    changes = Amendment.objects.bulk_create(
        Amendment(
            activity=trip, reason="Организатор перенёс мероприятие.", former_starts=trip.starts, former_ends=trip.ends,
            starts=trip.starts + timedelta(days=1), ends=trip.ends + timedelta(days=1),
        )
        for trip in waiting
    )  # fmt: skip
    Step.objects.bulk_create(
        Step(activity=change.activity, amendment=change, kind=StepKind.CHANGE_PROPOSED, by=change.activity.author,
             at=season.at, reason=change.reason)
        for change in changes
    )  # fmt: skip


def _funding(trip: Activity, lot: Random) -> Iterator[FundingLine]:
    currency = {"RU": "RUB", "PL": "EUR", "LT": "EUR", "CN": "CNY", "JP": "JPY"}.get(str(trip.country), "USD")
    yield FundingLine(
        activity=trip, source="host", what="проживание", amount=lot.randrange(100, 900, 10), currency=currency
    )
    if lot.random() < 0.7:
        source = lot.choice(["university", "budget", "own", "grant"])
        yield FundingLine(
            activity=trip, source=source, what="проезд", amount=lot.randrange(150, 1500, 10), currency="BYN"
        )


def flow_of(trip: Activity) -> Flow:
    weeks = weeks_of(trip.starts, trip.ends)
    planned, done = trip.state in (*PLANNED, *DONE), trip.state in DONE
    return Flow(
        source=f"staff.activity/{trip.pk}", institution=trip.partner, academic_year=str(AcademicYear.of(trip.starts)),
        direction=trip.direction, kind=trip.form, planned_people=int(planned), planned_weeks=weeks if planned else 0,
        done_people=int(done), done_weeks=weeks if done else 0,
    )  # fmt: skip


def _orders(season: Season, trips: list[Activity]) -> None:
    here = Letterhead((University.objects.current().name,))
    documents = IssuedDocument.objects.bulk_create(
        _document(trip, number, season, here) for number, trip in enumerate(trips, start=101)
    )
    Order.objects.bulk_create(
        Order(activity=trip, document=document) for trip, document in zip(trips, documents, strict=True)
    )


def _document(trip: Activity, number: int, season: Season, here: Letterhead) -> IssuedDocument:
    told = Paper(
        "Приказ", "О служебной командировке", "ru", here, (Text("ПРИКАЗЫВАЮ:"), Text(papers.point_of(trip), "1."))
    )
    at = season.moment(trip, REACHED[State.ORDERED])
    return IssuedDocument(
        kind="staff-order", title="Приказ: О служебной командировке", language="ru", template=PAPER,
        content=told.as_content(), drawn_up_by=season.officer, drawn_up_at=at, number=f"{number}-км", dated=at.date(),
        registered_by=season.officer, registered_at=at,
    )  # fmt: skip


def _reports(season: Season, trips: list[Activity]) -> None:
    reports = Report.objects.bulk_create(
        Report(
            activity=trip,
            results="Программа выполнена, материалы переданы на кафедру.",
            proposals="Включить методику в занятия." if season.lot.random() < 0.5 else "",
            hours_taught=12 if trip.form == "lecturing" else None,
        )
        for trip in trips
    )
    kinds = {"conference": "talk", "lecturing": "agreement", "joint-topic": "publication",
             "joint-project": "publication",
             "advanced-training": "certificate", "internship": "certificate"}  # fmt: skip
    Output.objects.bulk_create(
        Output(report=report, kind=kinds[report.activity.form], text=report.activity.subject) for report in reports
    )
