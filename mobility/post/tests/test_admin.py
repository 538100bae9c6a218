import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mobility.people.tests.factories import RoleFactory
from mobility.post.models import Letter

from .factories import LetterFactory

pytestmark = pytest.mark.django_db
LIST = "admin:post_letter_changelist"


@pytest.fixture(autouse=True)
def administrator(client):
    person = RoleFactory(kind="administrator").person
    client.force_login(person)
    return person


def page(client, **query):
    return client.get(reverse(LIST), query)


def send_again(client, *letters):
    chosen = {"action": "send_again", "_selected_action": [letter.pk for letter in letters]}
    answer = client.post(reverse(LIST), chosen, follow=True)
    return [str(message) for message in answer.context["messages"]]


def test_letters_are_found_by_address_and_state(client):
    LetterFactory.create_batch(2)
    failed = LetterFactory(state="failed", failed_at=timezone.now(), recipient="v@example.org")
    assert [letter.pk for letter in page(client, q="v@example").context["cl"].result_list] == [failed.pk]
    assert [letter.pk for letter in page(client, state="failed").context["cl"].result_list] == [failed.pk]


def test_sending_again_says_what_it_did_and_what_it_could_not(client):
    sent = LetterFactory(state="sent", sent_at=timezone.now(), subject="Sent")
    waiting = LetterFactory(subject="Waiting", recipient="w@example.org")
    assert send_again(client, sent, waiting) == [
        "“Waiting → w@example.org” is still waiting to be sent.",
        "1 letter will be sent again.",
    ]
    assert set(Letter.objects.values_list("state", flat=True)) == {"queued"}


def test_the_text_is_shown_unless_it_is_secret(client):
    for secret in (False, True):
        letter = LetterFactory(secret=secret, text="the link https://x/")
        shown = client.get(reverse("admin:post_letter_change", args=[letter.pk])).content.decode()
        assert ("the link https://x/" in shown) is not secret


@pytest.mark.parametrize("lookup", ["text__contains", "html__regex", "text"])
def test_the_text_is_not_asked_for_letter_by_letter(client, lookup):
    assert page(client, **{lookup: "/account/invitation/a"}).status_code == 400


def test_nothing_can_be_added_changed_or_deleted(client):
    letter = LetterFactory()
    assert client.get(reverse("admin:post_letter_add")).status_code == 403
    assert client.get(reverse("admin:post_letter_delete", args=[letter.pk])).status_code == 403
    assert client.post(reverse("admin:post_letter_change", args=[letter.pk]), {"subject": "x"}).status_code == 403


def test_others_have_no_post(client):
    client.force_login(RoleFactory(kind="ir-officer").person)
    assert page(client).status_code == 403


def test_costs_at_most_ten_queries_whatever_the_number(client):
    page(client)
    with CaptureQueriesContext(connection) as few:
        page(client)
    LetterFactory.create_batch(60)
    with CaptureQueriesContext(connection) as many:
        assert len(page(client).context["cl"].result_list) == 50
    assert (len(many), len(many) <= 10) == (len(few), True)
