"""Annual plans of staff: a finished one, this year's half done, and the coming one that departments have filled."""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import cache
from random import Random
from typing import Any

from mobility.files.models import IssuedDocument
from mobility.people.academic_years import AcademicYear
from mobility.people.calendar import weeks_of
from mobility.people.models import Absence, AbsenceKind, Role, RoleKind, StaffProfile, User
from mobility.sample.names import DATA
from mobility.sample.people import DOMAIN
from mobility.sample.staff import flow_of
from mobility.staff.actions.plans import DOCUMENT
from mobility.staff.models import (
    Activity,
    AnnualPlan,
    Internship,
    LineState,
    PlanLine,
    PlanPlace,
    PlanState,
    Report,
    State,
    Step,
    StepKind,
    Training,
)
from mobility.staff.plans.papers import paper_of
from partners.models import Flow, Institution

OFFICER, RECTOR = f"ir@{DOMAIN}", f"rector@{DOMAIN}"
PAPER = "documents/paper"
REASONS = [
    "Новый метод для кафедры и клиники",
    "Программа дисциплины обновляется",
    "Тема совместной работы с принимающим вузом",
    "Пять лет без повышения квалификации за рубежом",
]
LEFT_OUT = "Мест меньше, чем кандидатов"
RESULTS = "Программа пройдена, материалы переданы кафедре."
CANCELLED = "Принимающая сторона перенесла программу"
JUNE = 6
NOT_BEGUN, CANCELS = 9, 18
"""Of every so many people, one did not begin, and one cancelled."""


@dataclass
class Staff:
    """Who goes: everyone at most once a year."""

    day: date
    at: datetime
    lot: Random
    officer: User
    rector: User
    partners: dict[str, Institution]
    teachers: list[StaffProfile]
    heads: dict[int, int]


@dataclass
class Year:
    """A plan while it is filled: who goes already, what took place, and how many each department has proposed."""

    plan: AnnualPlan
    places: list[PlanPlace]
    busy: set[int]
    went: dict[tuple, list[Activity]]
    proposed: Counter = field(default_factory=Counter)
    lines: list[PlanLine] = field(default_factory=list)


@cache
def read_programmes() -> list[dict[str, Any]]:
    with (DATA / "plans.toml").open("rb") as file:
        return tomllib.load(file)["programmes"]


def found(*, seed: int, day: date, at: datetime) -> None:
    """After all other activities: those of the plan's forms become its lines, and only what is missing is made up."""
    profiles = StaffProfile.objects.filter(department__isnull=False, person__is_active=True)
    heads = Role.objects.filter(kind=RoleKind.HEAD_OF_DEPARTMENT).order_by("pk")
    staff = Staff(
        day=day,
        at=at,
        lot=Random(seed),
        officer=User.objects.get(email=OFFICER),
        rector=User.objects.get(email=RECTOR),
        partners={row.code: row for row in Institution.objects.partners()},
        teachers=list(profiles.select_related("person", "department").order_by("pk")),
        heads=dict(heads.values_list("department", "person")),
    )
    finished = decided(staff, day.year - 1, carried=[])
    decided(staff, day.year, carried=carry(finished))
    being_chosen(staff, day.year + 1)
    tell_partners()


def decided(staff: Staff, number: int, *, carried: list[PlanLine]) -> AnnualPlan:
    """A plan that the rector approved in December before its year, with what became of each line."""
    year = open_year(staff, number)
    year.busy.update(line.person_id for line in carried)
    waiting = defaultdict(list)
    for line in carried:
        waiting[line.place.programme].append(line)
    for place in year.places:
        went = year.went[host_of(place)]
        for _seat in range(place.seats):
            former = waiting[place.programme].pop() if waiting[place.programme] else None
            line = candidate(staff, year, place, went=went.pop() if went and not former else None, former=former)
            line.state, line.decided_by, line.decided_at = LineState.APPROVED, staff.officer, line.proposed_at
    give_activities(staff, year.lines)
    PlanLine.objects.bulk_create(year.lines)
    plan = year.plan
    plan.prepared_by, plan.prepared_at, plan.state = staff.officer, moment(staff, date(number - 1, 12, 5)), "approved"
    plan.approved_by, plan.approved_at = staff.rector, moment(staff, date(number - 1, 12, 15))
    plan.document = paper(staff, plan)
    plan.save()
    return plan


