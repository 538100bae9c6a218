"""An invitation on Monday becomes a signed order by clicking; who sees whom; what a refusal says on the page."""

from datetime import date

import pytest
from django.urls import reverse

from mobility.calls.tests.factories import CallFactory
from mobility.events.models import Event, Result, TeamMember
from mobility.people.models import RoleKind
from mobility.people.tests.factories import FacultyFactory, RoleFactory, SanctionFactory, StudentFactory
from mobility.web.tests.queries import asked_by, assert_same_at_1_and_3

from .factories import AT, EventFactory, ResultFactory, StepFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db

INVITATION = {
    "kind": "sports-event",
    "title": "Universities' cup in volleyball",
    "elsewhere": "Academy of Examples",
    "country": "KZ",
    "city": "Almaty",
    "host_reason": "An open tournament.",
    "starts": "2027-03-01",
    "ends": "2027-03-05",
    "places": "2",
    "host_pays": "lodging",
    "invited_on": "2026-11-20",
}


@pytest.fixture
def faculty():
    return FacultyFactory()


@pytest.fixture
def as_who(client):
    """as_who(person) → a client where that person has signed in."""

    def sign_in(person):
        client.force_login(person)
        return client

    return sign_in


def role(kind, **also):
    return RoleFactory(kind=kind, **also).person


def address(name, *arguments):
    return reverse(name, args=arguments)


def test_an_invitation_becomes_a_signed_order_by_clicking(as_who, faculty):
    """Eleven screens, by five people; nothing is typed twice."""
    officer, rector = role(RoleKind.IR_OFFICER), role(RoleKind.RECTOR)
    dean = role(RoleKind.DEANS_OFFICE, faculty=faculty)
    players = [StudentFactory(student__faculty=faculty, student__group="1402") for _number in range(2)]
    as_who(officer).post(address("event-new"), INVITATION | {"owner": officer.pk})
    event = Event.objects.get()
    found = as_who(dean).get(address("event-name", event.pk), {"q": "1402"}).context["found"]
    assert [row["person"] for row in found] == players
    as_who(dean).post(address("event-name", event.pk), {"person": [one.pk for one in players]})
    for player in players:
        page = as_who(player).get(address("event-detail", event.pk))
        assert page.context["mine"]["answer"]
        as_who(player).post(address("event-answer", event.pk))
    assert as_who(officer).get(address("event-detail", event.pk)).context["next"]["label"] == "Approve the team"
    as_who(officer).post(address("event-approve", event.pk))
    assert as_who(rector).get(address("event-detail", event.pk)).context["next"]["label"] == "Decide"
    as_who(rector).post(address("event-decide", event.pk))
    draft = as_who(officer).get(f"/events/{event.pk}/order-draft.pdf")
    assert draft["Content-Type"] == "application/pdf"
    as_who(officer).post(address("event-order", event.pk), {"number": "117-м", "day": "2026-11-20", "language": "be"})
    event.refresh_from_db()
    assert (event.state, event.orders.get().document.number) == ("ordered", "117-м")
    assert event.orders.get().document.language == "be"


def test_a_student_who_may_not_go_has_the_reason_instead_of_a_box(as_who, faculty):
    dean, event = role(RoleKind.DEANS_OFFICE, faculty=faculty), EventFactory()
    student = StudentFactory(student__faculty=faculty, student__group="77")
    SanctionFactory(person=student, what="reprimand")
    page = as_who(dean).get(address("event-name", event.pk), {"q": "77"}).content.decode()
    assert "Under a disciplinary sanction: reprimand." in page
    assert f'value="{student.pk}"' not in page
    answer = as_who(dean).post(address("event-name", event.pk), {"person": [student.pk]}).content.decode()
    assert f"{student}: Under a disciplinary sanction: reprimand." in answer


def test_a_dean_s_office_names_its_own_students_alone(as_who, faculty):
    dean, event, stranger = role(RoleKind.DEANS_OFFICE, faculty=faculty), EventFactory(), StudentFactory()
    page = as_who(dean).post(address("event-name", event.pk), {"person": [stranger.pk]})
    assert page.context["form"].errors != {}
    assert not TeamMember.objects.exists()


