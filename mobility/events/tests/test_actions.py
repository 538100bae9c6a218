"""From the invitation to the closed event, with every refusal by its code."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from mobility.events.actions import decisions, events, orders, reports, substitutions, team
from mobility.events.models import Event, Result, Step, TeamMember
from mobility.files.inspection import inspect
from mobility.files.tests.factories import pdf, upload
from mobility.people.models import Absence
from mobility.people.tests.factories import (
    AbsenceFactory,
    SanctionFactory,
    StaffProfileFactory,
    StudentFactory,
    StudentLeaveFactory,
    UserFactory,
)
from mobility.post.models import Letter
from mobility.students.tests.factories import ConsentTextFactory
from partners.models import Flow
from partners.tests.factories import ConditionFactory, InstitutionFactory

from .factories import AT, EventFactory, ResultFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db

VALUES = {
    "kind": "scientific-event",
    "title": "Days of Young Surgeons",
    "partner": None,
    "elsewhere": "Academy of Examples",
    "host_reason": "The event takes place there.",
    "country": "PL",
    "city": "Kraków",
    "starts": date(2027, 3, 1),
    "ends": date(2027, 3, 5),
    "places": 2,
    "invited_on": date(2026, 11, 20),
    "host_pays": "lodging",
    "university_pays": "",
    "students_pay": "the fare",
    "chaperone": None,
    "wishes_until": None,
}


def codes_of(action, **values):
    with pytest.raises(ValidationError) as refusal:
        action(**values)
    found = refusal.value
    errors = next(iter(found.error_dict.values())) if hasattr(found, "error_dict") else found.error_list
    return [error.code for error in errors]


def announce(**values):
    officer = UserFactory()
    return events.announce(values=VALUES | {"owner": officer} | values, invitation=None, by=officer, at=AT)


def named(event, *people, permission=""):
    return team.name(event=event, people=people, permission=permission, by=UserFactory(), at=AT)


def agree(member, *, permission=None, given=()):
    return team.confirm(member=member, given=given, permission=permission, by=member.person, at=AT)


def steps(event):
    return list(Step.objects.filter(event=event).values_list("kind", flat=True))


def a_file():
    return inspect(upload("paper.pdf", pdf()), "paper.pdf")


def ordered(event, number="17-м"):
    by = UserFactory()
    decisions.approve(event=event, by=by, at=AT)
    decisions.decide(event=event, by=by, at=AT)
    return orders.issue(event=event, number=number, day=date(2026, 11, 23), by=by, at=AT)


def test_an_invitation_becomes_a_closed_event():
    event = announce()
    first, second = StudentFactory(), StudentFactory()
    for member in named(event, first, second):
        agree(member)
    order = ordered(event)
    assert (order.document.number, order.document.content["blocks"] != []) == ("17-м", True)
    orders.move_all_by_the_calendar(at=datetime(2027, 3, 8, 9, tzinfo=UTC))
    event.refresh_from_db()
    assert (event.state, event.report_due) == ("report-due", date(2027, 3, 19))
    back = datetime(2027, 3, 9, 9, tzinfo=UTC)
    reports.send(event=event, text="It went well.", pictures=[a_file()], by=first, at=back)
    reports.close(event=event, by=event.owner, at=back)
    event.refresh_from_db()
    assert (event.state, event.report.pictures.count()) == ("closed", 1)
    assert steps(event) == [
        "announced", "named", "named", "confirmed", "confirmed", "approved", "decided", "ordered", "departed",
        "came-back", "reported", "closed",
    ]  # fmt: skip


def test_the_order_names_the_team_and_who_pays():
    event = announce(chaperone=StaffProfileFactory().person)
    student = StudentFactory()
    agree(named(event, student)[0])
    content = str(ordered(event).document.content)
    for told in (str(student), "Days of Young Surgeons", "Kraków", "the host pays: lodging", str(event.chaperone)):
        assert told in content


def test_two_presses_announce_one_event():
    announce()
    assert codes_of(announce) == ["announced-already"]
    assert Event.objects.count() == 1


def test_the_condition_of_an_agreement_is_found_and_without_one_a_reason_is_asked():
    condition = ConditionFactory(kind="scientific-event")
    event = announce(partner=condition.partner, elsewhere="", host_reason="")
    assert (event.condition, event.city) == (condition, condition.partner.city)
    there = {"partner": InstitutionFactory(), "elsewhere": "", "host_reason": ""}
    assert codes_of(announce, title="Another", **there) == ["no-host-reason"]


@pytest.mark.parametrize(
    ("obstacle", "code"),
    [
        (lambda person: SanctionFactory(person=person), "sanction"),
        (lambda person: StudentLeaveFactory(person=person), "leave"),
        (lambda person: AbsenceFactory(person=person, kind="stay", starts=date(2027, 3, 5)), "away-already"),
        (lambda person: type(person.student).objects.filter(person=person).update(debts=2), "debts"),
        (
            lambda person: (
                type(person.student)
                .objects.filter(person=person)
                .update(status="expelled", status_since=date(2026, 9, 1), status_by=UserFactory())
            ),
            "not-studying",
        ),
    ],
)
def test_what_stands_against_a_student_is_told(obstacle, code):
    event, person = announce(), StudentFactory()
    obstacle(person)
    if code == "away-already":
        Absence.objects.filter(person=person).update(ends=date(2027, 3, 9))
    assert codes_of(named, event=event) == ["nobody"]
    with pytest.raises(ValidationError) as refusal:
        named(event, person)
    assert [error.code for error in refusal.value.error_list] == [code]
    assert TeamMember.objects.count() == 0


def test_the_days_of_two_events_are_not_taken_twice():
    person = StudentFactory()
    named(announce(), person)
    with pytest.raises(ValidationError) as refusal:
        named(announce(title="On the same days", starts=date(2027, 3, 5), ends=date(2027, 3, 7)), person)
    assert refusal.value.error_list[0].code == "away-already"


def test_the_database_refuses_a_team_beyond_its_places():
    event = EventFactory(places=1)
    TeamMemberFactory(event=event)
    with pytest.raises(IntegrityError, match="has 1 places, its team has 2"):
        TeamMemberFactory(event=event)


def test_no_more_are_named_than_there_are_places():
    event = announce()
    named(event, StudentFactory())
    with pytest.raises(ValidationError) as refusal:
        named(event, StudentFactory(), StudentFactory())
    assert refusal.value.code == "no-place"


def test_nobody_confirms_without_consents_and_permission():
    text = ConsentTextFactory(purpose="processing")
    event = announce()
    member = named(event, StudentFactory(), permission="parents")[0]
    given = {(text.pk, "")}
    assert codes_of(agree, member=member) == ["no-consent"]
    assert codes_of(agree, member=member, given=given) == ["no-permission"]
    agree(member, given=given, permission=a_file())
    member.refresh_from_db()
    assert (member.state, list(member.consents.values_list("text", flat=True))) == ("confirmed", [text.pk])


def test_who_declines_frees_the_place_and_the_days():
    event, person = announce(places=1), StudentFactory()
    member = named(event, person)[0]
    team.decline(member=member, by=person, at=AT)
    assert not Absence.objects.exists()
    named(event, StudentFactory())
    assert codes_of(agree, member=member) == ["moved-on"]


def test_a_team_that_changes_after_its_approval_is_approved_anew():
    event = announce()
    member = named(event, StudentFactory())[0]
    agree(member)
    decisions.approve(event=event, by=event.owner, at=AT)
    team.take_off(member=member, reason="Illness.", by=event.owner, at=AT)
    event.refresh_from_db()
    assert event.state == "announced"
    assert codes_of(decisions.decide, event=event, by=event.owner, at=AT) == ["moved-on"]


def test_a_debt_since_the_naming_stops_the_approval():
    event = announce()
    member = named(event, StudentFactory())[0]
    agree(member)
    type(member.person.student).objects.update(debts=1)
    assert codes_of(decisions.approve, event=event, by=event.owner, at=AT) == ["debts"]


def test_an_agreement_gives_no_more_seats_than_it_has():
    condition = ConditionFactory(kind="scientific-event", seats=1)
    there = {"partner": condition.partner, "elsewhere": "", "host_reason": ""}
    first, second = announce(**there), announce(title="Another", **there)
    for event in (first, second):
        agree(named(event, StudentFactory())[0])
    decisions.approve(event=first, by=first.owner, at=AT)
    assert codes_of(decisions.approve, event=second, by=first.owner, at=AT) == ["no-seat"]
    assert Flow.objects.get().planned_people == 1


def test_who_accompanies_gets_a_trip_with_nothing_typed_twice():
    teacher = StaffProfileFactory().person
    event = announce(chaperone=teacher)
    agree(named(event, StudentFactory())[0])
    decisions.approve(event=event, by=event.owner, at=AT)
    event.refresh_from_db()
    trip = event.trip
    assert (trip.person, trip.subject, trip.starts, trip.ends) == (teacher, event.title, event.starts, event.ends)
    assert (trip.state, trip.students_page) == ("endorsed", event.get_absolute_url())
    events.cancel(event=event, reason="Put off.", by=event.owner, at=AT)
    trip.refresh_from_db()
    assert trip.state == "cancelled"


def test_called_off_everybody_is_free_and_told():
    event = announce()
    member = named(event, StudentFactory())[0]
    Letter.objects.all().delete()
    assert codes_of(events.cancel, event=event, reason=" ", by=event.owner, at=AT) == ["no-reason"]
    events.cancel(event=event, reason="Put off.", by=event.owner, at=AT)
    assert not Absence.objects.exists()
    assert list(Letter.objects.values_list("recipient", flat=True)) == [member.person.email]
    assert codes_of(events.cancel, event=event, reason="Again.", by=event.owner, at=AT) == ["moved-on"]


def test_the_rector_returns_or_refuses_with_a_reason():
    event = announce()
    agree(named(event, StudentFactory())[0])
    decisions.approve(event=event, by=event.owner, at=AT)
    assert codes_of(decisions.send_back, event=event, reason="", by=event.owner, at=AT) == ["no-reason"]
    decisions.send_back(event=event, reason="Who pays?", by=event.owner, at=AT)
    decisions.approve(event=event, by=event.owner, at=AT)
    decisions.refuse(event=event, reason="Too late.", by=event.owner, at=AT)
    assert (steps(event)[-1], Absence.objects.count()) == ("refused", 0)


def test_another_steps_in_by_an_amendment_order():
    event, substitute = announce(places=1), StudentFactory()
    member = named(event, StudentFactory())[0]
    agree(member)
    ordered(event)
    asked = substitutions.ask(leaves=member, person=substitute, permission="", reason="Ill.", by=event.owner, at=AT)
    assert codes_of(substitutions.decide, substitution=asked, by=event.owner, at=AT) == ["not-ready"]
    agree(asked.comes)
    substitutions.decide(substitution=asked, by=event.owner, at=AT)
    day = date(2026, 11, 23)
    order = substitutions.issue(substitution=asked, number="18-м", day=day, by=event.owner, at=AT)
    assert [str(member.person) in str(order.document.content), str(substitute) in str(order.document.content)] == [
        True,
        True,
    ]
    assert list(event.members.order_by("id").values_list("state", flat=True)) == ["replaced", "confirmed"]
    assert list(Absence.objects.values_list("person", flat=True)) == [substitute.pk]


def test_a_refused_substitution_leaves_the_team_as_it_was():
    event = announce(places=1)
    member = named(event, StudentFactory())[0]
    agree(member)
    ordered(event)
    by = event.owner
    asked = substitutions.ask(leaves=member, person=StudentFactory(), permission="", reason="Ill.", by=by, at=AT)
    substitutions.refuse(substitution=asked, reason="Too late.", by=by, at=AT)
    assert list(event.members.order_by("id").values_list("state", flat=True)) == ["confirmed", "taken-off"]
    assert list(Absence.objects.values_list("person", flat=True)) == [member.person_id]


def test_students_put_themselves_forward_while_it_is_open():
    event, person = announce(), StudentFactory()
    wish = {"event": event, "person": person, "why": "I spoke there.", "files": [a_file()], "by": person, "at": AT}
    assert codes_of(team.put_forward, **wish) == ["too-late"]
    Event.objects.update(wishes_until=date(2026, 11, 23))
    member = team.put_forward(**wish)
    assert (member.state, member.evidence.count(), Absence.objects.count()) == ("put-forward", 1, 0)
    assert codes_of(team.put_forward, **wish) == ["there-already"]
    later = wish | {"person": StudentFactory(), "at": AT + timedelta(days=1)}
    assert codes_of(team.put_forward, **later) == ["too-late"]
    chosen = named(event, person)[0]
    assert (chosen.pk, chosen.state, chosen.why) == (member.pk, "named", "I spoke there.")


def test_a_wish_is_withdrawn_or_passed_over():
    first, second = TeamMemberFactory(state="put-forward"), TeamMemberFactory(state="put-forward")
    team.withdraw_wish(member=first, by=first.person, at=AT)
    team.pass_over(member=second, by=UserFactory(), at=AT)
    assert sorted(TeamMember.objects.values_list("state", flat=True)) == ["declined", "not-chosen"]


def test_results_are_entered_until_the_report_is_accepted():
    member = TeamMemberFactory(state="confirmed", event__state="reported")
    entered = {"member": member, "kind": "diploma", "title": "First degree", "file": a_file(), "by": member.person}
    at = datetime(2027, 3, 9, 9, tzinfo=UTC)
    assert codes_of(reports.add_result, day=date(2027, 4, 1), at=at, **entered) == ["future"]
    result = reports.add_result(day=date(2027, 3, 5), at=at, **entered)
    assert not Result.objects.verified_of(member.person).exists()
    reports.close(event=member.event, by=UserFactory(), at=at)
    assert list(Result.objects.verified_of(member.person)) == [result]
    assert codes_of(reports.remove_result, result=result, by=member.person) == ["moved-on"]


def test_whoever_answers_for_a_late_report_is_reminded_once_a_week():
    event = ResultFactory(member__event__state="report-due", member__event__report_due=date(2027, 3, 19)).member.event
    late = datetime(2027, 3, 22, 9, tzinfo=UTC)
    for days in (0, 1, 7):
        reports.remind(at=late + timedelta(days=days))
    assert list(Letter.objects.values_list("recipient", flat=True)) == [event.owner.email] * 2
