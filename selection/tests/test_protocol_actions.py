from datetime import date

import pytest
from django.core.exceptions import ValidationError

from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.files.documents import as_docx, as_pdf
from mobility.people.tests.factories import FacultyFactory, StudentFactory, UserFactory
from mobility.students.tests.factories import ApplicationFactory, ChoiceFactory, ClaimFactory
from selection import papers
from selection.actions import protocols as actions
from selection.actions.readings import Entered
from selection.actions.scoring import rescore
from selection.actions.standings import lock, unlock

from .factories import READ, read

pytestmark = pytest.mark.django_db


@pytest.fixture
def standing():
    faculty, call = FacultyFactory(code="general", name_en="General Medicine"), CallFactory(code="PT27")
    host = DestinationFactory(call=call, code="omsk", seats=1)
    QuotaFactory(destination=host, faculty=faculty, seats=1)
    for number, mark, family in (("PT27-1", 850, "Zhuk"), ("PT27-2", 900, "Novikava"), ("PT27-3", 600, "Sakovich")):
        student = StudentFactory(student__faculty=faculty, family_name=family, given_name="A.", patronymic="")
        application = ApplicationFactory(call=call, student=student, number=number, mean_mark=mark, submitted=True)
        ChoiceFactory(application=application, destination=host)
        rescore(application=application)
    claim = ClaimFactory(application=call.applications.get(number="PT27-1"), title="A congress")
    read(claim.application, Entered(claim.pk, 0, "refused", claim.kind, reason="not-proven", text="Not shown."))
    return lock(call=call, faculty=faculty, with_unread=False, by=UserFactory(), at=READ)


@pytest.fixture
def members(standing):
    def add(seat):
        return actions.add_member(
            call=standing.call, faculty=standing.faculty, seat=seat, name=f"A {seat}", position="", by=UserFactory()
        )

    return [add(seat) for seat in ("chair", "secretary", "member")]


def said(standing, **changes):
    votes = {"votes_for": 3, "votes_against": 0, "abstained": 0}
    return papers.proposed(papers.locked(standing)) | {"met_at": READ, "place": "Room 7"} | votes | changes


def write(standing, present, **changes):
    return actions.write(standing=standing, present=present, said=said(standing, **changes), by=UserFactory(), at=READ)


def code_of(attempt):
    with pytest.raises(ValidationError) as caught:
        attempt()
    return caught.value.code


def test_the_form_names_winners_and_reserve(standing):
    found = papers.proposed(papers.locked(standing))
    decided = found["decided"].splitlines()
    host = papers.locked(standing).hosts["omsk"]
    assert decided[1:4] == [
        "To recommend for the places of the faculty's quota:",
        f"– Novikava A. (PT27-2): {host}",
        "To keep in reserve, in the order of the ranking: Zhuk A..",
    ]
    assert found["agenda"] == "On the ranking of applicants: Practical training abroad, summer 2027"


def cells(content, heading):
    blocks = content["blocks"]
    at = next(place for place, block in enumerate(blocks) if block.get("text") == heading)
    return blocks[at + 1]["rows"]


def test_the_paper_holds_annexes_votes_signatures_and_the_hash(standing, members):
    content = write(standing, members).document.content
    ranking = cells(content, "Annex 1. The ranking")
    assert [(row[0], row[1], row[2]["own"], row[-2]) for row in ranking] == [
        ("1", "PT27-2", "Novikava A.", "40.00"),
        ("2", "PT27-1", "Zhuk A.", "35.00"),
    ]
    refused = cells(content, "Annex 2. Achievements that were not counted")
    assert [(row[0], row[3], row[4]) for row in refused] == [("PT27-1", "A congress", "The evidence does not show it")]
    others = cells(content, "Annex 3. Applications that do not meet the rules")
    assert [(row[0], row[2]) for row in others] == [("PT27-3", "Mean mark: 6.00. Required: from 7.00.")]
    signatures = next(block for block in content["blocks"] if block["block"] == "signatures")
    assert [row[0] for row in signatures["rows"]] == ["Chair", "Secretary", "Member"]
    assert standing.sha256 in content["footer"]


def test_both_formats_are_drawn(standing, members):
    document = write(standing, members).document
    drawn = [draw(document.content, number="", dated=None, at=READ)[:4] for draw in (as_docx, as_pdf)]
    assert drawn == [b"PK\x03\x04", b"%PDF"]


def test_it_is_written_again_until_it_is_registered(standing, members):
    first = write(standing, members)
    second = write(standing, members, decided="To wait")
    assert (second.pk, second.decided) == (first.pk, "To wait")
    actions.enter_number(protocol=second, number="7", dated=date(2027, 4, 20), by=UserFactory(), at=READ)
    assert code_of(lambda: write(standing, members)) == "registered"
    assert code_of(lambda: unlock(standing=standing, reason="Late", by=UserFactory(), at=READ)) == "registered"


def test_who_must_be_there(standing, members):
    chair, secretary, member = members
    assert code_of(lambda: write(standing, [chair, member], votes_for=2)) == "no-chair"
    assert code_of(lambda: write(standing, members, votes_for=2)) == "votes"
    assert write(standing, [chair, secretary], votes_for=2).votes_for == 2
    for number in range(2):
        actions.add_member(
            call=standing.call, faculty=standing.faculty, seat="member", name=f"{number}", position="", by=UserFactory()
        )
    assert code_of(lambda: write(standing, [chair, secretary], votes_for=2)) == "quorum"


def test_who_was_at_a_meeting_stays(standing, members):
    write(standing, members[:2], votes_for=2)
    assert code_of(lambda: actions.remove_member(member=members[0], by=UserFactory())) == "attended"
    actions.remove_member(member=members[2], by=UserFactory())
    assert standing.call.commission_members.count() == 2


def test_without_a_lock_there_is_no_protocol(standing, members):
    unlock(standing=standing, reason="An appeal", by=UserFactory(), at=READ)
    assert code_of(lambda: write(standing, members)) == "unlocked"
