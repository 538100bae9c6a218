import pytest

from mobility.events.models import Event

from .factories import EventFactory, TeamMemberFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("text", ["olympiad", "ACADEMY OF FISH", "gomel", "100%"])
def test_an_event_is_found_by_its_title_its_host_or_its_city(text):
    event = EventFactory(title="Olympiad in anatomy, 100%", elsewhere="Academy of Fish", city="Gomel")
    EventFactory(title="A run, 100 m", elsewhere="A club", city="Brest")
    assert list(Event.objects.search(text)) == [event]


def test_a_team_is_counted_by_what_its_members_have_said():
    event = EventFactory(places=5)
    for state in ("named", "confirmed", "confirmed", "put-forward", "declined"):
        TeamMemberFactory(event=event, state=state)
    EventFactory()
    counted = Event.objects.with_team().order_by("pk").values_list("team", "agreed", "wishes")
    assert list(counted) == [(3, 2, 1), (0, 0, 0)]


def test_a_faculty_sees_what_it_may_name_for_and_what_its_students_are_in():
    member = TeamMemberFactory(event__state="closed", state="confirmed")
    EventFactory(state="closed")
    open_to_all = EventFactory(state="announced")
    assert set(Event.objects.of_faculties([member.faculty_id])) == {member.event, open_to_all}


def test_an_event_knows_the_faculties_of_its_students_whatever_is_saved():
    event, other = EventFactory(), EventFactory()
    first, second = (TeamMemberFactory(event=event, state="put-forward") for _n in range(2))
    event.save()  # as it was read before there was anybody
    event.refresh_from_db()
    assert event.faculties == sorted([first.faculty_id, second.faculty_id])
    type(first).objects.filter(pk=first.pk).update(event=other)
    second.delete()
    for one, faculties in ((event, []), (other, [first.faculty_id])):
        one.refresh_from_db()
        assert one.faculties == faculties
