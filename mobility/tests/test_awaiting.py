from datetime import UTC, date, datetime, timedelta

import pytest
from django.urls import reverse

from mobility.awaiting import tasks_of
from mobility.awaiting.tasks import counted
from mobility.calls.tests.factories import CallFactory
from mobility.people.models import Faculty, RoleKind
from mobility.people.tests.factories import DepartmentFactory, FacultyFactory, RoleFactory, StudentFactory
from mobility.post.models import LetterState
from mobility.post.tests.factories import LetterFactory
from mobility.staff.tests.factories import (
    ActivityFactory,
    AmendmentFactory,
    AnnualPlanFactory,
    OrderFactory,
    PlanLineFactory,
)
from mobility.students.tests.factories import ApplicationFactory, ClaimFactory, OfferFactory
from mobility.web.tests.queries import asked_by
from partners.tests.factories import AgreementFactory, InstitutionFactory
from selection.actions.publication import prepare
from selection.actions.runs import run
from selection.actions.scoring import rescore
from selection.tests.factories import ConflictFactory, ReadingFactory, StandingFactory

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)

pytestmark = pytest.mark.django_db


def person(kind, **also):
    return RoleFactory(kind=kind, person__last_login=NOW, **also).person


def awaits(user):
    return [(task.name, task.state, task.url) for task in tasks_of(user, at=NOW)]


@pytest.mark.parametrize("kind", RoleKind.values)
def test_on_an_empty_day_nothing_awaits_anybody(kind):
    assert awaits(person(kind)) == []


@pytest.mark.parametrize("kind", RoleKind.values)
def test_everybody_enters_the_name_in_their_passport(kind):
    user = person(kind, person__latin_given_name="")
    assert awaits(user)[:1] == [("Enter your name as in your passport", "todo", "/account/about-me/")]


def test_letters_that_were_not_delivered_await_administrators_alone():
    LetterFactory.create_batch(2, state=LetterState.FAILED, failed_at=NOW)
    address = "/admin/post/letter/?state__exact=failed"
    assert awaits(person(RoleKind.ADMINISTRATOR)) == [("2 letters were not delivered", "problem", address)]
    assert awaits(person(RoleKind.IR_OFFICER)) == []


def test_people_without_a_way_in_await_whoever_opens_doors_to_them():
    pediatrics = FacultyFactory()
    office = person(RoleKind.DEANS_OFFICE, faculty=pediatrics)
    StudentFactory(student__faculty=pediatrics)
    StudentFactory.create_batch(2)
    address = "/people/?never_signed_in=on"
    assert awaits(office) == [("1 person has no way in yet", "todo", address)]
    assert awaits(person(RoleKind.ADMINISTRATOR)) == [("3 people have no way in yet", "todo", address)]
    assert awaits(person(RoleKind.IR_OFFICER)) == []


def test_a_faculty_knows_whose_passport_name_is_missing():
    pediatrics = FacultyFactory()
    office = person(RoleKind.DEANS_OFFICE, faculty=pediatrics)
    StudentFactory(student__faculty=pediatrics, last_login=NOW, latin_family_name="")
    StudentFactory(last_login=NOW, latin_family_name="")
    name = "1 student has not entered the name in the passport"
    assert awaits(office) == [(name, "todo", "/people/?no_passport_name=on")]
    assert awaits(person(RoleKind.ADMINISTRATOR)) == []


def test_partners_off_the_map_await_international_relations():
    InstitutionFactory()
    InstitutionFactory(latitude=1, longitude=1)
    address = "/admin/partners/institution/?latitude__isnull=True"
    assert awaits(person(RoleKind.IR_OFFICER)) == [("1 partner is not on the map", "todo", address)]
    assert awaits(person(RoleKind.DEANS_OFFICE)) == []


def test_counting_stops_where_it_is_many(monkeypatch):
    monkeypatch.setattr("mobility.awaiting.tasks.MANY", 2)
    user = person(RoleKind.ADMINISTRATOR)
    StudentFactory.create_batch(3)
    assert awaits(user)[0][0] == "2 or more people have no way in yet"


