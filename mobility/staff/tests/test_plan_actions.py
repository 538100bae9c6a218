from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError, transaction

from mobility.files.documents import as_docx
from mobility.files.inspection import inspect
from mobility.files.tests.factories import pdf, upload
from mobility.journal.models import Event
from mobility.people.tests.factories import DepartmentFactory, RoleFactory, UserFactory
from mobility.post.models import Letter
from mobility.staff.actions import decisions, memos, plans
from mobility.staff.actions import plan_lines as lines
from mobility.staff.models import Activity, AnnualPlan, LineState, PlanLine, PlanPlace
from partners.models import Flow
from partners.tests.factories import ConditionFactory, InstitutionFactory

from .factories import ActivityFactory, AnnualPlanFactory, PlanLineFactory, PlanPlaceFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 10, 20, 9, tzinfo=UTC)


@pytest.fixture
def by():
    return UserFactory()


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def code_of(act, **options) -> list[str]:
    with pytest.raises(ValidationError) as refused, transaction.atomic():
        act(**options)
    error = refused.value
    found = [one for many in error.error_dict.values() for one in many] if hasattr(error, "error_dict") else [error]
    return [one.code for each in found for one in each.error_list]


def values(**changes) -> dict:
    return {
        "form": "internship",
        "programme": "Endoscopy",
        "partner": None,
        "elsewhere": "Clinic",
        "country": "PL",
        "starts": date(2027, 3, 1),
        "ends": date(2027, 3, 14),
        "seats": 2,
        "source": "host",
        "funding": "",
        **changes,
    }


def test_a_plan_from_its_first_programme_to_the_signed_file(by):
    """As the office does it in a year."""
    rector = RoleFactory(kind="rector").person
    plan = plans.draft(year=2027, proposals_until=date(2026, 11, 1), by=by)
    assert code_of(plans.open_to_departments, plan=plan, by=by, at=NOW) == ["no-places"]
    place = plans.add_place(plan=plan, values=values(seats=1), by=by)
    plans.open_to_departments(plan=plan, by=by, at=NOW)
    department = DepartmentFactory(name_ru="Кафедра хирургии")
    first, second = (
        lines.propose(place=place, department=department, person=UserFactory(), reason="Метод", by=by, at=NOW)
        for _number in range(2)
    )
    assert [first.position, second.position] == [1, 2]
    lines.move_up(line=second, by=by)
    assert code_of(plans.prepare, plan=plan, language="ru", by=by, at=NOW) == ["undecided"]
    lines.choose(place=place, included=[second], reason="Одно место", by=by, at=NOW)
    plans.prepare(plan=plan, language="ru", by=by, at=NOW)
    assert plans.send_back(plan=plan, reason=" Add the second one's reason.", by=rector).sent_back_for == (
        "Add the second one's reason."
    )
    assert plans.prepare(plan=plan, language="ru", by=by, at=NOW).sent_back_for == ""
    plans.approve(plan=plan, by=rector, at=NOW)
    plans.register(plan=plan, number="12-1", dated=date(2026, 12, 20), by=by, at=NOW)
    plans.attach_scan(plan=plan, scan=inspect(upload("план.pdf", pdf()), "план.pdf"), by=by, at=NOW)

    plan.refresh_from_db()
    assert (plan.state, plan.approved_by, plan.document.number, plan.document.scan.name) == (
        "approved", rector, "12-1", "план.pdf",
    )  # fmt: skip
    found = PlanLine.objects.in_order().values_list("position", "state", "note")
    assert list(found) == [(1, "approved", ""), (2, "left-out", "Одно место")]
    table = plan.document.content["blocks"][0]
    assert [(row[0], row[2:]) for row in table["rows"]] == [
        ("1", ["Кафедра хирургии", "Стажировка на рабочем месте", "Endoscopy", "Clinic, Польша",
               "1–14\xa0марта\xa02027\xa0г.", "принимающая сторона"]),
    ]  # fmt: skip
    assert table["rows"][0][1]["own"] == second.person.get_full_name()
    assert as_docx(plan.document.content, number="", dated=None, at=NOW)
    events = Event.objects.filter(operation="event", model="staff.annualplan").order_by("id")
    assert list(events.values_list("event", flat=True)) == [
        "plan-drafted", "place-added", "plan-opened", "plan-prepared", "plan-sent-back", "plan-prepared",
        "plan-approved", "plan-registered", "plan-scanned",
    ]  # fmt: skip


