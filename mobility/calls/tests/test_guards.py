"""What the database refuses, whoever writes; and that two writers at once cannot give the same seat out twice."""

from threading import Barrier, Event, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from mobility.calls.models import Call, Destination, Quota, RulesVersion
from mobility.people.tests.factories import FacultyFactory, UserFactory
from partners.tests.factories import ConditionFactory, ConfirmedSeatsFactory

from .factories import OPENS, CallFactory, DestinationFactory, QuotaFactory, RulesVersionFactory, plain_rules

pytestmark = pytest.mark.django_db(transaction=True)
SOON = 20


def refusal_of(act, **fields):
    with pytest.raises(IntegrityError) as refusal, transaction.atomic():
        act(**fields)
    return refusal.value.__cause__.diag.constraint_name


def draft(**fields):
    return CallFactory(opened_at=None, opened_by=None, **fields)


def test_quotas_keep_within_their_destination():
    destination = DestinationFactory(seats=4)
    quota = QuotaFactory(destination=destination, seats=3)
    assert refusal_of(QuotaFactory, destination=destination, seats=2) == "quotas_within_their_destination"
    assert refusal_of(Quota.objects.filter(pk=quota.pk).update, seats=5) == "quotas_within_their_destination"
    assert (
        refusal_of(Destination.objects.filter(pk=destination.pk).update, seats=2) == "quotas_within_their_destination"
    )
    QuotaFactory(destination=destination, seats=1)
    assert sum(Quota.objects.values_list("seats", flat=True)) == 4


def test_destinations_of_all_calls_of_a_year_keep_within_their_condition():
    condition = ConditionFactory(seats=5)
    first = DestinationFactory(condition=condition, seats=3)
    refused = "destinations_within_their_condition"
    assert refusal_of(DestinationFactory, condition=condition, seats=3) == refused
    assert refusal_of(Destination.objects.filter(pk=first.pk).update, seats=6) == refused
    other = DestinationFactory(condition=condition, seats=5, call=draft(academic_year="2027/2028"))
    assert refusal_of(Call.objects.filter(pk=other.call_id).update, academic_year="2026/2027") == refused
    DestinationFactory(condition=condition, seats=2)


def test_the_latest_letter_of_the_year_counts():
    condition = ConditionFactory(seats=5)
    ConfirmedSeatsFactory(condition=condition, academic_year="2025/2026", seats=1)
    ConfirmedSeatsFactory(condition=condition, academic_year="2026/2027", seats=8)
    destination = DestinationFactory(condition=condition, seats=7)
    ConfirmedSeatsFactory(condition=condition, academic_year="2026/2027", seats=6)
    assert refusal_of(Destination.objects.filter(pk=destination.pk).update, seats=8) == (
        "destinations_within_their_condition"
    )
    assert Destination.objects.filter(pk=destination.pk).update(seats=6) == 1


def test_an_opened_call_keeps_what_its_applicants_relied_on():
    call = CallFactory()
    for change in ({"code": "other"}, {"release": "open"}, {"seed": "other"}, {"opened_at": None, "opened_by": None}):
        assert refusal_of(Call.objects.filter(pk=call.pk).update, **change) == "opened_call_is_frozen"
    assert Call.objects.filter(pk=call.pk).update(title_en="Another title") == 1


def test_a_call_opens_with_frozen_rules_only():
    call = draft(rules=False)
    opening = {"opened_at": OPENS, "opened_by": call.owner}
    assert refusal_of(Call.objects.filter(pk=call.pk).update, **opening) == "opened_call_has_frozen_rules"
    rules = RulesVersionFactory(call=call)
    assert refusal_of(Call.objects.filter(pk=call.pk).update, **opening) == "opened_call_has_frozen_rules"
    RulesVersion.objects.filter(pk=rules.pk).update(frozen_at=OPENS)
    assert Call.objects.filter(pk=call.pk).update(**opening) == 1
    later = {"number": 2, "reason": "A slip in a cap.", "call": call, "content": plain_rules()}
    assert refusal_of(RulesVersionFactory, frozen_at=None, **later) == "rules_of_an_opened_call_are_frozen"
    RulesVersionFactory(frozen_at=OPENS, made_by=UserFactory(), **later)


