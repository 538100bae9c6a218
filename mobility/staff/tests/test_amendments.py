from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mobility.people.models import Absence, RoleKind
from mobility.people.tests.factories import AbsenceFactory, RoleFactory, UserFactory
from mobility.staff.actions import amendments, decisions
from mobility.staff.models import Activity, Amendment, State

from .factories import AT, ActivityFactory, AmendmentFactory

pytestmark = pytest.mark.django_db
NEW = {"starts": date(2027, 3, 8), "ends": date(2027, 3, 12), "reason": "It was put off."}
ORDER = {"number": "16-к", "day": date(2026, 11, 23), "at": AT}


def code_of(action, **values):
    with pytest.raises(ValidationError) as refusal:
        action(**values)
    found = refusal.value
    return next(iter(found.error_dict.values()))[0].code if hasattr(found, "error_dict") else found.code


def test_a_change_is_asked_for_endorsed_approved_and_ordered():
    activity, by = ActivityFactory(state="ordered"), UserFactory()
    change = amendments.ask(activity=activity, by=activity.person, at=AT, **NEW)
    amendments.endorse(change=change, by=by, at=AT)
    amendments.approve(change=change, by=by, at=AT)
    assert Activity.objects.get().starts == date(2027, 3, 1)
    amendments.issue(change=change, by=by, **ORDER)
    changed = Activity.objects.get()
    assert (changed.starts, changed.ends, changed.report_due) == (NEW["starts"], NEW["ends"], date(2027, 3, 26))
    assert Absence.objects.get().starts == NEW["starts"]
    assert list(change.steps.values_list("kind", flat=True)) == [
        "change-proposed", "change-endorsed", "change-approved", "change-ordered",
    ]  # fmt: skip


def test_one_change_at_a_time_and_only_a_change():
    activity = ActivityFactory(state="ordered")
    same = {"activity": activity, "by": activity.person, "at": AT}
    unchanged = NEW | {"starts": activity.starts, "ends": activity.ends}
    assert code_of(amendments.ask, **same, **unchanged) == "no-change"
    amendments.ask(**same, **NEW)
    with pytest.raises(ValidationError, match="on its way"):
        amendments.ask(**same, **NEW)
    assert Amendment.objects.count() == 1


def test_a_head_s_own_change_waits_for_the_rector():
    head = RoleFactory(kind=RoleKind.HEAD_OF_DEPARTMENT).person
    activity = ActivityFactory(state="ordered", person=head, department=head.roles[0].department)
    assert amendments.ask(activity=activity, by=head, at=AT, **NEW).state == "endorsed"


def test_a_second_press_is_refused():
    change, by = AmendmentFactory(), UserFactory()
    amendments.refuse(change=change, reason="No.", by=by, at=AT)
    assert code_of(amendments.endorse, change=change, by=by, at=AT) == "moved-on"


def test_days_that_are_taken_meanwhile_refuse_the_order():
    change = AmendmentFactory(state="approved")
    AbsenceFactory(person=change.activity.person, kind="event", starts=date(2027, 3, 12), ends=date(2027, 3, 14))
    assert code_of(amendments.issue, change=change, by=UserFactory(), **ORDER) == "away-already"
    assert Activity.objects.get().starts == date(2027, 3, 1)


def test_somebody_under_way_who_stays_at_home_longer_is_not_away():
    change = AmendmentFactory(state="approved", activity__state="under-way", activity__starts=date(2026, 11, 20),
                              activity__ends=date(2026, 11, 25))  # fmt: skip
    amendments.issue(change=change, by=UserFactory(), **ORDER)
    assert Activity.objects.get().state == State.ORDERED


def test_a_change_on_its_way_ends_with_the_trip():
    change = AmendmentFactory(state="endorsed", activity__state="ordered")
    decisions.cancel(activity=change.activity, reason="The congress is put off.", by=UserFactory(), at=AT)
    assert Amendment.objects.get().state == "refused"
    assert list(Amendment.objects.turn_of(RoleFactory(kind=RoleKind.RECTOR).person)) == []