def test_a_dean_s_office_reads_no_names_of_other_faculties(as_who, faculty):
    dean = role(RoleKind.DEANS_OFFICE, faculty=faculty)
    member = TeamMemberFactory(state="confirmed")
    StepFactory(event=member.event, member=member, kind="confirmed", by=member.person)
    page = as_who(dean).get(address("event-detail", member.event_id)).content.decode()
    assert str(member.person) not in page
    assert "1 of 4 places are taken." in page


def test_a_visitor_reads_the_event_and_no_names(client):
    member = TeamMemberFactory(state="confirmed", event__wishes_until=date(2099, 1, 1), event__starts=date(2099, 3, 1),
                               event__ends=date(2099, 3, 5))  # fmt: skip
    page = client.get(address("event-detail", member.event_id)).content.decode()
    assert member.event.title in page
    assert "Sign in to do so" in page
    assert str(member.person) not in page
    assert member.event.title in client.get(address("event-list")).content.decode()


def test_a_second_press_finds_what_the_first_has_done(as_who):
    event = TeamMemberFactory(state="confirmed", event__state="confirmed").event
    officer = role(RoleKind.IR_OFFICER)
    first = as_who(officer).post(address("event-approve", event.pk))
    second = as_who(officer).post(address("event-approve", event.pk))
    assert (first.status_code, second.status_code) == (302, 302)
    told = [str(one) for one in as_who(officer).get(second.url).context["messages"]]
    assert told[-1] == (
        "This was done already, or moved on meanwhile. Where it stands now: Waits for the rector's decision."
    )
    assert event.steps.filter(kind="approved").count() == 1


def test_a_second_removal_of_a_result_is_told_in_words(as_who):
    result = ResultFactory()
    client = as_who(role(RoleKind.IR_OFFICER))
    path = address("event-result-remove", result.member.event_id, result.pk)
    answers = [client.post(path).url for _press in range(2)]
    assert answers == [address("event-detail", result.member.event_id)] * 2
    assert not Result.objects.exists()


def test_a_second_answer_tells_the_student_where_they_stand(as_who):
    member = TeamMemberFactory(state="confirmed", event__state="named")
    page = as_who(member.person).get(address("event-answer", member.event_id), follow=True)
    told = "This was done already, or moved on meanwhile. Where it stands now: You are in the team."
    assert [str(one) for one in page.context["messages"]] == [told]


def test_a_draft_speaks_the_language_that_was_asked(as_who):
    event = TeamMemberFactory(state="confirmed", event__state="decided").event
    client = as_who(role(RoleKind.IR_OFFICER))
    drafts = {
        code: client.get(f"/events/{event.pk}/order-draft.docx", {"language": code}) for code in ("en", "be", "xx")
    }
    names = {code: draft["Content-Disposition"] for code, draft in drafts.items()}
    assert names["en"] == names["xx"] != names["be"]


def test_what_was_called_off_says_why_on_top(as_who):
    member = TeamMemberFactory(state="confirmed", event__state="cancelled")
    StepFactory(event=member.event, kind="cancelled", reason="The host is closed.")
    page = as_who(member.person).get(address("event-detail", member.event_id))
    assert page.context["ended"].reason == "The host is closed."


def test_several_are_found_at_once(as_who, faculty):
    dean, event = role(RoleKind.DEANS_OFFICE, faculty=faculty), EventFactory()
    wanted = [StudentFactory(student__faculty=faculty, student__group=group) for group in ("1", "2")]
    StudentFactory(student__faculty=faculty, student__group="3")
    found = as_who(dean).get(address("event-name", event.pk), {"q": f"1, {wanted[1].family_name},"}).context["found"]
    assert {row["person"] for row in found} >= set(wanted)
    assert as_who(dean).get(address("event-name", event.pk), {"q": " , "}).context["found"] == []


