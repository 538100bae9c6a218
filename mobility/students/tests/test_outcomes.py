import io

import pypdf
import pytest

from mobility.students import outcomes
from mobility.students.models import Offer
from mobility.students.tests.factories import ApplicationFactory, published

pytestmark = pytest.mark.django_db


@pytest.fixture
def application():
    return ApplicationFactory(submitted=True)


@pytest.fixture
def card(application):
    return published(application)


@pytest.mark.usefixtures("card")
def test_before_publication_there_is_none():
    assert outcomes.of(ApplicationFactory(submitted=True)) is None


def test_needed_points_follow_the_list(application, card):
    found = [(line.points, line.choice.destination.code) for line in outcomes.of(application).needed]
    assert found == [("+11.01", "sechenov"), ("+5.01", "samara"), ("+0.01", "kirov")]
    card.needed = None
    card.save()
    assert outcomes.of(application).needed is None


@pytest.mark.usefixtures("card")
@pytest.mark.parametrize(("state", "told"), [("open", "Answer by"), ("confirmed", "Answered"), ("lapsed", "Answer by")])
def test_a_lapsed_place_is_not_said_to_be_answered(client, application, state, told):
    by = {"answered_by": application.student} if state == "confirmed" else {}
    moment = {} if state == "open" else {"answered_at": "2127-04-29T00:00Z"}
    Offer.objects.update(state=state, **by, **moment)
    client.force_login(application.student)
    page = client.get(f"/outcome/{application.number}/").content.decode()
    assert [words for words in ("Answer by", "Answered") if f"<dt>{words}</dt>" in page] == [told]


@pytest.mark.usefixtures("card")
def test_the_paper_says_what_the_page_says(application):
    outcome = outcomes.of(application)
    pages = pypdf.PdfReader(io.BytesIO(outcomes.paper_of(outcome, at=outcome.card.published_at))).pages
    text = " ".join(" ".join(page.extract_text() for page in pages).replace("\N{ZERO WIDTH SPACE}", "").split())
    for words in (
        application.number,
        "Equal points. Decided by the higher course year: 6 over 5.",
        "46.00",
        "9f3c71abe20d",
    ):
        assert words in text


@pytest.mark.usefixtures("card")
def test_the_calendar_has_the_answer_and_the_stay(application):
    lines = outcomes.calendar_of(Offer.objects.get(application=application)).decode().split("\r\n")
    assert [line for line in lines if line.startswith("DTSTART")] == [
        "DTSTART:21270428T150000Z",
        "DTSTART;VALUE=DATE:20270705",
    ]


@pytest.mark.usefixtures("card")
def test_the_same_few_queries_whatever_the_choices(application, django_assert_num_queries):
    with django_assert_num_queries(4):
        outcomes.of(application)