def being_chosen(staff: Staff, number: int) -> None:
    """Departments have proposed; International Relations have decided on the earlier half of the year."""
    year = open_year(staff, number)
    for place in year.places:
        for position in range(place.seats + staff.lot.randrange(3)):
            line = candidate(staff, year, place)
            if place.starts.month <= JUNE:
                is_in = position < place.seats
                line.state = LineState.INCLUDED if is_in else LineState.LEFT_OUT
                line.note = "" if is_in else LEFT_OUT
                line.decided_by, line.decided_at = staff.officer, staff.at - timedelta(days=5)
    PlanLine.objects.bulk_create(year.lines)


def tell_partners() -> None:
    """As the actions do: a trip that was decided on counts by itself, else the plan's line."""
    went = Activity.objects.in_states(State.ACCEPTED).exclude(plan_line=None).exclude(partner=None)
    Flow.objects.bulk_create(flow_of(activity) for activity in went.select_related("partner"))
    waiting = PlanLine.objects.filter(state=LineState.APPROVED, activity=None, place__partner__isnull=False)
    Flow.objects.bulk_create(flow_of_plan(line) for line in waiting.select_related("place__partner"))


def flow_of_plan(line: PlanLine) -> Flow:
    place = line.place
    return Flow(
        source=f"staff.plan/{line.pk}",
        institution=place.partner,
        academic_year=str(AcademicYear.of(place.starts)),
        direction="outgoing",
        kind=place.form,
        planned_people=1,
        planned_weeks=weeks_of(place.starts, place.ends),
    )


def open_year(staff: Staff, number: int) -> Year:
    plan = AnnualPlan.objects.create(
        year=number,
        state=PlanState.OPEN,
        proposals_until=date(number - 1, 11, 1),
        opened_by=staff.officer,
        opened_at=moment(staff, date(number - 1, 9, 20)),
    )
    went = defaultdict(list)
    outgoing = Activity.objects.filter(year=number, direction="outgoing").select_related("person", "department")
    for activity in outgoing.filter(state=State.ACCEPTED, department__isnull=False).order_by("pk"):
        went[activity.form, activity.partner_id, activity.elsewhere].append(activity)
    return Year(
        plan=plan,
        places=PlanPlace.objects.bulk_create(places(staff, plan)),
        busy=set(Activity.objects.filter(year=number).values_list("person", flat=True)),
        went=went,
    )


def host_of(place: PlanPlace) -> tuple:
    return place.form, place.partner_id, place.elsewhere


def places(staff: Staff, plan: AnnualPlan) -> Iterator[PlanPlace]:
    for programme in read_programmes():
        partner = staff.partners.get(programme.get("partner", ""))
        starts = date(plan.year, programme["month"], programme["day"])
        yield PlanPlace(
            plan=plan,
            form=programme["form"],
            programme=programme["programme"],
            partner=partner,
            elsewhere=programme.get("elsewhere", ""),
            country=partner.country if partner else programme["country"],
            starts=starts,
            ends=starts + timedelta(weeks=programme["weeks"], days=-3),
            seats=programme["seats"],
            source=programme["source"],
            funding=programme.get("funding", ""),
        )


def candidate(
    staff: Staff, year: Year, place: PlanPlace, *, went: Activity | None = None, former: PlanLine | None = None
) -> PlanLine:
    """Whoever was carried over or went; else somebody new."""
    chosen = former or went or staff.lot.choice([one for one in staff.teachers if one.person_id not in year.busy])
    year.busy.add(chosen.person_id)
    year.proposed[place.pk, chosen.department_id] += 1
    line = PlanLine(
        place=place,
        department=chosen.department,
        person=chosen.person,
        position=year.proposed[place.pk, chosen.department_id],
        reason=staff.lot.choice(REASONS),
        proposed_by_id=staff.heads.get(chosen.department_id, staff.officer.pk),
        proposed_at=moment(staff, date(year.plan.year - 1, 10, 1 + staff.lot.randrange(28))),
        activity=went,
        carried_from=former,
    )
    year.lines.append(line)
    return line


