"""Nothing of a selection is met before it is shown: verdicts, notes, conflicts, points, rankings, protocols, runs.

One faculty has read, ranked, locked and written its protocol, and International Relations has a run; nothing is shown
to anybody yet. Every address of the site that can be made of these is asked for by everybody who must not know.
"""

import re
from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.db import transaction
from django.test import Client
from django.urls import NoReverseMatch, reverse
from django.utils import timezone

from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.people.tests.factories import RoleFactory, StudentFactory
from mobility.students.tests.factories import ApplicationFactory, ChoiceFactory, ClaimFactory, EvidenceFactory
from selection.actions import readings
from selection.actions.publication import prepare
from selection.actions.runs import run
from selection.actions.scoring import rescore
from selection.actions.standings import lock, show_points, unlock
from selection.tests.factories import CommissionMemberFactory, ProtocolFactory, read

from .access.words import ANONYMOUS, DEANS_OFFICE, HEAD_OF_DEPARTMENT, IR_OFFICER, NOBODY, STUDENT, TEACHING_STAFF
from .conftest import show_everything
from .doors import doors
from .pages import body

pytestmark = pytest.mark.django_db

WORD = "Kanareikina"
COUNTED = "44.20"  # 43.20 for marks and 1.00 for a talk that was corrected; the student claimed 44.70
SECRETS = (WORD, COUNTED)
ARGUMENT = re.compile(r"<(?:(\w+):)?(\w+)>")
OUTSIDE = [ANONYMOUS, NOBODY, STUDENT, TEACHING_STAFF, HEAD_OF_DEPARTMENT, DEANS_OFFICE]


@pytest.fixture
def season(faculties):
    """Of the faculty that is not the asker's; two applicants, the first with secrets."""
    now = timezone.now()
    call = CallFactory(code="PT27", opens_at=now - timedelta(days=25))
    faculty = faculties[1]
    omsk = DestinationFactory(call=call, code="omsk", seats=1)
    QuotaFactory(destination=omsk, faculty=faculty, seats=1)
    office = [RoleFactory(kind="deans-office", faculty=faculty).person for _each in range(2)]
    applications = []
    for number, mark in (("PT27-0001", 932), ("PT27-0002", 800)):
        student = StudentFactory(student__faculty=faculty)
        application = ApplicationFactory(
            call=call, student=student, faculty=faculty, number=number, mean_mark=mark, submitted=True
        )
        ChoiceFactory(application=application, destination=omsk)
        applications.append(application)
    mine = applications[0]
    claims = [ClaimFactory(application=mine, title=title) for title in ("A talk", "A congress")]
    evidence = EvidenceFactory(claim=claims[0])
    entered = [
        readings.Entered(claims[0].pk, 0, "corrected", "talk-university", reason="other-kind", text=WORD),
        readings.Entered(claims[1].pk, 0, "refused", claims[1].kind, reason="not-proven", text=WORD),
    ]
    read(mine, *entered, by=office[0], at=now)
    readings.declare_conflict(application=mine, note=WORD, by=office[1], at=now)
    rescore(application=applications[1])
    standing = lock(call=call, faculty=faculty, with_unread=False, by=office[0], at=now)
    CommissionMemberFactory(call=call, faculty=faculty, name=WORD)
    ProtocolFactory(standing=standing, agenda=WORD, heard=WORD, decided=WORD)
    made = run(call=call, by=office[0], at=now)
    prepare(run=made, by=office[0], at=now)
    arguments = {
        "call": call.code, "code": call.code, "faculty": faculty.code, "number": mine.number, "claim": claims[0].pk,
        "evidence": evidence.pk, "page": 1, "destination": "omsk", "suffix": "pdf", "part": "science", "member": 1,
        "reading": mine.claims.first().readings.get().pk, "approval": 1,
    }  # fmt: skip
    return SimpleNamespace(call=call, faculty=faculty, mine=mine, office=office, run=made, arguments=arguments)


def addresses(season) -> list[str]:
    """Every page, list and file that can be asked for with what the season is called by."""
    found = []
    for door in doors():
        if door.name is None or ":" in door.name:
            continue
        names = {name: converter for converter, name in ARGUMENT.findall(door.route)}
        known = season.arguments | ({"number": season.run.number} if names.get("number") == "int" else {})
        if not names or names.keys() - known.keys():
            continue
        try:
            found.append(reverse(door.name, kwargs={name: known[name] for name in names}))
        except NoReverseMatch:
            continue
    lists = [reverse(name) for name in ("home", "call-list", "application-list", "outcome-latest")]
    history = [reverse("history", args=["students", "application", season.mine.pk])]
    history += [reverse("history", args=["calls", "call", season.call.pk])]
    return [*found, *lists, *history]


def met(client, paths, secrets=SECRETS) -> list[tuple[str, str]]:
    found = []
    for path in paths:
        with transaction.atomic():
            told = body(client.get(path)).lower()
            transaction.set_rollback(True)
        found += [(path, secret) for secret in secrets if secret.lower() in told]
    return found


def signed_in(person) -> Client:
    client = Client()
    client.force_login(person)
    show_everything(client, person)
    return client


def test_the_addresses_are_those_of_the_competition(season):
    found = addresses(season)
    for part in ("/applications/PT27-0001/", "/outcome/PT27-0001/", "/selection/PT27/another-faculty/standing/"):
        assert part in found
    assert {"/runs/PT27/1/", "/runs/PT27/1/input.json", "/runs/PT27/1/market.json"} <= set(found)
    assert len(found) > 60


@pytest.mark.parametrize("who", OUTSIDE)
def test_nobody_outside_meets_anything(season, arrive, who):
    _me, client = arrive(who)
    assert met(client, addresses(season)) == []


def test_another_applicant_of_the_faculty_meets_nothing(season):
    other = season.call.applications.get(number="PT27-0002")
    assert met(signed_in(other.student), addresses(season)) == []


def test_the_applicant_meets_nothing_before_the_points_are_shown_and_then_the_verdicts_alone(season):
    client, paths = signed_in(season.mine.student), addresses(season)
    assert met(client, paths) == []
    page = season.mine.get_absolute_url()
    standing = season.call.standings.get()
    unlock(standing=standing, reason="To show the points", by=season.office[0], at=timezone.now())
    show_points(call=season.call, faculty=season.faculty, by=season.office[0], at=timezone.now())
    assert met(client, paths) == [(page, WORD), (page, COUNTED)]


def test_whoever_stays_out_meets_no_verdict_of_the_applicant(season):
    of_application = [path for path in addresses(season) if "PT27-0001" in path or "/students/application/" in path]
    assert met(signed_in(season.office[1]), of_application, [WORD]) == []


def test_the_canary_sings_where_it_may(season, arrive):
    places = {
        "/selection/PT27/another-faculty/verify/PT27-0001/": WORD,
        "/selection/PT27/another-faculty/standing/": COUNTED,
        "/selection/PT27/another-faculty/protocol/": WORD,
    }
    heard = met(signed_in(season.office[0]), addresses(season))
    assert set(places.items()) <= set(heard)
    heard = met(arrive(IR_OFFICER)[1], addresses(season))
    assert ("/selection/PT27/another-faculty/standing/", COUNTED) in heard