def test_an_approved_plan_is_told_once_in_the_language_of_each_reader(by):
    head = RoleFactory(kind="head-of-department", person__language="be").person
    department = head.roles[0].department
    plan = AnnualPlanFactory(state="prepared", year=2030)
    person, other = UserFactory(language="ru"), UserFactory(language="en")
    common = {"place__plan": plan, "department": department}
    for number in (1, 2):
        PlanLineFactory(state="included", person=person, position=number, **common)
    PlanLineFactory(state="left-out", person=other, position=3, note="One place.", **common)
    plans.approve(plan=plan, by=by, at=NOW)
    assert code_of(plans.approve, plan=plan, by=by, at=NOW) == ["moved-on"]
    letters = {letter.recipient: letter for letter in Letter.objects.all()}
    assert [Letter.objects.count(), *sorted(letters)] == [2, *sorted([person.email, head.email])]
    assert letters[person.email].subject == "Вы включены в годовой план на 2030 год"
    assert letters[head.email].subject == "Гадавы план на 2030 год зацверджаны"
    assert letters[head.email].text.count("One place.") == 1


def test_partners_know_whom_the_plan_sends_until_the_memo_counts_by_itself(by):
    line = PlanLineFactory(
        state="included", place__plan__state="prepared", place__partner=InstitutionFactory(), place__elsewhere=""
    )
    plans.approve(plan=line.place.plan, by=by, at=NOW)
    planned = [(f"staff.plan/{line.pk}", line.place.partner_id, line.place.form, 1, 0)]
    assert told() == planned
    line.refresh_from_db()
    activity = lines.begin(line=line, by=line.person, at=NOW)
    Activity.objects.filter(pk=activity.pk).update(state="prepared")
    assert told() == planned
    decisions.approve(activity=activity, by=by, at=NOW)
    assert told() == [(f"staff.activity/{activity.pk}", line.place.partner_id, line.place.form, 1, 0)]
    decisions.cancel(activity=activity, reason="The host is closed.", by=by, at=NOW)
    assert told() == []


def told() -> list[tuple]:
    return list(Flow.objects.values_list("source", "institution", "kind", "planned_people", "done_people"))


def test_who_is_carried_over_is_not_planned_this_year(by):
    line = PlanLineFactory(
        state="included", place__plan__state="prepared", place__partner=InstitutionFactory(), place__elsewhere=""
    )
    plans.approve(plan=line.place.plan, by=by, at=NOW)
    lines.carry_over(plan=line.place.plan, by=by, at=NOW)
    assert told() == []


def test_one_plan_a_year(by):
    AnnualPlanFactory(year=2030)
    assert code_of(plans.draft, year=2030, proposals_until=date(2029, 11, 1), by=by) == ["unique"]


def test_a_programme_takes_the_partners_country(by):
    partner = InstitutionFactory(country="KZ")
    plan = AnnualPlanFactory(year=2027)
    place = plans.add_place(plan=plan, values=values(partner=partner, elsewhere="", country=""), by=by)
    assert (place.country.code, place.host_name) == ("KZ", partner.short_name)


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"starts": date(2028, 3, 1), "ends": date(2028, 3, 2)}, "another-year"),
        ({"ends": date(2027, 2, 1)}, "reversed"),
        ({"seats": 0}, "min_value"),
        ({"form": "conference"}, "invalid_choice"),
    ],
)
def test_a_programme_that_cannot_be_is_refused(by, wrong, code):
    plan = AnnualPlanFactory(year=2027)
    assert code in code_of(plans.add_place, plan=plan, values=values(**wrong), by=by)
    assert not plan.places.exists()


def test_the_same_programme_is_entered_once(by):
    plan = AnnualPlanFactory(year=2027)
    plans.add_place(plan=plan, values=values(), by=by)
    assert code_of(plans.add_place, plan=plan, values=values(), by=by) == ["there-already"]


def test_places_of_the_included_stay(by):
    line = PlanLineFactory(state="included", place__plan__year=2027)
    PlanLineFactory(state="included", place=line.place)
    assert code_of(plans.change_place, place=line.place, values=values(seats=1), by=by) == ["included"]
    assert plans.change_place(place=line.place, values=values(seats=2), by=by).programme == "Endoscopy"
    assert code_of(plans.remove_place, place=line.place, by=by) == ["has-candidates"]


