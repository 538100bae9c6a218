"""A destination whose weights are its own: its order beside the faculty's, in what is locked, and in the protocol."""

import json
from datetime import date

import pytest
from django.urls import reverse

from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.people.tests.factories import FacultyFactory, RoleFactory, StudentFactory, UserFactory
from mobility.students.tests.factories import ApplicationFactory, ChoiceFactory, ClaimFactory
from selection import papers
from selection.actions.readings import as_claimed
from selection.actions.scoring import rescore
from selection.actions.standings import lock
from selection.models import Outlook, Protocol

from .factories import READ, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def faculty():
    return FacultyFactory(code="general")


@pytest.fixture
def call(faculty):
    """Omsk counts science threefold: there the better mark loses to a talk and a patent."""
    call = CallFactory(code="PT27")
    hosts = [
        DestinationFactory(call=call, code="kirov", seats=1),
        DestinationFactory(call=call, code="omsk", seats=1, weights={"science": 300}),
    ]
    for host in hosts:
        QuotaFactory(destination=host, faculty=faculty, seats=1)
    for number, mark, kinds in (("PT27-1", 900, ()), ("PT27-2", 850, ("patent",)), ("PT27-3", 880, ())):
        student = StudentFactory(student__faculty=faculty, family_name=number, given_name="A.", patronymic="")
        application = ApplicationFactory(call=call, student=student, number=number, mean_mark=mark, submitted=True)
        for position, host in enumerate(hosts[::-1], start=1):
            ChoiceFactory(application=application, destination=host, position=position)
        claims = [ClaimFactory(application=application, kind=kind, day=date(2026, 4, 16)) for kind in kinds]
        if claims:
            read(application, *map(as_claimed, claims))
        rescore(application=application)
    return call


def orders(found):
    return {code: [(row["code"], row["points"]) for row in ranked] for code, ranked in found.items()}


OMSK = {"omsk": [("PT27-2", 5000), ("PT27-1", 4000), ("PT27-3", 3800)]}


def test_the_outlook_has_the_order_of_who_weighs_otherwise_alone(call, faculty):
    assert orders(Outlook.objects.get(call=call, faculty=faculty).own_standings) == OMSK


def test_it_is_locked_beside_the_faculty_s_ranking(call, faculty):
    standing = lock(call=call, faculty=faculty, with_unread=False, by=UserFactory(), at=READ)
    content = json.loads(standing.content)
    assert [row["code"] for row in content["ranking"]] == ["PT27-1", "PT27-2", "PT27-3"]
    assert {row["code"]: row["to"] for row in content["ranking"]} == {
        "PT27-1": "kirov", "PT27-2": "omsk", "PT27-3": None,
    }  # fmt: skip
    assert orders(content["own_standings"]) == OMSK


def test_it_is_annexed_to_the_protocol(call, faculty):
    standing = lock(call=call, faculty=faculty, with_unread=False, by=UserFactory(), at=READ)
    found = papers.locked(standing)
    protocol = Protocol(standing=standing, met_at=READ, agenda="A", heard="H", decided="D", votes_for=3)
    paper = papers.protocol_paper(protocol, found, [], [])
    blocks = paper.as_content()["blocks"]
    title = f"Annex 2. The ranking for {found.hosts['omsk']}, by weights of its own"
    place = next(number for number, block in enumerate(blocks) if title in str(block))
    assert [tuple(row[:2]) for row in blocks[place + 1]["rows"]] == [
        ("1", "PT27-2"), ("2", "PT27-1"), ("3", "PT27-3"),
    ]  # fmt: skip


def test_the_page_shows_it_below_the_ranking(client, call, faculty):
    client.force_login(RoleFactory(kind="deans-office", faculty=faculty).person)
    shown = client.get(reverse("standing-detail", args=["PT27", "general"])).context["own_standings"]
    assert [
        (own.host.code, own.more, [(line.place, line.number, line.points) for line in own.lines]) for own in shown
    ] == [("omsk", 0, [(1, "PT27-2", 50.0), (2, "PT27-1", 40.0), (3, "PT27-3", 38.0)])]
    call.destinations.update(weights={})
    rescore(application=call.applications.get(number="PT27-1"))
    assert client.get(reverse("standing-detail", args=["PT27", "general"])).context["own_standings"] == []