def give_activities(staff: Staff, lines: list[PlanLine]) -> None:
    """Done where the days are over; of nine one was not begun, of eighteen one cancelled."""
    over = [(number, line) for number, line in enumerate(lines, start=1) if line.place.ends < staff.day]
    begun = [(number, line) for number, line in over if line.activity is None and number % NOT_BEGUN]
    for number, line in begun:
        line.activity = activity_of(staff, line, is_cancelled=number % CANCELS == NOT_BEGUN // 2)
    made = Activity.objects.bulk_create(line.activity for _number, line in begun)
    Internship.objects.bulk_create(
        Internship(activity=activity, host_department="Клиника", supervisor="Руководитель клиники")
        for activity in made
        if activity.form == "internship"
    )
    Training.objects.bulk_create(
        Training(activity=activity, hours=36, certificate="Удостоверение, 36 часов")
        for activity in made
        if activity.form == "advanced-training"
    )
    Step.objects.bulk_create(step_of(staff, activity) for activity in made)
    Report.objects.bulk_create(
        Report(activity=activity, results=RESULTS) for activity in made if activity.state == State.ACCEPTED
    )
    Absence.objects.bulk_create(
        Absence(
            person=activity.person,
            kind=AbsenceKind.STAFF_TRIP,
            source=activity.source,
            starts=activity.starts,
            ends=activity.ends,
        )
        for activity in made
        if activity.state == State.ACCEPTED
    )


def activity_of(staff: Staff, line: PlanLine, *, is_cancelled: bool) -> Activity:
    place = line.place
    since = place.starts - timedelta(days=20) if is_cancelled else min(place.ends + timedelta(days=10), staff.day)
    return Activity(
        form=place.form,
        person=line.person,
        department=line.department,
        author=line.person,
        state=State.CANCELLED if is_cancelled else State.ACCEPTED,
        since=moment(staff, since),
        subject=place.programme,
        partner=place.partner,
        elsewhere=place.elsewhere,
        host_reason=f"Годовой план на {place.plan.year} год",
        country=place.country,
        city=place.partner.city if place.partner else "",
        starts=place.starts,
        ends=place.ends,
        purpose=line.reason,
        expected_result="Отчёт на заседании кафедры",
    )


def step_of(staff: Staff, activity: Activity) -> Step:
    is_cancelled = activity.state == State.CANCELLED
    return Step(
        activity=activity,
        kind=StepKind.CANCELLED if is_cancelled else StepKind.IMPORTED,
        by=staff.officer,
        at=activity.since,
        reason=CANCELLED if is_cancelled else "",
    )


def carry(plan: AnnualPlan) -> list[PlanLine]:
    """What was not done in the finished year stands in this one's plan again."""
    left = list(PlanLine.objects.of_plan(plan).not_done().in_order().select_related("place", "person", "department"))
    PlanLine.objects.filter(pk__in=[line.pk for line in left]).update(state=LineState.CARRIED)
    return left


def paper(staff: Staff, plan: AnnualPlan) -> IssuedDocument:
    drawn = paper_of(plan, language="ru")
    return IssuedDocument.objects.create(
        kind=DOCUMENT,
        title=f"{drawn.name} {drawn.title}",
        language=drawn.language,
        template=PAPER,
        content=drawn.as_content(),
        drawn_up_by=staff.officer,
        drawn_up_at=plan.prepared_at,
        number=f"{plan.year % 100}-12/1",
        dated=date(plan.year - 1, 12, 20),
        registered_by=staff.officer,
        registered_at=moment(staff, date(plan.year - 1, 12, 21)),
    )


def moment(staff: Staff, day: date) -> datetime:
    """At the sample's opening hour of that day."""
    return staff.at + (day - staff.day)
