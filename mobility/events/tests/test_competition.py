"""Where places are short the event becomes a call, and its winners the team; a result becomes a verified claim."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from mobility.calls.actions import calls
from mobility.calls.models import Call
from mobility.calls.tests.factories import CallFactory
from mobility.events import achievements as read
from mobility.events import turns
from mobility.events.actions import achievements, competition, decisions, events
from mobility.events.models import Event
from mobility.people.models import RoleKind
from mobility.people.tests.factories import RoleFactory, UserFactory
from mobility.post.models import Letter
from mobility.students.actions import answers, submissions
from mobility.students.models import Offer
from mobility.students.tests.factories import ApplicationFactory, OfferFactory
from partners.models import Flow
from partners.tests.factories import ConditionFactory, InstitutionFactory

from .factories import AT, EventFactory, ResultFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db
IN_TIME = datetime(2027, 3, 20, 9, 0, tzinfo=UTC)


def code_of(action, **values):
    with pytest.raises(ValidationError) as refusal:
        action(**values)
    found = refusal.value
    return next(iter(found.error_dict.values()))[0].code if hasattr(found, "error_dict") else found.code


@pytest.fixture
def event():
    """Under an agreement's condition, in June 2027, for two."""
    condition = ConditionFactory(kind="scientific-event", seats=2)
    place = {"partner": condition.partner, "condition": condition, "elsewhere": "", "host_reason": ""}
    return EventFactory(places=2, starts=date(2027, 6, 1), ends=date(2027, 6, 5), **place)


def turn(event, **values):
    asked = {"code": "E27-1", "deadline": date(2027, 4, 1), "template": None} | values
    return competition.turn_into_call(event=event, by=event.owner, at=AT, **asked)


def test_an_event_becomes_a_call_and_nothing_is_typed_twice(event):
    call = turn(event)
    place = call.destinations.get()
    assert (call.kind, call.title_ru, call.academic_year, call.owner) == (
        "scientific-event", event.title, "2026/2027", event.owner,
    )  # fmt: skip
    assert call.costs_en == "the host pays: lodging and meals; students pay: the fare"
    assert call.replaces_en == "Nothing in the curriculum: it is a students' event."
    assert (place.seats, place.starts, place.ends, place.condition) == (2, event.starts, event.ends, event.condition)
    event.refresh_from_db()
    assert (event.state, event.call, call.is_draft) == ("competed", call, True)
    assert code_of(turn, event=event) == "moved-on"


def test_why_an_event_cannot_become_a_call(event):
    assert code_of(turn, event=event, deadline=date(2027, 5, 30)) == "no-time"
    assert code_of(turn, event=EventFactory()) == "no-condition"
    assert code_of(turn, event=TeamMemberFactory(event=event).event) == "team-named"
    assert not Call.objects.exists()


def test_an_event_of_before_its_condition_finds_it_by_itself():
    condition = ConditionFactory(kind="scientific-event", seats=2)
    place = {"partner": condition.partner, "elsewhere": "", "host_reason": "By invitation."}
    event = EventFactory(places=2, starts=date(2027, 6, 1), ends=date(2027, 6, 5), **place)
    turn(event)
    event.refresh_from_db()
    assert (event.condition, event.state, event.host_reason) == (condition, "competed", "By invitation.")


def test_without_a_condition_the_page_says_what_is_missing_and_leads_there(client):
    officer = RoleFactory(kind=RoleKind.IR_OFFICER, person=UserFactory()).person
    client.force_login(officer)
    condition = ConditionFactory(kind="practical-training")
    event = EventFactory(
        places=3, partner=condition.partner, elsewhere="", starts=date(2027, 6, 1), ends=date(2027, 6, 5)
    )
    page = client.get(reverse("event-to-call", args=[event.pk]))
    [(_words, way)] = page.context["missing"].ways
    assert way.startswith(reverse("condition-add", args=[condition.agreement_id]))
    assert "<button" not in page.content.decode().partition("<main")[2].partition("</main")[0]
    form = client.get(way).context["form"]
    entered = {name: form[name].initial for name in ("partner", "direction", "kind", "seats", "weeks")}
    assert {name: str(value) for name, value in entered.items()} == {
        "partner": str(condition.partner_id), "direction": "outgoing", "kind": "scientific-event", "seats": "3",
        "weeks": "1",
    }  # fmt: skip


def ways_on(client, event):
    client.force_login(RoleFactory(kind=RoleKind.IR_OFFICER, person=UserFactory()).person)
    missing = client.get(reverse("event-to-call", args=[event.pk])).context["missing"]
    return [address for _words, address in missing.ways]


def test_without_an_agreement_the_page_leads_to_a_new_one(client):
    event = EventFactory(partner=InstitutionFactory(), elsewhere="")
    assert ways_on(client, event) == [reverse("agreement-new")]


def test_whoever_is_no_partner_is_added_from_there_with_what_is_known(client):
    event = EventFactory(country="PL", city="Kraków")
    added, *then = ways_on(client, event)
    assert then == [reverse("agreement-new"), reverse("event-edit", args=[event.pk])]
    form = client.get(added).context["adminform"].form
    assert (form["country"].value(), form["city"].value()) == ("PL", "Kraków")