def test_a_programme_without_candidates_can_go(by):
    plans.remove_place(place=PlanPlaceFactory(), by=by)
    assert not PlanPlace.objects.exists()


def test_departments_propose_until_the_last_day_in_the_universitys_zone(by):
    place = PlanPlaceFactory(plan__proposals_until=date(2026, 11, 1))
    given = {"place": place, "department": DepartmentFactory(), "reason": "x", "by": by}
    late = datetime(2026, 11, 1, 21, 30, tzinfo=UTC)  # past midnight in Minsk
    assert code_of(lines.propose, person=UserFactory(), at=late, **given) == ["too-late"]
    assert lines.propose(person=UserFactory(), at=late.replace(hour=20), **given).state == "proposed"
    plans.postpone(plan=place.plan, proposals_until=date(2026, 11, 5), by=by)
    assert lines.propose(person=UserFactory(), at=late, **given).position == 2


def test_nobody_is_proposed_twice_for_one_programme(by):
    line = PlanLineFactory()
    given = {"place": line.place, "department": line.department, "reason": "x", "by": by, "at": NOW}
    assert code_of(lines.propose, person=line.person, **given) == ["proposed-already"]


def test_the_order_of_a_department(by):
    first = PlanLineFactory()
    second = PlanLineFactory(place=first.place, department=first.department, position=2)
    PlanLineFactory(place=first.place)
    lines.move_up(line=second, by=by)
    lines.move_up(line=second, by=by)  # the first stays first
    found = PlanLine.objects.filter(department=first.department).order_by("position")
    assert list(found) == [second, first]


def test_what_is_decided_is_not_withdrawn(by):
    assert code_of(lines.withdraw, line=PlanLineFactory(state="included"), by=by) == ["decided"]
    lines.withdraw(line=PlanLineFactory(), by=by)
    assert PlanLine.objects.count() == 1


def test_no_more_are_included_than_there_are_places(by):
    place = PlanPlaceFactory(seats=1)
    both = PlanLineFactory.create_batch(2, place=place)
    given = {"place": place, "by": by, "at": NOW}
    assert code_of(lines.choose, included=both, reason="", **given) == ["too-many"]
    assert code_of(lines.choose, included=both[:1], reason=" ", **given) == ["no-reason"]
    lines.choose(included=both[:1], reason="One place", **given)
    lines.choose(included=both[1:], reason="The other one first", **given)
    assert [line.state for line in PlanLine.objects.order_by("pk")] == ["left-out", "included"]


def test_each_act_has_its_state(by):
    approved = AnnualPlanFactory(state="approved")
    line = PlanLineFactory(place__plan=approved, state="approved")
    given = {"by": by, "at": NOW}
    assert code_of(plans.approve, plan=approved, **given) == ["moved-on"]
    assert code_of(plans.open_to_departments, plan=approved, **given) == ["moved-on"]
    assert code_of(plans.prepare, plan=approved, language="ru", **given) == ["moved-on"]
    assert code_of(plans.add_place, plan=approved, values=values(), by=by) == ["moved-on"]
    assert code_of(lines.choose, place=line.place, included=[], reason="x", **given) == ["moved-on"]
    assert code_of(plans.prepare, plan=PlanPlaceFactory().plan, language="ru", **given) == ["empty"]
    sent = AnnualPlanFactory(state="prepared")
    assert code_of(plans.send_back, plan=sent, reason="", by=by) == ["no-reason"]


def test_a_line_begins_once_as_an_activity(by):
    partner = InstitutionFactory(city="Almaty")
    place = PlanPlaceFactory(plan__year=2027, plan__state="approved", partner=partner, elsewhere="", country="KZ")
    line = PlanLineFactory(place=place, state="approved")
    activity = lines.begin(line=line, by=line.person, at=NOW)
    activity.refresh_from_db()
    assert (activity.form, activity.person, activity.partner, activity.starts, activity.state) == (
        "internship", line.person, partner, place.starts, "draft",
    )  # fmt: skip
    assert (activity.city, activity.host_reason, activity.condition) == ("Almaty", "Plan of 2027", None)
    line.refresh_from_db()
    assert line.activity == activity
    assert code_of(lines.begin, line=line, by=by, at=NOW) == ["begun-already"]
    assert Activity.objects.count() == 1


