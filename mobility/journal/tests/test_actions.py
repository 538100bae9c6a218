import pytest
from django.contrib.auth import get_user_model
from django.db import transaction

from mobility.journal.actions import record
from mobility.journal.models import Event
from mobility.people.tests.factories import UserFactory

User = get_user_model()

pytestmark = pytest.mark.django_db


def rows(person) -> list[tuple]:
    of_person = Event.objects.of(person).order_by("id")
    return list(of_person.values_list("operation", "event", "actor", "reason"))[1:]


def test_enters_a_named_event():
    person, officer = UserFactory(), UserFactory()
    record(event="blocked", of=person, by=officer, reason="Left; \"100%\" 'sure'")
    assert rows(person) == [("event", "blocked", officer.pk, "Left; \"100%\" 'sure'")]


@pytest.mark.django_db(transaction=True)
def test_names_the_actor_and_the_reason_of_what_follows_in_the_transaction():
    person, officer = UserFactory(), UserFactory()
    with transaction.atomic():
        record(event="blocked", of=person, by=officer, reason="left")
        User.objects.filter(pk=person.pk).update(is_active=False)
    User.objects.filter(pk=person.pk).update(is_active=True)
    assert rows(person) == [
        ("event", "blocked", officer.pk, "left"),
        ("update", None, officer.pk, "left"),
        ("update", None, None, ""),
    ]


def test_what_it_named_goes_with_a_savepoint():
    person, officer = UserFactory(), UserFactory()
    with transaction.atomic():
        record(event="blocked", of=person, by=officer)
        transaction.set_rollback(True)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert rows(person) == [("update", None, None, "")]


def test_a_second_event_keeps_the_reason_and_takes_the_new_actor():
    person, first, second = UserFactory(), UserFactory(), UserFactory()
    record(event="one", of=person, by=first, reason="why")
    record(event="two", of=person, by=None)
    record(event="three", of=person, by=second)
    assert rows(person) == [
        ("event", "one", first.pk, "why"),
        ("event", "two", first.pk, "why"),
        ("event", "three", second.pk, "why"),
    ]


def test_costs_one_query(django_assert_num_queries):
    person = UserFactory()
    with django_assert_num_queries(1):
        record(event="seen", of=person, by=person)
