"""What nobody settled ends when the event begins; whoever confirmed in time travels."""

from datetime import UTC, datetime, timedelta

import pytest

from mobility.events.actions import competition, events, lapses, team
from mobility.events.models import TeamMember
from mobility.people.models import Absence
from mobility.people.tests.factories import StudentFactory, UserFactory
from mobility.post import schedule
from mobility.post.models import Letter
from partners.tests.factories import ConditionFactory

from .factories import AT, EventFactory, TeamMemberFactory
from .test_actions import agree, codes_of, named

pytestmark = pytest.mark.django_db
FIRST_DAY = datetime(2027, 3, 1, 0, 5, tzinfo=UTC)


def states(event):
    return list(TeamMember.objects.filter(event=event).order_by("pk").values_list("state", flat=True))


def test_silence_until_departure_frees_the_place_and_the_days():
    event = EventFactory()
    confirmed, silent = named(event, StudentFactory(), StudentFactory())
    agree(confirmed)
    Letter.objects.all().delete()
    lapses.let_go_of_the_unsettled(at=FIRST_DAY - timedelta(days=1))
    assert states(event) == ["confirmed", "named"]
    lapses.let_go_of_the_unsettled(at=FIRST_DAY)
    lapses.let_go_of_the_unsettled(at=FIRST_DAY)
    event.refresh_from_db()
    assert (states(event), event.state) == (["confirmed", "lapsed"], "confirmed")
    assert list(Absence.objects.values_list("person", flat=True)) == [confirmed.person_id]
    assert list(Letter.objects.values_list("recipient", flat=True)) == [silent.person.email]
    step = event.steps.last()
    assert (step.kind, step.by, step.member_id) == ("lapsed", None, silent.pk)


@pytest.mark.parametrize(
    ("was", "becomes"), [("stand-in", "lapsed"), ("ready", "lapsed"), ("put-forward", "not-chosen")]
)
def test_stand_ins_and_wishes_end_with_it(was, becomes):
    member = TeamMemberFactory(event__state="ordered", state=was)
    events.hold_days(member.event, member.person)
    lapses.let_go_of_the_unsettled(at=FIRST_DAY)
    member.refresh_from_db()
    member.event.refresh_from_db()
    assert (member.state, member.event.state, Absence.objects.count()) == (becomes, "ordered", 0)


@pytest.mark.parametrize("state", ["cancelled", "refused"])
def test_what_was_called_off_is_left_as_it_is(state):
    member = TeamMemberFactory(event__state=state)
    lapses.let_go_of_the_unsettled(at=FIRST_DAY)
    assert (states(member.event), Letter.objects.count()) == (["named"], 0)


def test_nobody_is_named_once_it_has_begun():
    member = TeamMemberFactory(state="put-forward")
    asked = {"event": member.event, "people": [member.person], "permission": "", "by": UserFactory()}
    assert codes_of(team.name, **asked, at=FIRST_DAY) == ["begun"]
    assert len(team.name(**asked, at=FIRST_DAY - timedelta(days=1))) == 1


def test_whoever_still_hopes_is_told_that_it_is_called_off():
    event = EventFactory()
    hoping = [TeamMemberFactory(event=event, state=state) for state in ("put-forward", "named", "confirmed")]
    TeamMemberFactory(event=event, state="not-chosen")
    events.cancel(event=event, reason="The host has no room.", by=event.owner, at=AT)
    assert sorted(Letter.objects.values_list("recipient", flat=True)) == sorted(one.person.email for one in hoping)


def test_wishes_end_where_a_competition_decides_and_each_is_told():
    condition = ConditionFactory(kind="scientific-event", seats=4)
    event = EventFactory(partner=condition.partner, condition=condition, elsewhere="", host_reason="")
    wish = TeamMemberFactory(event=event, state="put-forward")
    Letter.objects.all().delete()
    asked = {"code": "E27-1", "deadline": AT.date() + timedelta(days=30), "template": None}
    competition.turn_into_call(event=event, **asked, by=event.owner, at=AT)
    letter = Letter.objects.get()
    assert (states(event), letter.recipient) == (["not-chosen"], wish.person.email)
    assert "The team is chosen by a competition now. Apply when its call opens." in letter.text


def test_it_is_a_daily_job():
    assert [job.every for job in schedule.jobs() if job.path.endswith("let_go_of_the_unsettled")] == [timedelta(days=1)]
