"""What was ordered and is cancelled since is called off by an order of its own."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.urls import reverse

from mobility.journal.models import Event
from mobility.people.models import RoleKind
from mobility.people.tests.factories import RoleFactory, UniversityFactory, UserFactory
from mobility.post.models import Letter
from mobility.staff import papers
from mobility.staff.actions import decisions, orders
from mobility.staff.models import Activity, Order, State

from .factories import AT, ActivityFactory, OrderFactory

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture(autouse=True)
def university():
    return UniversityFactory()


@pytest.fixture
def officer():
    return RoleFactory(kind=RoleKind.IR_OFFICER).person


def cancelled(by, **values):
    """Ordered by No. 15-к, then called off."""
    activity = ActivityFactory(state="approved", **values)
    orders.issue(activities=[activity], number="15-к", day=DAY, by=by, at=AT)
    return decisions.cancel(activity=activity, reason="The congress is put off.", by=by, at=AT)


def test_what_was_ordered_is_called_off_by_an_order_that_says_why(officer):
    activity = cancelled(officer)
    order = orders.call_off(activity=activity, number="17-к", day=DAY, by=officer, at=AT)
    assert (order.calls_off, order.document.number, order.document.kind) == (
        True,
        "17-к",
        "staff-order-of-cancellation",
    )
    assert Activity.objects.get().state == State.CANCELLED
    assert list(activity.steps.values_list("kind", flat=True)) == ["ordered", "cancelled", "called-off"]
    assert Event.objects.filter(event="called-off", actor=officer.pk, object=activity.pk).count() == 1


def test_the_order_names_the_one_that_it_cancels(officer):
    activity = cancelled(officer, person=UserFactory(family_name="Kavalenka", given_name="Ala", patronymic=""))
    paper = papers.order_of_cancellation(activity, day=DAY, by=officer)
    said = [block.text.replace("\xa0", " ") for block in paper.blocks if hasattr(block, "text")]
    trip = "Academy of Examples, Kraków, Poland, from 1 March 2027 to 5 March 2027"
    assert said[:3] == [
        "I order:",
        f"To cancel the order No. 15-к of 23 November 2026 as to Kavalenka Ala: {trip}.",
        "Reason: The congress is put off.",
    ]


def test_it_is_called_off_once_and_only_what_was_ordered(officer):
    never_ordered, activity = ActivityFactory(state="cancelled"), cancelled(officer)
    entered = {"number": "17-к", "day": DAY, "by": officer, "at": AT}
    orders.call_off(activity=activity, **entered)
    for refused in (activity, never_ordered):
        with pytest.raises(ValidationError) as refusal:
            orders.call_off(activity=refused, **entered | {"number": "18-к"})
        assert refusal.value.code == "nothing-to-call-off"
    with pytest.raises(ValidationError) as refusal:
        orders.call_off(activity=ActivityFactory(state="ordered"), **entered)
    assert refusal.value.code == "moved-on"
    assert Order.objects.filter(calls_off=True).count() == 1


def test_the_database_keeps_one_order_of_cancellation():
    order = OrderFactory(calls_off=True)
    with pytest.raises(IntegrityError, match="one_order_to_go_and_one_to_stay"):
        OrderFactory(activity=order.activity, calls_off=True)


def test_it_awaits_international_relations_until_it_is_issued(client, officer):
    activity = cancelled(officer)
    ActivityFactory(state="cancelled")
    client.force_login(officer)
    board = reverse("staff-board") + "?state=to-call-off"
    assert [int(row["pk"]) for row in client.get(board).context["list"].rows] == [activity.pk]
    page = activity.get_absolute_url()
    assert client.get(page).context["may"]["call_off"]
    path = reverse("call-off-order", args=[activity.pk])
    drafts = client.get(path).context["drafts"]
    assert {suffix: client.get(url).status_code for suffix, url in drafts.items()} == {"docx": 200, "pdf": 200}
    client.post(path, {"number": "17-к", "day": "2026-11-23", "language": "ru"})
    assert Order.objects.get(calls_off=True).document.language == "ru"
    context = client.get(page).context
    assert (context["may"]["call_off"], context["ended"]["reason"]) == (False, "The congress is put off.")
    assert client.get(board).context["list"].rows == []


def test_a_second_press_reads_that_it_is_cancelled(client, officer):
    activity = cancelled(officer)
    client.force_login(officer)
    path = reverse("call-off-order", args=[activity.pk])
    for number in ("17-к", "18-к"):
        client.post(path, {"number": number, "day": "2026-11-23", "language": "en"})
    *_done, late = client.get(activity.get_absolute_url()).context["messages"]
    assert str(late).endswith("Where it stands now: Cancelled.")
    assert Order.objects.filter(calls_off=True).count() == 1


def test_whoever_was_to_travel_is_told_that_they_do_not(officer):
    activity = cancelled(officer)
    letter = Letter.objects.order_by("id").last()
    assert (letter.recipient, letter.subject) == (activity.person.email, f"Cancelled: {activity.subject}")
    assert "The congress is put off." in letter.text