def test_a_begun_memo_is_completed_before_it_is_sent(by):
    line = PlanLineFactory(place__plan__state="approved", place__plan__year=2027, state="approved")
    activity = lines.begin(line=line, by=by, at=NOW)
    assert code_of(memos.send, activity=activity, by=by, at=NOW) == ["incomplete"]
    detail = {"host_department": "Clinic", "supervisor": "Prof. Example"}
    memos.revise(activity=activity, values={}, detail=detail, by=by)
    assert memos.send(activity=activity, by=by, at=NOW).state == "endorsed"


def test_an_agreement_that_covers_the_days_is_named(by):
    condition = ConditionFactory(kind="internship")
    place = PlanPlaceFactory(plan__year=2027, plan__state="approved", partner=condition.partner, elsewhere="")
    activity = lines.begin(line=PlanLineFactory(place=place, state="approved"), by=by, at=NOW)
    assert (activity.condition, activity.host_reason) == (condition, "")


def test_only_an_approved_line_begins(by):
    line = PlanLineFactory(place__plan__state="approved", state="left-out")
    assert code_of(lines.begin, line=line, by=by, at=NOW) == ["begun-already"]


def test_what_was_not_done_carries_over_in_one_act(by):
    plan = AnnualPlanFactory(year=2028, state="approved")
    place = PlanPlaceFactory(plan=plan, starts=date(2028, 2, 29), ends=date(2028, 3, 7), seats=4)

    def line(**facts):
        return PlanLineFactory(place=place, state="approved", **facts)

    not_begun, fell_through = line(), line(activity=ActivityFactory(state="cancelled"))
    done, on_the_way = line(activity=ActivityFactory(state="accepted")), line(activity=ActivityFactory(state="ordered"))
    PlanLineFactory(place=place, state="left-out")
    carried = lines.carry_over(plan=plan, by=by, at=NOW)

    following = AnnualPlan.objects.get(year=2029)
    (new_place,) = following.places.all()
    assert (following.state, following.proposals_until) == ("draft", date(2028, 11, 1))
    assert (new_place.programme, new_place.seats, new_place.starts, new_place.ends) == (
        place.programme, 2, date(2029, 2, 28), date(2029, 3, 7),
    )  # fmt: skip
    assert {new.carried_from: new.person for new in carried} == {
        not_begun: not_begun.person,
        fell_through: fell_through.person,
    }
    states = dict(PlanLine.objects.filter(place=place).values_list("pk", "state"))
    assert [states[it.pk] for it in (not_begun, fell_through, done, on_the_way)] == [
        "carried", "carried", "approved", "approved",
    ]  # fmt: skip
    assert code_of(lines.carry_over, plan=plan, by=by, at=NOW) == ["nothing-left"]


def test_carrying_over_joins_what_the_next_plan_has(by):
    line = PlanLineFactory(place__plan__state="approved", place__plan__year=2040, state="approved")
    same = {"form": line.place.form, "programme": line.place.programme, "elsewhere": line.place.elsewhere}
    later = PlanPlaceFactory(plan__year=2041, seats=3, **same)
    there = PlanLineFactory(place=later, person=line.person)
    assert lines.carry_over(plan=line.place.plan, by=by, at=NOW) == [there]
    later.refresh_from_db()
    assert later.seats == 3


def test_nothing_is_carried_into_a_plan_that_is_with_the_rector(by):
    line = PlanLineFactory(place__plan__state="approved", place__plan__year=2040, state="approved")
    AnnualPlanFactory(year=2041, state="prepared")
    assert code_of(lines.carry_over, plan=line.place.plan, by=by, at=NOW) == ["moved-on"]


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "open", "opened_at": None},
        {"state": "draft", "opened_by": None, "opened_at": NOW},
        {"state": "prepared", "document": None},
        {"state": "approved", "approved_by": None},
        {"state": "done"},
    ],
)
def test_the_database_refuses_a_plan_without_its_steps(wrong):
    with pytest.raises(IntegrityError):
        AnnualPlanFactory(**wrong)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "included", "decided_by": None},
        {"state": "left-out", "note": ""},
        {"state": "included", "note": "why"},
        {"state": "begun"},
    ],
)
def test_the_database_refuses_a_line_without_its_decision(wrong):
    with pytest.raises(IntegrityError):
        PlanLineFactory(**wrong)


def test_the_database_refuses_an_activity_of_a_line_not_approved():
    with pytest.raises(DatabaseError):
        PlanLineFactory(state=LineState.INCLUDED, activity=ActivityFactory())
