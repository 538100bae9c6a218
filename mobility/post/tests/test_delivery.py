"""The drills of the post: server down, slow, refusing; worker killed between sending and marking; one bad address."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from mobility.post import actions
from mobility.post.delivery import deliver_due
from mobility.post.models import Letter, LetterState

from .factories import LetterFactory
from .server import MailServer


@pytest.fixture
def server(settings):
    made = MailServer()
    point_at(settings, made.port)
    yield made
    made.close()


def point_at(settings, port: int) -> None:
    settings.MAIL_DELIVERY_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", port, 1
    settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False


def states() -> dict[str, int]:
    found = list(Letter.objects.values_list("state", flat=True))
    return {state: found.count(state) for state in sorted(set(found))}


def make_due() -> None:
    Letter.objects.waiting().update(next_attempt_at=timezone.now() - timedelta(seconds=1))


@pytest.mark.django_db
def test_sends_what_is_due(server):
    letter = LetterFactory(subject="Вынікі", recipient="v@example.org")
    LetterFactory(next_attempt_at=timezone.now() + timedelta(minutes=1))
    assert deliver_due() == 1
    ((recipient, message),) = server.taken
    assert recipient == "v@example.org"
    assert [line for line in message.splitlines() if line.startswith(("Message-ID", "Subject", "Auto-Sub"))] == [
        "Subject: =?utf-8?b?0JLRi9C90ZbQutGW?=",
        f"Message-ID: {letter.message_id}",
        "Auto-Submitted: auto-generated",
    ]
    assert states() == {"queued": 1, "sent": 1}


@pytest.mark.django_db
def test_one_bad_address_among_a_hundred_stops_nobody(server):
    LetterFactory(recipient="bad@example.org")
    LetterFactory(recipient="Нет адреса")
    LetterFactory(recipient="busy@example.org")
    LetterFactory.create_batch(97)
    server.answer = {"bad@example.org": 550, "busy@example.org": 450}.get
    assert deliver_due() == 97
    assert states() == {"failed": 2, "queued": 1, "sent": 97}
    server.answer = lambda recipient: None
    make_due()
    assert deliver_due() == 1
    assert (states(), len(set(server.ids()))) == ({"failed": 2, "sent": 98}, 98)


@pytest.mark.django_db
def test_server_down_then_up(settings, server):
    LetterFactory.create_batch(5)
    point_at(settings, 1)  # nobody listens there
    assert deliver_due() == 0
    assert states() == {"queued": 5}
    assert sorted(Letter.objects.values_list("attempts", flat=True)) == [0, 0, 0, 0, 1]
    point_at(settings, server.port)
    make_due()
    assert deliver_due() == 5
    assert (states(), len(server.ids())) == ({"sent": 5}, 5)


@pytest.mark.django_db
def test_a_slow_server_is_given_up_for_now(settings, server):
    LetterFactory.create_batch(2)
    settings.EMAIL_TIMEOUT = 0.2
    pause = threading.Event()
    server.answer = lambda recipient: pause.wait(5) and None
    assert deliver_due() == 0
    assert states() == {"queued": 2}
    pause.set()
    server.answer = lambda recipient: None
    make_due()
    assert deliver_due() == 2


@pytest.mark.django_db
def test_a_server_that_hangs_up_gets_the_same_message_id_again(server):
    letter = LetterFactory()
    server.answer = lambda recipient: "hang up"
    assert deliver_due() == 0
    server.answer = lambda recipient: None
    make_due()
    assert deliver_due() == 1
    assert server.ids() == [letter.message_id] * 2


class KilledError(BaseException):
    """As kill -9 does, nothing in the process gets to tidy up."""


@pytest.mark.django_db
def test_a_worker_killed_between_sending_and_marking_costs_one_duplicate(server, monkeypatch):
    letters = LetterFactory.create_batch(3)

    def killed(**what):
        raise KilledError

    with monkeypatch.context() as patch:
        patch.setattr(actions, "mark_sent", killed)
        with pytest.raises(KilledError):
            deliver_due()
    assert states() == {"queued": 2, "sending": 1}
    assert deliver_due() == 2
    at = timezone.now()
    assert actions.requeue_stuck(at=at + timedelta(minutes=4)) == 0
    assert actions.requeue_stuck(at=at + timedelta(minutes=6)) == 1
    make_due()
    assert deliver_due() == 1
    assert states() == {"sent": 3}
    assert sorted(server.ids()) == sorted([letter.message_id for letter in letters] + [letters[0].message_id])


@pytest.mark.django_db
def test_fifty_kills_lose_no_letter_and_cost_one_duplicate_each(server, monkeypatch):
    letters = LetterFactory.create_batch(10)

    def killed(**what):
        raise KilledError

    for _kill in range(50):
        with monkeypatch.context() as patch:
            patch.setattr(actions, "mark_sent", killed)
            with pytest.raises(KilledError):
                deliver_due()
        assert actions.requeue_stuck(at=timezone.now() + timedelta(minutes=6)) == 1
        make_due()
    assert deliver_due() == 10
    assert states() == {"sent": 10}
    assert (len(server.ids()), set(server.ids())) == (10 + 50, {letter.message_id for letter in letters})


@pytest.mark.django_db(transaction=True)
def test_two_workers_never_take_the_same_letter(server):
    LetterFactory.create_batch(40)

    def work():
        deliver_due()
        connection.close()

    workers = [threading.Thread(target=work) for _worker in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert (states(), len(server.ids()), len(set(server.ids()))) == ({"sent": 40}, 40, 40)


@pytest.mark.django_db
def test_after_three_days_it_is_a_failure(settings):
    point_at(settings, 1)
    LetterFactory(queued_at=timezone.now() - timedelta(days=3))
    deliver_due()
    assert states() == {LetterState.FAILED: 1}
