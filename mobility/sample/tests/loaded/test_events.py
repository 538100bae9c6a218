from collections import Counter
from datetime import UTC, datetime

from mobility.events.models import IN_TEAM, Event, Result, Step, Substitution, TeamMember
from mobility.people.models import Absence


def test_two_years_of_events_in_every_state_of_their_own_way():
    assert Counter(Event.objects.values_list("state", flat=True)) == {
        "closed": 13, "announced": 2, "ordered": 2, "named": 1, "confirmed": 1, "approved": 1, "decided": 1,
        "away": 1, "report-due": 1, "reported": 1, "cancelled": 1, "refused": 1,
        "competed": 1,
    }  # fmt: skip
    assert TeamMember.objects.put_forward().exists()
    assert Event.objects.in_states("announced").exclude(condition=None).count() == 1  # it can be turned into a call
    assert (Result.objects.exists(), Substitution.objects.count()) == (True, 1)
    assert not Step.objects.filter(at__gt=datetime(2026, 11, 23, 7, tzinfo=UTC)).exists()


def test_whoever_is_in_a_team_has_the_days_kept():
    on = TeamMember.objects.filter(state__in=(*IN_TEAM, "stand-in")).exclude(event__state__in=("cancelled", "refused"))
    assert Absence.objects.filter(kind="event").count() == on.count()