def test_a_pile_that_cannot_hold_anything_is_empty_and_the_others_are_counted():
    FacultyFactory.create_batch(2)
    assert counted([Faculty.objects.none(), Faculty.objects.all(), Faculty.objects.filter(pk__in=[])]) == [0, 2, 0]


def test_the_lists_behind_the_tasks_show_who_is_meant(client):
    office = person(RoleKind.DEANS_OFFICE)
    student = StudentFactory(student__faculty=office.roles[0].faculty, latin_family_name="")
    StudentFactory(student__faculty=office.roles[0].faculty, last_login=NOW)
    client.force_login(office)
    tasks = tasks_of(office, at=NOW)
    shown = [[int(row["pk"]) for row in client.get(task.url).context["list"].rows] for task in tasks]
    assert shown == [[student.pk], [student.pk]]


@pytest.mark.parametrize("kind", RoleKind.values)
def test_the_page_asks_little(client, kind):
    client.force_login(person(kind))
    client.get(reverse("home"))
    assert asked_by(lambda: client.get(reverse("home"))).queries <= 9


@pytest.mark.parametrize(
    ("kind", "state", "name"),
    [
        (RoleKind.HEAD_OF_DEPARTMENT, "proposed", "1 memo waits for your endorsement"),
        (RoleKind.IR_OFFICER, "endorsed", "1 memo is to be prepared"),
        (RoleKind.IR_OFFICER, "approved", "1 order is to be issued"),
        (RoleKind.IR_OFFICER, "reported", "1 report is to be accepted"),
        (RoleKind.RECTOR, "prepared", "1 trip waits for your decision"),
    ],
)
def test_a_trip_awaits_whoever_s_turn_it_is(kind, state, name):
    user = person(kind)
    department = user.roles[0].department or DepartmentFactory()
    ActivityFactory(state=state, department=department)
    ActivityFactory(state=state, department=department, person=user)
    address = "/staff/department/" if kind == RoleKind.HEAD_OF_DEPARTMENT else "/staff/board/"
    assert (name, "todo", f"{address}?state={state}") in awaits(user)
    assert all(told != name for told, _state, _url in awaits(person(RoleKind.TEACHING_STAFF)))


def test_what_was_ordered_and_cancelled_awaits_its_order_of_cancellation():
    officer = person(RoleKind.IR_OFFICER)
    ActivityFactory(state="cancelled")
    order = OrderFactory(activity__state="cancelled")
    told = ("1 order of cancellation is to be issued", "todo", "/staff/board/?state=to-call-off")
    assert awaits(officer) == [told]
    OrderFactory(activity=order.activity, calls_off=True)
    assert awaits(officer) == []


def test_late_reports_are_shown_to_the_head_and_await_the_traveller():
    head = person(RoleKind.HEAD_OF_DEPARTMENT)
    late = ActivityFactory(
        state="report-due", report_due="2026-11-20", starts="2026-11-01", ends="2026-11-05",
        department=head.roles[0].department,
    )  # fmt: skip
    RoleFactory(person=late.person)
    assert awaits(head) == [("1 report is late", "problem", "/staff/department/?state=late")]
    assert awaits(late.person) == [(f"Write the report: {late.subject}", "todo", f"/staff/{late.pk}/")]


def test_a_memo_that_a_colleague_wrote_awaits_who_travels_along():
    teacher = person(RoleKind.TEACHING_STAFF)
    written = ActivityFactory(state="draft", person=teacher, author=person(RoleKind.TEACHING_STAFF))
    ActivityFactory(state="draft", person=teacher)
    assert awaits(teacher) == [(f"Send your memo: {written.subject}", "todo", f"/staff/{written.pk}/")]
    assert awaits(written.author) == []


def test_a_change_awaits_whoever_s_turn_it_is():
    change = AmendmentFactory(state="endorsed")
    told = (f"A change waits for you: {change.activity.subject}", "todo", f"/staff/{change.activity_id}/")
    assert awaits(person(RoleKind.RECTOR)) == [told]
    assert awaits(person(RoleKind.IR_OFFICER)) == []


