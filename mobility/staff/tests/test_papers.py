"""What the orders say: who is sent or received, who pays, and what a change changes."""

from datetime import date

import pytest
from django.urls import reverse

from mobility.people.tests.factories import UniversityFactory, UserFactory
from mobility.staff import papers
from mobility.staff.models import Activity

from .factories import ActivityFactory, AmendmentFactory, FundingLineFactory

pytestmark = pytest.mark.django_db
DAY = date(2027, 3, 1)


@pytest.fixture(autouse=True)
def university():
    return UniversityFactory()


def written(paper):
    return [block.text for block in paper.blocks if hasattr(block, "text")]


def test_an_order_says_who_pays_under_each_point():
    paid, unpaid = ActivityFactory(form="conference"), ActivityFactory(form="joint-project")
    FundingLineFactory(activity=paid, amount=100, what="fare")
    FundingLineFactory(activity=paid, amount=50, currency="BYN", source="university")
    paper = papers.order([paid, unpaid], day=DAY, by=UserFactory())
    lines = written(paper)
    assert lines[2] == "Costs: the host – 100.00 EUR (fare); our university – 50.00 BYN."
    assert [line.startswith("To send") for line in lines[1:4]] == [True, False, True]
    assert (": conference, " in lines[1], ": joint research project, " in lines[3]) == (True, True)
    assert (lines[4], paper.title) == (
        "Reports are handed in within ten working days after the last day.", "On staff mobility",
    )  # fmt: skip


def test_an_order_on_guests_alone_is_called_so():
    guest = ActivityFactory(direction="incoming", curator=UserFactory())
    titles = [papers.order(rows, day=DAY, by=UserFactory()).title for rows in ([guest], [guest, ActivityFactory()])]
    assert titles == ["On receiving guests", "On staff mobility"]


def test_a_memo_names_who_travels_along():
    activity, other = ActivityFactory(group="abcdefghjkmn"), ActivityFactory(group="abcdefghjkmn")
    assert list(papers.companions_of(activity)) == [("Travels together with", str(other.person))]
    assert ("Travels together with", str(other.person)) in papers.memo(activity).blocks[1].rows
    assert list(papers.companions_of(ActivityFactory())) == []


def test_a_change_says_the_new_days_and_the_former(client):
    days = {"former_starts": date(2027, 4, 5), "former_ends": date(2027, 4, 7)}
    change = AmendmentFactory(state="endorsed", starts=date(2027, 4, 6), ends=date(2027, 4, 9), **days)
    [told] = [
        line for line in written(papers.amendment_order(change, day=DAY, by=UserFactory())) if "To change" in line
    ]
    assert told.partition(": ")[2].replace("\xa0", " ") == (
        "the days are from 6 April 2027 to 9 April 2027 (before: from 5 April 2027 to 7 April 2027)."
    )


def test_a_traveller_who_presses_twice_reads_their_own_name_of_the_state(client):
    activity = ActivityFactory(state="proposed")
    activity.steps.create(kind="sent", by=activity.person, at=activity.since)
    client.force_login(activity.person)
    client.post(reverse("activity-send", args=[activity.pk]))
    [said] = client.get(Activity.objects.get().get_absolute_url()).context["messages"]
    assert str(said).endswith("Where it stands now: With your head of department.")
