"""Whoever was named and is silent is reminded once, in their own language, before the last day to answer."""

from datetime import UTC, date, datetime, timedelta

import pytest

from mobility.events.actions import reminders, team
from mobility.events.models import Event, TeamMember
from mobility.people.models import CalendarDay
from mobility.people.tests.factories import StudentFactory, UserFactory
from mobility.post import schedule
from mobility.post.models import Letter

from .factories import AT, EventFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db
BEFORE_THE_LAST_DAY = datetime(2026, 11, 25, 0, 5, tzinfo=UTC)


def named(**values):
    values = {"language": "ru"} | values
    return team.name(event=EventFactory(), people=[StudentFactory(**values)], permission="", by=UserFactory(), at=AT)[0]


def remind(at=BEFORE_THE_LAST_DAY):
    before = set(Letter.objects.values_list("pk", flat=True))
    reminders.remind_of_answers(at=at)
    return list(Letter.objects.exclude(pk__in=before).values_list("recipient", flat=True))


def test_three_working_days_are_given_and_never_the_event_s_own():
    assert named().answer_by == date(2026, 11, 26)  # AT is a Monday
    CalendarDay.objects.create(day=date(2026, 11, 25), kind="day-off")
    assert named().answer_by == date(2026, 11, 27)
    soon = EventFactory(starts=date(2026, 11, 25), ends=date(2026, 11, 26))
    assert team.last_day_to_answer(soon, at=AT) == date(2026, 11, 24)


def test_the_silent_are_reminded_once_on_the_day_before():
    silent = named()
    assert remind(BEFORE_THE_LAST_DAY - timedelta(days=1)) == []
    assert remind() == [silent.person.email]
    assert remind() == remind(BEFORE_THE_LAST_DAY + timedelta(days=1)) == []
    silent.refresh_from_db()
    assert silent.reminded_at == BEFORE_THE_LAST_DAY


def test_whoever_is_asked_to_step_in_is_reminded_too():
    stand_in = TeamMemberFactory(state="stand-in", event__state="ordered", answer_by=date(2026, 11, 26))
    assert remind() == [stand_in.person.email]


@pytest.mark.parametrize("state", ["confirmed", "declined", "taken-off"])
def test_nobody_is_reminded_of_what_they_answered(state):
    member = named()
    TeamMember.objects.filter(pk=member.pk).update(state=state, answered_at=AT, answered_by=member.person, reason="x")
    assert remind() == []


def test_nobody_is_reminded_of_what_was_called_off_or_has_begun():
    off, begun = named(), named()
    Event.objects.filter(pk=off.event_id).update(state="cancelled")
    Event.objects.filter(pk=begun.event_id).update(starts=date(2026, 11, 24))
    assert remind() == []


def test_the_letter_speaks_the_student_s_language():
    named(language="be")
    Letter.objects.all().delete()
    remind()
    letter = Letter.objects.get()
    assert (letter.language, "26\xa0лістапада" in letter.text) == ("be", True)


def test_whoever_has_no_address_stops_nobody():
    TeamMember.objects.filter(pk=named().pk).update(answer_by=date(2026, 11, 26))
    person = named().person
    silent = TeamMember.objects.exclude(person=person).get()
    type(silent.person).objects.filter(pk=silent.person_id).update(is_active=False)
    assert remind() == [person.email]


def test_named_anew_one_is_reminded_anew():
    member = named()
    assert remind() == [member.person.email]
    team.decline(member=member, by=member.person, at=BEFORE_THE_LAST_DAY)
    later = BEFORE_THE_LAST_DAY + timedelta(days=7)
    team.name(event=member.event, people=[member.person], permission="", by=UserFactory(), at=later)
    assert remind(later + timedelta(days=4)) == [member.person.email]


def test_it_is_a_daily_job():
    assert [job.every for job in schedule.jobs() if job.path.endswith("reminders.remind_of_answers")] == [
        timedelta(days=1)
    ]


def test_the_office_that_named_a_student_is_told_of_a_refusal():
    member = named()
    office = member.named_by
    Letter.objects.all().delete()
    team.decline(member=member, by=member.person, at=AT)
    letter = Letter.objects.get()
    assert (letter.recipient, str(member.person) in letter.text) == (office.email, True)
    on_paper = named()
    Letter.objects.all().delete()
    team.decline(member=on_paper, by=on_paper.named_by, at=AT)
    assert Letter.objects.count() == 0
