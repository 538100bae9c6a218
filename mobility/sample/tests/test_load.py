from datetime import date
from typing import NamedTuple

import pytest
from django.db import connection, transaction

from mobility.people.models import Faculty, Role, StudentProfile, User
from mobility.people.tests.factories import UserFactory
from mobility.sample import load

TODAY = date(2026, 11, 23)


class Loaded(NamedTuple):
    rows: list
    statements: int


def loaded(*, students):
    asked = []
    with connection.execute_wrapper(counting(asked)), transaction.atomic():
        load.load(seed=1, students=students, day=TODAY)
        statements = len(asked)
        people = User.objects.order_by("code").values_list(
            "code", "email", "record_book", "password", "sort_name", "latin_family_name", "language", "created_at"
        )
        roles = Role.objects.order_by("person__code", "kind").values_list("person__code", "kind", "starts")
        profiles = StudentProfile.objects.order_by("person__code").values_list("group", "citizenship")
        rows = [list(people), list(roles), list(profiles)]
        transaction.set_rollback(True)
    return Loaded(rows, statements)


def counting(asked):
    """Django's own record of statements forgets all but the last thousands."""

    def wrapper(execute, sql, *rest):
        asked.append(None)
        return execute(sql, *rest)

    return wrapper


@pytest.mark.django_db
def test_the_same_seed_gives_the_same_rows_and_more_people_ask_no_more_statements(monkeypatch):
    """Statements follow the applications, which are as many; who wins and answers differs a little with the people.

    Students' events make no people, ask thousands of statements for two dozen of them, and would hide all others.
    """
    monkeypatch.setattr(load.events, "found", lambda **_asked: None)
    once, again, more = (loaded(students=number) for number in (700, 700, 1400))
    assert once.rows == again.rows
    assert abs(more.statements - once.statements) < once.statements // 50


@pytest.mark.django_db
def test_an_empty_database_is_no_sample():
    assert not load.is_here()


@pytest.mark.django_db
def test_it_never_mixes_into_another_university():
    UserFactory()
    with pytest.raises(load.NotEmptyError):
        load.load(seed=1, students=60, day=TODAY)
    assert (User.objects.count(), Faculty.objects.count()) == (1, 0)