def test_agreements_that_end_soon_await_whoever_answers_for_them():
    mine, other = (RoleFactory(kind=RoleKind.IR_OFFICER).person for _number in range(2))
    AgreementFactory(owner=mine, ends="2027-02-21")
    AgreementFactory(owner=mine, ends="2027-02-22")
    address = f"/agreements/?expiring=90&owner={mine.pk}"
    told = ("1 agreement ends within 90 days", "todo", address)
    assert [told in awaits(who) for who in (mine, other)] == [True, False]


def of_readers(user):
    return [(name, url) for name, _state, url in awaits(user) if url.startswith("/selection/")]


def test_applications_await_the_office_of_their_faculty_from_the_deadline_on():
    faculty = FacultyFactory()
    call = CallFactory(opens_at=NOW - timedelta(days=40), deadline=NOW)
    for _number in range(2):
        application = ApplicationFactory(call=call, faculty=faculty, submitted=True)
        ClaimFactory(application=application)
        rescore(application=application)
    assert of_readers(person(RoleKind.DEANS_OFFICE, faculty=faculty)) == [
        ("2 applications are to be read", "/selection/queue/")
    ]
    assert of_readers(person(RoleKind.DEANS_OFFICE)) == []
    type(call).objects.update(deadline=NOW + timedelta(seconds=1), verified_by=NOW + timedelta(days=9))
    assert of_readers(person(RoleKind.DEANS_OFFICE, faculty=faculty)) == []


def test_a_verdict_awaits_another_person_of_the_office():
    reading = ReadingFactory(needs_second=True)
    application = reading.claim.application
    reader = person(RoleKind.DEANS_OFFICE, faculty=application.faculty)
    another = person(RoleKind.DEANS_OFFICE, faculty=application.faculty)
    type(reading).objects.update(by=reader)
    name = f"A verdict of {application.number} waits for you as the second person"
    address = reverse("verify", args=[application.call.code, application.faculty.code, application.number])
    assert of_readers(reader) == []
    assert of_readers(another) == [(name, address)]
    ConflictFactory(person=another, application=application)
    assert of_readers(another) == []


@pytest.mark.parametrize("is_called_off", [True, False])
def test_nobody_is_awaited_to_settle_a_verdict_of_a_call_that_is_over(is_called_off):
    application = ReadingFactory(needs_second=True).claim.application
    another = person(RoleKind.DEANS_OFFICE, faculty=application.faculty)
    before = len(of_readers(another))
    over = {"published_at": NOW, "published_run": 1}
    if is_called_off:
        over = {"called_off_at": NOW, "called_off_by": another, "called_off_because": "The host refused."}
    type(application.call).objects.filter(pk=application.call_id).update(**over)
    assert (before, of_readers(another)) == (1, [])


def test_an_annual_plan_awaits_whoever_s_turn_it_is():
    AnnualPlanFactory(year=2041, proposals_until=date(2026, 11, 23))
    AnnualPlanFactory(year=2042, proposals_until=date(2026, 11, 22))
    AnnualPlanFactory(year=2043, state="prepared")
    AnnualPlanFactory(year=2044, state="approved")
    head, officer, rector = map(person, (RoleKind.HEAD_OF_DEPARTMENT, RoleKind.IR_OFFICER, RoleKind.RECTOR))
    assert awaits(head) == [("Propose candidates for the plan of 2041", "todo", "/staff/plans/2041/")]
    assert awaits(officer) == [("Choose candidates for the plan of 2042", "todo", "/staff/plans/2042/")]
    assert awaits(rector) == [("Decide on the plan of 2043", "todo", "/staff/plans/2043/")]


def test_one_s_own_line_of_the_plan_awaits_its_memo():
    teacher = person(RoleKind.TEACHING_STAFF)
    given = {"person": teacher, "state": "approved", "place__plan__state": "approved"}
    line = PlanLineFactory(**given, place__plan__year=2027, place__programme="Endoscopy")
    PlanLineFactory(**given, place__plan__year=2026)  # its days are over
    PlanLineFactory(state="approved", place=line.place)
    url = f"/staff/plans/2027/lines/{line.pk}/begin/"
    assert awaits(teacher) == [("Begin the memo: Endoscopy", "todo", url)]


def a_call(*, opened: int, **also):
    return CallFactory(code="PT27", opens_at=NOW - timedelta(days=opened), **also)


