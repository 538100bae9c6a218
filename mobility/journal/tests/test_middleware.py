from datetime import UTC, datetime

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.test import RequestFactory
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from mobility.journal.actions import record
from mobility.journal.middleware import name_the_actor
from mobility.journal.models import Event
from mobility.people.tests.factories import RoleFactory, UserFactory
from mobility.post.tests.factories import LetterFactory

User = get_user_model()


def ask(view, user, **attributes):
    """Answer a request by `view`, for which no middleware has looked at the user yet."""
    request = RequestFactory().get("/")
    request.user = user
    for name, value in attributes.items():
        setattr(request, name, value)
    return name_the_actor(view)(request)


def events(person) -> list[tuple]:
    return list(Event.objects.of(person).order_by("id").values_list("actor", "request"))[1:]


def change(person, **fields) -> None:
    User.objects.filter(pk=person.pk).update(**fields)


@pytest.mark.django_db(transaction=True)
def test_a_plain_save_under_autocommit_has_its_actor_and_request():
    person, actor = UserFactory(), UserFactory()
    ask(lambda request: change(person, given_name="100% 'Вера'"), actor, id="a1-b2")
    change(person, given_name="Вера")
    assert events(person) == [(actor.pk, "a1-b2"), (None, "")]


@pytest.mark.django_db
def test_costs_no_query(django_assert_num_queries):
    person, actor = UserFactory(), UserFactory()
    with django_assert_num_queries(2):
        ask(lambda request: (change(person, given_name="a"), list(User.objects.all())), actor)


@pytest.mark.django_db
def test_a_with_is_signed_where_it_writes():
    person, actor = UserFactory(), UserFactory()

    def read(sql):
        with connection.cursor() as cursor:
            cursor.execute(sql, [person.pk])
            return cursor.fetchone()[0]

    signed = "WITH one AS (SELECT %s) SELECT coalesce(current_setting('mobility.actor', true), '') FROM one"
    assert ask(lambda request: read(signed), actor) == ""
    written = "WITH one AS (\nUPDATE people_user SET given_name = 'a' WHERE id = %s RETURNING id) SELECT id FROM one"
    assert ask(lambda request: read(written), actor) == person.pk
    assert events(person) == [(actor.pk, "")]


@pytest.mark.django_db
def test_the_result_of_a_statement_is_its_own():
    actor = UserFactory()
    created = ask(lambda request: User.objects.create(family_name="Ю", email="u@example.org"), actor)
    assert User.objects.get(pk=created.pk).family_name == "Ю"
    assert ask(lambda request: User.objects.filter(pk=created.pk).update(given_name="a"), actor) == 1
    many = ask(lambda request: User.objects.bulk_create([User(family_name=name) for name in "абв"]), actor)
    assert [type(person.pk) for person in many] == [int, int, int]


@pytest.mark.django_db
def test_survives_a_savepoint_that_is_rolled_back():
    person, actor = UserFactory(), UserFactory()

    def view(request):
        with transaction.atomic():
            change(person, given_name="a")
            transaction.set_rollback(True)
        change(person, given_name="b")

    ask(view, actor)
    assert events(person) == [(actor.pk, "")]


@pytest.mark.django_db
def test_an_action_that_names_somebody_else_is_believed():
    person, asker, actor = UserFactory(), UserFactory(), UserFactory()

    def view(request):
        with transaction.atomic():
            record(event="accepted", of=person, by=actor)
            change(person, given_name="a")

    ask(view, asker, id="r")
    assert events(person) == [(actor.pk, "r"), (actor.pk, "r")]


@pytest.mark.django_db
def test_whoever_signs_in_during_the_request_is_the_actor():
    person = UserFactory()

    def view(request):
        change(person, given_name="a")
        request.user = person
        change(person, given_name="b")

    ask(view, AnonymousUser())
    assert events(person) == [(None, ""), (person.pk, "")]


@pytest.mark.django_db
def test_a_user_that_nobody_looked_at_is_not_loaded_for_it(django_assert_num_queries):
    person = UserFactory()
    lazy = SimpleLazyObject(lambda: User.objects.get(pk=person.pk))
    with django_assert_num_queries(1):
        ask(lambda request: change(person, given_name="a"), lazy)
    ask(lambda request: change(person, given_name="b"), lazy, _cached_user=person)
    assert events(person) == [(None, ""), (person.pk, "")]


@pytest.mark.django_db
def test_nothing_of_a_request_id_reaches_the_statement_unread():
    person = UserFactory()
    ask(lambda request: change(person, given_name="a"), person, id="x'); DROP TABLE journal_event; --%s")
    assert events(person) == [(person.pk, "xDROPTABLEjournalevent--s")]


@pytest.mark.django_db
def test_large_reads_by_a_cursor_of_the_server_go_through():
    actor = UserFactory()
    assert ask(lambda request: len(list(User.objects.iterator(chunk_size=1))), actor) == 1


@pytest.mark.django_db
def test_the_signature_ends_with_the_request():
    ask(lambda request: None, UserFactory())
    assert connection.execute_wrappers == []


@pytest.mark.django_db
def test_is_installed_below_the_one_who_knows_the_user(settings):
    place = settings.MIDDLEWARE.index
    assert place("django.contrib.auth.middleware.AuthenticationMiddleware") < place(
        "mobility.journal.middleware.name_the_actor"
    )


@pytest.mark.django_db
def test_a_page_s_number_is_the_one_in_its_answer_and_in_the_journal(client):
    letter = LetterFactory(state="failed", failed_at=datetime(2026, 11, 22, tzinfo=UTC))
    administrator = RoleFactory(kind="administrator").person
    client.force_login(administrator)
    chosen = {"action": "send_again", "_selected_action": [letter.pk]}
    answer = client.post(reverse("admin:post_letter_changelist"), chosen)
    (event,) = Event.objects.of(letter)
    assert (event.actor, event.request) == (administrator.pk, answer["X-Request-ID"])
