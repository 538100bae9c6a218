"""From the memo to the accepted report, and every way back."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from mobility.files.inspection import inspect
from mobility.files.tests.factories import pdf, upload
from mobility.people.models import Absence, RoleKind
from mobility.people.tests.factories import (
    AbsenceFactory,
    DepartmentFactory,
    RoleFactory,
    StaffProfileFactory,
    UserFactory,
)
from mobility.post.models import Letter
from mobility.staff.actions import decisions, memos, orders, reports
from mobility.staff.models import Activity, Output, State, Step, StepKind
from partners.tests.factories import ConditionFactory, ConfirmedSeatsFactory, InstitutionFactory

from .factories import AT, ActivityFactory, ConferencePartFactory, FundingLineFactory, ReportFileFactory

pytestmark = pytest.mark.django_db

VALUES = {
    "subject": "Days of Surgery",
    "partner": None,
    "elsewhere": "Academy of Examples",
    "host_reason": "The event takes place there.",
    "country": "PL",
    "city": "Kraków",
    "starts": date(2027, 3, 1),
    "ends": date(2027, 3, 5),
    "purpose": "To speak.",
    "expected_result": "A paper.",
}
DETAILS = {
    "conference": {"part": "talk", "title": "On examples"},
    "lecturing": {"hours": 12, "audience": "Students", "language": "English"},
    "joint-topic": {"partners": "Two departments"},
    "joint-project": {"number": "М26-101", "role": "performer"},
    "advanced-training": {"hours": 36, "certificate": "A certificate"},
    "internship": {"host_department": "Clinic", "supervisor": "Prof. Example"},
}
REPORT = {"results": "It was given.", "proposals": "", "hours_taught": None, "outputs": {}, "files": []}


def code_of(action, **values):
    with pytest.raises(ValidationError) as refusal:
        action(**values)
    found = refusal.value
    return next(iter(found.error_dict.values()))[0].code if hasattr(found, "error_dict") else found.code


@pytest.fixture
def head():
    return RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT).person


@pytest.fixture
def department(head):
    return head.roles[0].department


def write(*, form="conference", by=None, department=None, **values):
    by = by or UserFactory()
    return memos.write(
        form=form, direction="outgoing", person=by, department=department,
        values=VALUES | values, detail=DETAILS[form], by=by, at=AT,
    )  # fmt: skip


def steps(activity):
    return list(Step.objects.filter(activity=activity).values_list("kind", flat=True))


@pytest.mark.parametrize("form", DETAILS)
def test_each_form_goes_from_memo_to_accepted_report(form, head, department):
    teacher, officer, rector = UserFactory(), UserFactory(), UserFactory()
    activity = write(form=form, by=teacher, department=department)
    assert {name: getattr(activity.detail, name) for name in DETAILS[form]} == DETAILS[form]
    memos.send(activity=activity, by=teacher, at=AT)
    decisions.endorse(activity=activity, by=head, at=AT)
    decisions.prepare(activity=activity, condition=None, host_reason="There.", by=officer, at=AT)
    decisions.approve(activity=activity, by=rector, at=AT)
    orders.issue(activities=[activity], number="15-к", day=date(2026, 11, 23), by=officer, at=AT)
    orders.move_all_by_the_calendar(at=datetime(2027, 3, 1, 1, tzinfo=UTC))
    assert Activity.objects.get().state == State.UNDER_WAY
    orders.move_all_by_the_calendar(at=datetime(2027, 3, 6, 1, tzinfo=UTC))
    assert Activity.objects.get().state == State.REPORT_DUE
    reports.send(activity=activity, by=teacher, at=AT, **REPORT)
    reports.accept(activity=activity, by=officer, at=AT)
    done = Activity.objects.get()
    assert (done.state, done.report_due) == (State.ACCEPTED, date(2027, 3, 19))
    assert list(done.steps.values_list("kind", "by")) == [
        ("proposed", teacher.pk), ("endorsed", head.pk), ("prepared", officer.pk), ("approved", rector.pk),
        ("ordered", officer.pk), ("departed", None), ("came-back", None), ("reported", teacher.pk),
        ("accepted", officer.pk),
    ]  # fmt: skip


def test_a_second_press_writes_no_second_memo():
    activity = write()
    assert code_of(write, by=activity.author) == "written-already"
    write(by=activity.author, subject="Another")
    assert Activity.objects.count() == 2


def test_a_partner_s_condition_is_taken_where_one_covers_the_days():
    condition = ConditionFactory(kind="conference")
    partner = condition.partner
    covered = write(partner=partner, elsewhere="", host_reason="No need.")
    assert (covered.condition, covered.host_reason, covered.country, covered.city) == (condition, "", "KZ", "Almaty")
    assert code_of(
        write, partner=partner, elsewhere="", host_reason="", starts=date(2030, 1, 1), ends=date(2030, 1, 2)
    ) == ("no-host-reason")
    outside = write(partner=InstitutionFactory(), elsewhere="", host_reason="A new contact.")
    assert (outside.condition, outside.host_reason) == (None, "A new contact.")


def test_a_head_s_own_memo_and_one_without_a_head_go_on_at_once(head, department):
    own = memos.send(activity=write(by=head, department=department), by=head, at=AT)
    assert (own.state, steps(own)) == (State.ENDORSED, ["proposed", "endorsed"])
    headless = write(department=DepartmentFactory())
    assert memos.send(activity=headless, by=headless.author, at=AT).state == State.ENDORSED
    official = write()
    assert memos.send(activity=official, by=official.author, at=AT).state == State.ENDORSED


def test_a_second_press_of_any_step_is_refused():
    activity, by = ActivityFactory(), UserFactory()
    decisions.endorse(activity=activity, by=by, at=AT)
    assert code_of(decisions.endorse, activity=activity, by=by, at=AT) == "moved-on"
    assert steps(activity) == ["endorsed"]


def test_what_goes_back_says_why_and_comes_again():
    activity, by = ConferencePartFactory(activity__state="prepared").activity, UserFactory()
    assert code_of(decisions.send_back, activity=activity, reason="  ", by=by, at=AT) == "no-reason"
    decisions.send_back(activity=activity, reason="The fare is missing.", by=by, at=AT)
    memos.send(activity=activity, by=activity.person, at=AT)
    assert list(activity.steps.values_list("kind", "reason")) == [
        ("returned", "The fare is missing."), ("proposed", ""),
    ]  # fmt: skip
    assert Letter.objects.get().recipient == activity.person.email


def test_a_refusal_ends_it():
    activity, by = ActivityFactory(state="prepared"), UserFactory()
    decisions.refuse(activity=activity, reason="No means.", by=by, at=AT)
    assert code_of(memos.send, activity=activity, by=by, at=AT) == "moved-on"
    assert Activity.objects.get().state == State.REFUSED


def test_approval_takes_the_days_and_refuses_days_that_are_taken():
    activity, by = ActivityFactory(state="prepared"), UserFactory()
    decisions.approve(activity=activity, by=by, at=AT)
    taken = Absence.objects.get()
    assert (taken.person, taken.starts, taken.ends) == (activity.person, activity.starts, activity.ends)
    other = ActivityFactory(state="prepared", person=activity.person, starts=date(2027, 3, 5), ends=date(2027, 3, 6))
    assert code_of(decisions.approve, activity=other, by=by, at=AT) == "away-already"
    event = AbsenceFactory(kind="event", starts=date(2027, 5, 1), ends=date(2027, 5, 9))
    third = ActivityFactory(state="prepared", person=event.person, starts=date(2027, 5, 9), ends=date(2027, 5, 9))
    assert code_of(decisions.approve, activity=third, by=by, at=AT) == "away-already"
    assert Absence.objects.count() == 2


def test_a_cancelled_trip_gives_its_days_and_its_seat_back():
    condition = ConditionFactory(kind="conference", seats=1)
    first, second = (seated(condition) for _number in range(2))
    by = UserFactory()
    decisions.approve(activity=first, by=by, at=AT)
    assert code_of(decisions.approve, activity=second, by=by, at=AT) == "no-seat"
    decisions.cancel(activity=first, reason="She is ill.", by=by, at=AT)
    decisions.approve(activity=second, by=by, at=AT)
    assert Absence.objects.get().person == second.person


def seated(condition, **values):
    return ActivityFactory(
        state="prepared", partner=condition.partner, condition=condition, elsewhere="", host_reason="", **values
    )


def test_the_partner_s_letter_says_how_many_seats_a_year_has():
    condition = ConditionFactory(kind="conference", seats=1)
    ConfirmedSeatsFactory(condition=condition, academic_year="2026/2027", seats=2)
    by = UserFactory()
    for activity in (seated(condition), seated(condition)):
        decisions.approve(activity=activity, by=by, at=AT)
    assert code_of(decisions.approve, activity=seated(condition), by=by, at=AT) == "no-seat"
    next_year = seated(condition, starts=date(2027, 9, 1), ends=date(2027, 9, 2))
    assert decisions.approve(activity=next_year, by=by, at=AT).state == State.APPROVED


def test_a_condition_that_does_not_hold_on_the_days_seats_nobody():
    condition = ConditionFactory(kind="conference", ends=date(2027, 3, 4))
    assert code_of(decisions.approve, activity=seated(condition), by=UserFactory(), at=AT) == "condition-ended"


def test_an_officer_chooses_among_conditions_of_the_place_and_form():
    condition = ConditionFactory(kind="internship")
    activity = ActivityFactory(state="endorsed", partner=condition.partner, elsewhere="")
    by = UserFactory()
    assert (
        code_of(decisions.prepare, activity=activity, condition=condition, host_reason="", by=by, at=AT)
        == "another-place"
    )


def test_an_order_is_not_dated_ahead():
    activity = ActivityFactory(state="approved")
    ahead = {"activities": [activity], "number": "1", "by": UserFactory(), "at": AT}
    assert code_of(orders.issue, day=date(2026, 11, 24), **ahead) == "dated-ahead"


def test_an_order_after_the_fact_asks_for_the_report_at_once():
    activity = ActivityFactory(state="approved", starts=date(2026, 11, 16), ends=date(2026, 11, 18))
    orders.issue(activities=[activity], number="1", day=date(2026, 11, 14), by=UserFactory(), at=AT)
    found = Activity.objects.get()
    assert (found.state, found.report_due) == (State.REPORT_DUE, date(2026, 12, 7))  # ten working days from the order


def test_a_report_sent_twice_is_one_report():
    activity = ActivityFactory(state="report-due")
    sent = REPORT | {"outputs": {"talk": ["One", "One", "Two"]}, "files": [inspect(upload("a.pdf", pdf()), "a.pdf")]}
    reports.send(activity=activity, by=activity.person, at=AT, **sent)
    assert code_of(reports.send, activity=activity, by=activity.person, at=AT, **sent) == "moved-on"
    assert list(Output.objects.values_list("kind", "text")) == [("talk", "One"), ("talk", "Two")]
    reports.send_back(activity=activity, reason="Name the journal.", by=UserFactory(), at=AT)
    again = REPORT | {"outputs": {"publication": ["In a journal"]}}
    report = reports.send(activity=activity, by=activity.person, at=AT, **again)
    assert (list(report.outputs.values_list("text", flat=True)), report.files.count()) == (["In a journal"], 1)


def test_a_returned_report_loses_a_file_and_has_five_working_days():
    past = {"starts": date(2026, 11, 2), "ends": date(2026, 11, 3), "report_due": date(2026, 11, 17)}
    activity = ActivityFactory(state="report-due", **past)
    two = {"a.pdf": pdf(), "b.pdf": pdf(lambda writer: writer.add_blank_page(width=100, height=100))}
    files = [inspect(upload(name, content), name) for name, content in two.items()]
    report = reports.send(activity=activity, by=activity.person, at=AT, **REPORT | {"files": files})
    returned = reports.send_back(activity=activity, reason="The second is another trip's.", by=UserFactory(), at=AT)
    assert (returned.report_due, returned.sent_back.reason) == (date(2026, 11, 30), "The second is another trip's.")
    foreign = ReportFileFactory()
    removed = [report.files.get(file__name="b.pdf"), foreign]
    report = reports.send(activity=activity, by=activity.person, at=AT, **REPORT, removed=removed)
    assert list(report.files.values_list("file__name", flat=True)) == ["a.pdf"]
    assert type(foreign).objects.filter(pk=foreign.pk).exists()


def test_who_is_late_is_reminded_once_a_week_and_shown_to_the_head(head, department):
    late = ActivityFactory(state="report-due", report_due=AT.date() - timedelta(days=1), department=department,
                           starts=date(2026, 11, 1), ends=date(2026, 11, 5))  # fmt: skip
    ActivityFactory(state="report-due", report_due=AT.date(), starts=date(2026, 11, 1), ends=date(2026, 11, 5))
    for hours in (0, 24, 7 * 24):
        reports.remind(at=AT + timedelta(hours=hours))
    told = list(Letter.objects.order_by("id").values_list("recipient", flat=True))
    assert told[:2] == [late.person.email, head.email]
    assert told.count(late.person.email) == 2


def test_a_companion_gets_a_memo_of_their_own():
    activity = write()
    FundingLineFactory(activity=activity)
    colleague = UserFactory()
    copy = memos.add_companion(activity=activity, person=colleague, by=activity.author, at=AT)
    activity.refresh_from_db()
    assert (copy.group, copy.person, copy.state, copy.detail.title) == (
        activity.group,
        colleague,
        "draft",
        "On examples",
    )
    assert copy.funding.get().amount == 100
    assert list(Activity.objects.along_with(activity)) == [copy]
    again = {"activity": activity, "person": colleague, "by": activity.author, "at": AT}
    assert code_of(memos.add_companion, **again) == "along-already"


def test_a_companion_of_another_department_has_their_own_head():
    activity, elsewhere = write(), StaffProfileFactory()
    copy = memos.add_companion(activity=activity, person=elsewhere.person, by=activity.author, at=AT)
    assert copy.department == elsewhere.department != activity.department


def test_a_memo_that_was_never_sent_can_be_thrown_away():
    memos.discard(activity=write(), by=UserFactory())
    assert Activity.objects.count() == 0
    assert code_of(memos.discard, activity=ActivityFactory(), by=UserFactory()) == "moved-on"


def test_steps_of_a_letter_say_what_happened_in_the_reader_s_language():
    activity = ActivityFactory(state="prepared", person__language="ru")
    decisions.refuse(activity=activity, reason="Нет средств.", by=UserFactory(), at=AT)
    letter = Letter.objects.get()
    assert "Нет средств." in letter.text
    assert letter.subject == f"Отказано: {activity.subject}"
    assert activity.steps.get().kind == StepKind.REFUSED