def of_competition(user):
    return [task[:3] for task in awaits(user) if task[2].startswith(("/applications/", "/outcome/", "/runs/"))]


def test_an_open_call_awaits_the_student_until_an_application_is_sent():
    student = person(RoleKind.STUDENT)
    call = a_call(opened=1)
    told = ("You can apply: Practical training abroad, summer 2027", "todo", "/applications/new/PT27/")
    assert of_competition(student) == [told]
    own = ApplicationFactory(call=call, student=student, faculty=FacultyFactory(), number="PT27-0001")
    unfinished = "Finish your application: Practical training abroad, summer 2027"
    assert of_competition(student) == [(unfinished, "todo", "/applications/PT27-0001/")]
    type(call).objects.update(deadline=NOW + timedelta(days=2))
    assert of_competition(student) == [(unfinished, "problem", "/applications/PT27-0001/")]
    type(own).objects.update(state="submitted", submitted_at=NOW, saved_at=NOW)
    assert of_competition(student) == []
    type(own).objects.update(saved_at=NOW + timedelta(minutes=1))
    assert of_competition(student) == [(unfinished, "problem", "/applications/PT27-0001/")]
    type(call).objects.update(deadline=NOW)
    assert of_competition(student) == []


def test_points_await_their_student_while_they_can_be_looked_at():
    own = ApplicationFactory(call=a_call(opened=34), submitted=True, points_shown_at=NOW, number="PT27-0001")
    told = ("Look at your points: Practical training abroad, summer 2027", "todo", "/applications/PT27-0001/")
    assert of_competition(own.student) == [told]
    type(own).objects.update(points_shown_at=None)
    assert of_competition(own.student) == []


def test_a_place_awaits_its_answer_and_the_result_stays_at_hand():
    own = ApplicationFactory(call=a_call(opened=45, published_at=NOW, published_run=1), submitted=True, number="A-1")
    result = "Your result and its reasons: Practical training abroad, summer 2027"
    assert of_competition(own.student) == [(result, "completed", "/outcome/A-1/")]
    offer = OfferFactory(application=own, made_at=NOW, answer_by=NOW + timedelta(days=4))
    place = f"Confirm or decline your place: {offer.destination}"
    assert of_competition(own.student) == [(place, "todo", "/outcome/A-1/")]
    type(offer).objects.update(answer_by=NOW + timedelta(days=1))
    assert of_competition(own.student) == [(place, "problem", "/outcome/A-1/")]
    type(offer).objects.update(state="confirmed", answered_at=NOW, answered_by=own.student)
    assert of_competition(own.student) == [(result, "completed", "/outcome/A-1/")]


def test_a_request_to_be_withdrawn_awaits_the_office_of_the_faculty():
    asked = {"withdrawal_asked_at": NOW, "withdrawal_reason": "I fell ill."}
    own = ApplicationFactory(call=a_call(opened=30), submitted=True, number="A-1", **asked)
    told = ("A-1 asks to be withdrawn", "todo", "/applications/A-1/withdraw/")
    assert of_competition(person(RoleKind.DEANS_OFFICE, faculty=own.faculty)) == [told]
    assert of_competition(person(RoleKind.DEANS_OFFICE)) == []
    type(own).objects.update(state="withdrawn", withdrawn_at=NOW, withdrawn_by=own.student)
    assert of_competition(person(RoleKind.DEANS_OFFICE, faculty=own.faculty)) == []


def test_a_selection_awaits_its_run_and_a_publication_a_second_person():
    call = a_call(opened=40)
    own = ApplicationFactory(call=call, submitted=True)
    first, second = person(RoleKind.IR_OFFICER), person(RoleKind.IR_OFFICER)
    assert of_competition(first) == []
    StandingFactory(call=call, faculty=own.faculty)
    assert of_competition(first) == [
        ("Run the selection: Practical training abroad, summer 2027", "todo", "/runs/PT27/")
    ]
    prepare(run=run(call=call, by=first, at=NOW), by=first, at=NOW)
    told = ("Publish as the second person: Practical training abroad, summer 2027", "todo", "/runs/PT27/1/")
    assert [of_competition(who) for who in (first, second)] == [[], [told]]