def test_an_event_is_taken_back_as_long_as_its_call_is_a_draft(event):
    wish = TeamMemberFactory(event=event, state="put-forward")
    call = turn(event)
    assert code_of(calls.remove, call=call, by=event.owner) == "in-use"
    competition.take_back(event=event, by=event.owner, at=AT)
    event.refresh_from_db()
    wish.refresh_from_db()
    assert (event.state, event.call, wish.state, Call.objects.count()) == ("announced", None, "put-forward", 0)
    assert code_of(competition.take_back, event=event, by=event.owner, at=AT) == "moved-on"
    opened = EventFactory(state="competed", call=CallFactory())
    assert code_of(competition.take_back, event=opened, by=event.owner, at=AT) == "opened"


def test_called_off_it_takes_the_draft_along(event):
    turn(event)
    events.cancel(event=event, reason="The host has no room.", by=event.owner, at=AT)
    event.refresh_from_db()
    assert (event.state, event.call, Call.objects.count()) == ("cancelled", None, 0)


def test_called_off_it_calls_its_open_call_off_and_the_applicants_are_told(event):
    turn(event)
    call = CallFactory(kind="scientific-event")
    Event.objects.filter(pk=event.pk).update(call=call)  # as if it were the event's, opened
    application = ApplicationFactory(call=call)
    Letter.objects.all().delete()
    events.cancel(event=event, reason="The host has no room.", by=event.owner, at=AT)
    event.refresh_from_db()
    call.refresh_from_db()
    assert (event.state, event.call, call.called_off_because) == ("cancelled", call, "The host has no room.")
    assert [letter.recipient for letter in Letter.objects.filter(subject__startswith="Called off")] == [
        application.student.email
    ]
    assert code_of(submissions.submit, application=application, by=application.student, at=AT) == "called-off"


def test_the_winners_of_the_call_are_the_team(event, client):
    event.wishes_until = event.starts
    event.save()
    call = turn(event)
    event.refresh_from_db()
    assert code_of(competition.take_winners, event=event, by=event.owner, at=AT) == "no-winners"
    offer = OfferFactory(application__call=call, destination=call.destinations.get())
    answers.confirm(offer=offer, by=offer.application.student, at=offer.made_at)
    officer = RoleFactory(kind=RoleKind.IR_OFFICER).person
    assert list(turns.turns(officer, on=AT.date())[turns.WINNERS]) == [event]
    OfferFactory(application__call=call, destination=call.destinations.get(), state=Offer.State.OPEN)
    assert list(turns.turns(officer, on=AT.date())[turns.WINNERS]) == []  # one may still say yes
    client.force_login(officer)
    asked = client.get(reverse("event-winners", args=[event.pk])).content.decode()
    assert "1 winner has not answered yet and is not among them." in asked
    competition.take_winners(event=event, by=event.owner, at=offer.made_at)
    assert list(event.members.values_list("person", "state")) == [(offer.application.student_id, "confirmed")]
    assert Event.objects.get().wishes_until is None
    decisions.approve(event=event, by=event.owner, at=offer.made_at)
    assert Flow.objects.get(source=f"events.event/{event.pk}").planned_people == 1


@pytest.fixture
def result():
    return ResultFactory(member__event__state="closed", day=date(2027, 3, 1))


@pytest.fixture
def application(result):
    return ApplicationFactory(student=result.member.person)


def claim(result, application):
    by = application.student
    return achievements.claim(result=result, application=application, kind="talk-national", by=by, at=IN_TIME)


def test_a_result_is_claimed_once_with_its_paper(result, application):
    assert [one.note for one in read.offered(application)] == [result.member.event.title]
    made = claim(result, application)
    assert (made.title, made.day, [one.file for one in made.evidence.all()]) == (
        result.title, result.day, [result.file],
    )  # fmt: skip
    assert (read.offered(application), code_of(claim, result=result, application=application)) == (
        [],
        "claimed-already",
    )


def test_it_is_vouched_for_as_long_as_it_says_what_the_report_says(result, application):
    made = claim(result, application)
    assert read.vouched([made]) == {made.pk: f"Verified by the report of “{result.member.event}”: diploma."}
    made.title = "Diploma of another degree"
    assert read.vouched([made]) == {}


def test_nobody_claims_what_is_not_verified_or_another_s(result, application):
    assert code_of(claim, result=ResultFactory(), application=application) == "not-verified"
    assert code_of(claim, result=result, application=ApplicationFactory()) == "not-verified"


def test_the_application_offers_it_and_asks_only_what_it_counts_as(client, result):
    call = CallFactory(opens_at=timezone.now() - timedelta(days=1))
    now = timezone.now()
    application = ApplicationFactory(student=result.member.person, call=call, started_at=now, saved_at=now)
    client.force_login(application.student)
    page = client.get(reverse("application-claims", args=[application.number])).content.decode()
    address = reverse("result-claim", args=[result.pk, application.number])
    assert address in page
    form = client.get(address).context["form"]
    assert (list(form.fields), form.fields["kind"].choices[0]) == (["kind"], ("", "Choose one"))


def test_an_officer_turns_the_event_on_one_page(client, event):
    officer = RoleFactory(kind=RoleKind.IR_OFFICER, person=UserFactory()).person
    client.force_login(officer)
    address = reverse("event-to-call", args=[event.pk])
    initial = client.get(address).context["form"].initial
    answer = client.post(address, {"code": initial["code"], "deadline": "2027-04-01"})
    assert answer.url == reverse("call-desk", args=[Call.objects.get().code])