def both(*acts):
    """Runs them at the same time, each in its transaction; True for each that the database took."""
    start, taken = Barrier(len(acts)), [False] * len(acts)

    def run(position, act):
        try:
            start.wait()
            with transaction.atomic():
                act()
            taken[position] = True
        except IntegrityError:
            pass
        finally:
            connection.close()

    threads = [Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(SOON)
    return taken


def raised(quota, *, held):
    """A raise by one seat whose transaction stays open until the other has had its turn."""

    def act():
        Quota.objects.filter(pk=quota.pk).update(seats=quota.seats + 1)
        held.wait(0.3)

    return act


def test_two_raises_at_once_give_the_last_seat_once():
    destination = DestinationFactory(seats=5)
    quotas = [QuotaFactory(destination=destination, seats=2) for _faculty in range(2)]
    held = Event()
    assert sorted(both(*(raised(quota, held=held) for quota in quotas))) == [False, True]
    assert sum(Quota.objects.values_list("seats", flat=True)) == 5


def test_two_raises_at_once_would_oversell_without_the_guard():
    """The control: with the trigger away the same two writers both succeed."""
    destination = DestinationFactory(seats=5)
    quotas = [QuotaFactory(destination=destination, seats=2) for _faculty in range(2)]
    held = Event()
    with guard_away("calls_quota", "quotas_within_their_destination"):
        assert both(*(raised(quota, held=held) for quota in quotas)) == [True, True]
    assert sum(Quota.objects.values_list("seats", flat=True)) == 6


@pytest.mark.parametrize("keeps", [True, False])
def test_a_quota_is_raised_while_another_is_cut(keeps):
    """The raise waits for the cut: it is taken where the cut was kept, refused where it was taken back."""
    destination = DestinationFactory(seats=4)
    cut, grown = (QuotaFactory(destination=destination, seats=2) for _faculty in range(2))
    is_cut, taken = Event(), []

    def grow():
        is_cut.wait(SOON)
        try:
            Quota.objects.filter(pk=grown.pk).update(seats=3)
            taken.append(True)
        except IntegrityError:
            taken.append(False)
        finally:
            connection.close()

    thread = Thread(target=grow)
    thread.start()
    try:
        with transaction.atomic():
            Quota.objects.filter(pk=cut.pk).update(seats=1)
            is_cut.set()
            thread.join(0.3)
            assert thread.is_alive()
            transaction.set_rollback(not keeps)
    finally:
        thread.join(SOON)
    assert taken == [keeps]
    assert sum(Quota.objects.values_list("seats", flat=True)) == 4


def test_two_calls_at_once_share_the_condition_s_seats():
    condition = ConditionFactory(seats=5)
    destinations = [DestinationFactory(condition=condition, seats=2) for _call in range(2)]
    held = Event()

    def grown(destination):
        def act():
            Destination.objects.filter(pk=destination.pk).update(seats=3)
            held.wait(0.3)

        return act

    assert sorted(both(*map(grown, destinations))) == [False, True]
    assert sum(Destination.objects.values_list("seats", flat=True)) == 5


def guard_away(table, trigger):
    class Away:
        def __enter__(self):
            self.alter("DISABLE")

        def __exit__(self, *_raised):
            self.alter("ENABLE")

        def alter(self, how):
            with connection.cursor() as cursor:
                cursor.execute(f'ALTER TABLE "{table}" {how} TRIGGER "{trigger}"')

    return Away()


def test_a_faculty_has_one_quota_at_a_destination():
    quota = QuotaFactory(seats=1)
    again = {"destination": quota.destination, "faculty": quota.faculty, "seats": 1}
    assert refusal_of(Quota.objects.create, **again) == "one_quota_a_faculty"
    QuotaFactory(destination=quota.destination, faculty=FacultyFactory(), seats=1)