def test_a_board_of_a_thousand_asks_as_much_as_of_one(as_who):
    client = as_who(role(RoleKind.IR_OFFICER))
    owner = EventFactory().owner
    client.get(address("event-board"))
    one = asked_by(lambda: client.get(address("event-board")))
    rows = [EventFactory.build(owner=owner, title=f"Cup {number}", since=AT) for number in range(999)]
    Event.objects.bulk_create(rows)
    many = asked_by(lambda: client.get(address("event-board")))
    assert (many.queries, many.repeated) == (one.queries, [])
    assert many.rows <= 120  # a page of fifty, what the frame reads, and the filters' choices


def test_who_accompanies_is_found_by_the_words_typed(as_who):
    teacher = RoleFactory(kind=RoleKind.TEACHING_STAFF, person__family_name="Петрова").person
    officer = role(RoleKind.IR_OFFICER)
    entered = INVITATION | {"owner": officer.pk, "chaperone": "петрова"}
    RoleFactory(kind=RoleKind.TEACHING_STAFF, person__family_name="Петровский")
    several = as_who(officer).post(address("event-new"), entered | {"chaperone": "петров"})
    assert [error.code for error in several.context["form"].errors.as_data()["chaperone"]] == ["many"]
    as_who(officer).post(address("event-new"), entered)
    assert Event.objects.get().chaperone == teacher


@pytest.mark.parametrize("name", ["event-board", "event-list"])
def test_a_list_asks_as_much_for_1_event_as_for_3(as_who, name):
    client = as_who(role(RoleKind.IR_OFFICER))
    assert_same_at_1_and_3(
        lambda: client.get(address(name)),
        add=lambda: TeamMemberFactory(event__starts=date(2099, 3, 1), event__ends=date(2099, 3, 5)),
    )


def test_a_name_that_fits_nobody_is_said(as_who, faculty):
    found = StudentFactory(student__faculty=faculty, student__group="1402")
    dean, event = role(RoleKind.DEANS_OFFICE, faculty=faculty), EventFactory()
    page_of = as_who(dean).get(address("event-name", event.pk), {"q": "1402, Nobody Here"})
    assert [row["person"] for row in page_of.context["found"]] == [found]
    assert "Nobody of yours is found for: Nobody Here." in page_of.content.decode()


def test_a_permission_that_is_needed_is_not_called_optional(as_who):
    member = TeamMemberFactory(permission="parents")
    answered = as_who(member.person).post(address("event-answer", member.event_id))
    assert answered.context["form"].errors == {"permission_file": ["Attach the signed permission of the parents."]}
    assert answered.context["form"].fields["permission_file"].required


def test_a_silent_student_reads_what_silence_means(as_who, faculty):
    member = TeamMemberFactory(answer_by=date(2026, 11, 20), faculty=faculty)
    told = as_who(member.person).get(address("event-detail", member.event_id)).content.decode()
    assert "You were asked to answer by 20\xa0November\xa02026. You still can, until" in told
    dean = role(RoleKind.DEANS_OFFICE, faculty=faculty)
    assert (
        "no answer by 20\xa0November\xa02026"
        in as_who(dean).get(address("event-detail", member.event_id)).content.decode()
    )


@pytest.mark.parametrize(("state", "word"), [("named", "With your dean's office"), ("cancelled", ""), ("competed", "")])
def test_one_s_own_place_is_said_while_it_counts(as_who, state, word):
    call = {"call": CallFactory()} if state == "competed" else {}
    member = TeamMemberFactory(state="put-forward", event=EventFactory(state=state, **call))
    shown = as_who(member.person).get(address("event-detail", member.event_id))
    assert shown.context["mine"]["word"] == word


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"wishes_until": date(2026, 11, 20)}, "students put themselves forward until 20 November 2026."),
        ({"wishes_until": date(2027, 2, 1), "state": "approved"}, "With the rector."),
    ],
)
def test_whoever_puts_themselves_forward_too_late_is_told_so(as_who, values, told):
    event, student = EventFactory(**values), role(RoleKind.STUDENT)
    late = as_who(student).post(address("event-wish", event.pk), {"why": "I spoke there."}, follow=True)
    assert late.redirect_chain == [(event.get_absolute_url(), 302)]
    [said] = late.context["messages"]
    assert str(said).replace("\xa0", " ").partition("now: ")[2] == told
