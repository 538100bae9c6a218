from datetime import UTC, datetime
from io import BytesIO

import pytest
import time_machine
from django.db import connection
from django.utils import translation
from openpyxl import load_workbook

from mobility.calls.rubric import engine_rules
from mobility.calls.tests.factories import CallFactory, DestinationFactory, QuotaFactory
from mobility.people.tests.factories import FacultyFactory, RoleFactory, StudentFactory
from mobility.students.models import Application, Claim
from mobility.students.tests.factories import ApplicationFactory, ChoiceFactory, ClaimFactory, EvidenceFactory
from mobility.web.tests.queries import asked_by, assert_same_at_1_and_3
from selection import reasons
from selection.actions import scoring
from selection.actions.scoring import rescore
from selection.models import Conflict, Reading

from .factories import ReadingFactory, StandingFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2027, 4, 5, 9, tzinfo=UTC)
MOST_QUERIES_OF_A_SAVE = 26  # a third of them compute the order of the faculty again
MOST_OF_ONE_APPLICATION = 9
MOST_IN_A_LARGE_FACULTY = 15  # where the worker does; two of them are the test's own transaction
QUEUE, VERIFY, RANKING = (f"/selection/PT27/general/{name}/" for name in ("queue", "verify", "standing"))


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def faculty():
    return FacultyFactory(code="general")


@pytest.fixture
def call(faculty):
    call = CallFactory(code="PT27")
    host = DestinationFactory(call=call, code="omsk", seats=1)
    QuotaFactory(destination=host, faculty=faculty, seats=1)
    return call


@pytest.fixture
def reader(client, faculty):
    office = RoleFactory(kind="deans-office", faculty=faculty).person
    client.force_login(office)
    return office


@pytest.fixture
def add(call, faculty):
    """add() → one more application, with a claim that nobody has read."""

    def one(*, claims=1, **facts):
        student = StudentFactory(student__faculty=faculty)
        application = ApplicationFactory(call=call, student=student, submitted=True, **facts)
        ChoiceFactory(application=application, destination=call.destinations.get())
        for _number in range(claims):
            ClaimFactory(application=application)
        return rescore(application=application)

    return one


def numbers(response):
    return [row["number"] for row in response.context["list"].rows]


def test_the_queue_filters_and_counts(client, reader, add):
    first, second, withdrawn = add(course_year=4), add(claims=0), add()
    ReadingFactory(claim=first.claims.get(), by=reader)
    Application.objects.filter(pk=withdrawn.pk).update(
        state="withdrawn", withdrawn_at=NOW, withdrawn_by=withdrawn.student
    )
    assert {
        query: set(numbers(client.get(f"{QUEUE}{query}")))
        for query in ("", "?read=no", "?read=yes", "?state=withdrawn", "?course=4", "?mine=on", f"?q={second.number}")
    } == {
        "": {first.number, second.number},
        "?read=no": {first.number},
        "?read=yes": {second.number},
        "?state=withdrawn": {withdrawn.number},
        "?course=4": {first.number},
        "?mine=on": {first.number},
        f"?q={second.number}": {second.number},
    }
    assert "1 of 2 verified" in client.get(QUEUE).content.decode()


def test_the_queue_asks_the_same_for_one_and_for_three(client, reader, add):
    assert_same_at_1_and_3(lambda: client.get(QUEUE), add=add, at_most=6)


def test_the_ranking_asks_the_same_for_one_and_for_three(client, reader, add):
    assert_same_at_1_and_3(lambda: client.get(RANKING), add=add, at_most=8)


@pytest.mark.parametrize("list_of", ["queue", "ranking"])
def test_a_page_is_read_in_the_order_of_an_index(client, reader, add, list_of):
    add()
    ApplicationFactory.create_batch(60, call=CallFactory(), submitted=True)  # to read past them is dear
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE students_application")
    address, wanted = {"queue": (QUEUE, "application_queue"), "ranking": (RANKING, "ranking_of_a_faculty")}[list_of]
    statements = asked_by(lambda: client.get(address)).statements
    page = next(row for row in statements if "LIMIT 5" in row and "family_name" in row)
    assert index_of(client, address, page) == wanted


def index_of(client, address, page):
    """The plan of the page's own statement, with sorting and reading whole tables made dear."""
    plans = []

    def explain(execute, sql, params, many, context):
        if " ".join(str(sql).split()) == page:
            with connection.cursor() as cursor:
                cursor.execute("SET LOCAL enable_seqscan = off")
                cursor.execute("SET LOCAL enable_bitmapscan = off")
                cursor.execute("SET LOCAL enable_sort = off")
                cursor.cursor.execute(f"EXPLAIN {sql}", params)
                plans.append("\n".join(row[0] for row in cursor.fetchall()))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(explain):
        client.get(address)
    known = ("application_queue", "ranking_of_a_faculty")
    return next((name for name in known if f"using {name}" in plans[0]), plans[0])


def test_three_presses_verify_an_applicant(client, reader, add):
    application, following = add(claims=3, number="PT27-1"), add(number="PT27-2")
    refused = application.claims.first()
    posted = {f"c{refused.pk}-decision": "refused", f"c{refused.pk}-reason": "not-proven", "rest": "1"}
    response = client.post(f"{VERIFY}{application.number}/", posted)
    assert (response.status_code, response.url) == (302, f"{VERIFY}{following.number}/")
    verdicts = application.claims.order_by("pk").values_list("verdict", "reason_text")
    text = "Not counted: the file that you attached does not show it."
    assert list(verdicts) == [("refused", text), ("accepted", ""), ("accepted", "")]


def test_the_sentence_is_in_the_language_of_the_student(client, reader, add):
    application = add()
    type(application.student).objects.filter(pk=application.student_id).update(language="en")
    claim = application.claims.get()
    Claim.objects.filter(pk=claim.pk).update(day="2024-11-14")
    client.post(
        f"{VERIFY}{application.number}/", {f"c{claim.pk}-decision": "refused", f"c{claim.pk}-reason": "outside-period"}
    )
    claim.refresh_from_db()
    said = claim.reason_text.replace("\N{NO-BREAK SPACE}", " ")
    period = "The call counts achievements from 10 March 2025 to 10 March 2027."
    assert said == f"Not counted: it is dated 14 November 2024. {period}"


def test_who_chose_no_language_reads_that_of_the_office(client, reader, add):
    application = add()
    type(reader).objects.filter(pk=reader.pk).update(language="be")
    type(application.student).objects.filter(pk=application.student_id).update(language="")
    claim = application.claims.get()
    verdict = {f"c{claim.pk}-decision": "refused", f"c{claim.pk}-reason": "not-proven"}
    client.post(f"{VERIFY}{application.number}/", verdict)
    with translation.override("be"):
        said = reasons.sentences(
            claim, application, engine_rules(application.call, application.call.rules_versions.get())
        )
    claim.refresh_from_db()
    assert (claim.reason_text, claim.reason_text[:4]) == (said["not-proven"], "Не з")


def test_what_is_left_to_others_is_said(client, reader, add):
    own, other = add(number="PT27-1"), add(number="PT27-2")
    Conflict.objects.create(person=reader, application=other, declared_at=NOW)
    response = client.post(f"{VERIFY}{own.number}/", {"rest": "1"}, follow=True)
    assert str(list(response.context["messages"])[-1]) == (
        "You have read all that is yours to read. 1 application waits for another reader."
    )


@pytest.mark.parametrize(("is_own", "doors"), [(True, 0), (False, 2)])
def test_who_gave_a_verdict_is_offered_no_agreement_to_it(client, reader, add, is_own, doors):
    application = add()
    given = ReadingFactory(claim=application.claims.get(), needs_second=True, **({"by": reader} if is_own else {}))
    page = client.get(f"{VERIFY}{application.number}/").content.decode()
    assert page.count(f"/verdict/{given.pk}/") == doors


def test_after_the_publication_no_button_is_left_that_would_be_refused(client, reader, add):
    application = add()
    StandingFactory(call=application.call, faculty=application.faculty)
    sheet = f"{VERIFY}{application.number}/"
    doors = {sheet: 'name="rest"', f"{sheet}?claim": 'value="refused"', RANKING: "/unlock/"}
    before = [words in client.get(address).content.decode() for address, words in doors.items()]
    type(application.call).objects.update(published_at=NOW, published_run=1)
    after = [words in client.get(address).content.decode() for address, words in doors.items()]
    assert (before, after) == ([True] * 3, [False] * 3)


def test_two_readers_see_both_texts(client, reader, add):
    application = add()
    claim = application.claims.get()
    ReadingFactory(claim=claim, decision="refused", reason="not-proven", text="What the first one wrote.")
    name = f"c{claim.pk}"
    mine = {
        f"{name}-decision": "refused",
        f"{name}-reason": "other",
        f"{name}-text": "What I wrote.",
        f"{name}-seen": "0",
    }
    response = client.post(f"{VERIFY}{application.number}/", mine)
    page = response.content.decode()
    assert (response.status_code, Reading.objects.count()) == (409, 1)
    assert ("What the first one wrote." in page, "What I wrote." in page) == (True, True)
    assert [f": {word}." in page for word in ("not counted", "refuse")] == [True, False]
    assert f'name="{name}-seen" value="1"' in page
    again = client.post(f"{VERIFY}{application.number}/", mine | {f"{name}-seen": "1"})
    assert again.status_code == 302
    assert list(Reading.objects.order_by("number").values_list("text", flat=True)) == [
        "What the first one wrote.", "What I wrote."
    ]  # fmt: skip


def test_a_verdict_of_last_year_is_used_again_by_one_press(client, reader, add, faculty):
    application = add()
    claim = application.claims.get()
    before = ApplicationFactory(student=application.student, submitted=True)
    ClaimFactory(
        application=before, kind=claim.kind, title=claim.title, day=claim.day, verdict="corrected", read_at=NOW,
        accepted_kind="talk-university", reason="other-kind", reason_text="A university's.",
    )  # fmt: skip
    client.post(f"{VERIFY}{application.number}/", {"reuse": claim.pk})
    claim.refresh_from_db()
    assert (claim.verdict, claim.accepted_kind, claim.reason_text) == (
        "corrected",
        "talk-university",
        "A university's.",
    )


def test_whoever_stays_out_is_shown_nothing_and_the_list_says_so(client, reader, add):
    application = add()
    ClaimFactory(application=application, title="Kanareikina")
    client.post(f"{VERIFY}{application.number}/conflict/", {"note": "My niece"})
    assert Conflict.objects.get().person == reader
    page = client.get(f"{VERIFY}{application.number}/").content.decode()
    assert ("You stay out of this application" in page, "Kanareikina" in page) == (True, False)
    assert client.post(f"{VERIFY}{application.number}/", {"rest": "1"}).status_code == 404
    assert "You stay out" in client.get(QUEUE).content.decode()
    assert client.get(f"{VERIFY}{application.number}/next/").url == QUEUE


def test_keys_can_be_turned_off(client, reader, add):
    address = f"{VERIFY}{add().number}/"
    assert "data-keys" in client.get(address).content.decode()
    client.post(f"{address}keys/")
    assert "data-keys" not in client.get(address).content.decode()


def test_saving_three_verdicts_asks_about_as_much_as_saving_one(client, reader, add):
    single, application = add(claims=1), add(claims=3)
    paths = [f"{VERIFY}{one.number}/" for one in (single, application)]
    asked = [asked_by(lambda path=path: client.post(path, {"rest": "1"})) for path in paths]
    assert [found.queries <= MOST_QUERIES_OF_A_SAVE for found in asked] == [True, True]
    assert Claim.objects.filter(verdict="accepted").count() == 4


def test_a_save_in_a_large_faculty_leaves_its_order_to_the_worker(client, reader, add, monkeypatch):
    applications = [add(), add(), add()]
    monkeypatch.setattr(scoring, "AT_ONCE", 1)
    asked = asked_by(lambda: client.post(f"{VERIFY}{applications[0].number}/", {"rest": "1"}))
    assert (asked.queries <= MOST_IN_A_LARGE_FACULTY, asked.repeated) == (True, [])


def test_one_application_asks_as_often_whatever_is_claimed(client, reader, add):
    single, application = add(claims=1), add(claims=3)
    for claim in (*single.claims.all(), *application.claims.all()):
        EvidenceFactory(claim=claim)
    ReadingFactory(claim=application.claims.first(), by=reader)
    asked = [asked_by(lambda one=one: client.get(f"{VERIFY}{one.number}/")) for one in (single, application)]
    assert [found.queries <= MOST_OF_ONE_APPLICATION for found in asked] == [True, True]


def test_the_ranking_says_what_decided_a_tie_and_where_places_end(client, reader, add):
    for year, number in ((5, "PT27-1"), (4, "PT27-2")):
        add(claims=0, course_year=year, number=number)
    lines = client.get(RANKING).context["lines"]
    assert [(line.number, line.place, line.host != "", line.is_border) for line in lines] == [
        ("PT27-1", 1, True, True), ("PT27-2", 2, False, False)
    ]  # fmt: skip
    assert [line.tie for line in lines] == [
        "Equal with rank 2 on 35.00. Decided by the higher course year: 5 over 4",
        "",
    ]


def test_who_is_not_ranked_is_counted_on_top_and_named_below_the_last_rank(client, reader, add, monkeypatch):
    monkeypatch.setattr("selection.views.standings.PAGE", 1)
    first, second, barred = add(claims=0, mean_mark=900), add(claims=0, mean_mark=800), add(claims=0, debts=1)
    pages = [client.get(address).context for address in (RANKING, f"{RANKING}?after=1")]
    assert [[line.number for line in page["lines"]] for page in pages] == [[first.number], [second.number]]
    assert [(page["not_ranked"], page["last_page"]) for page in pages] == [(1, 1), (1, 1)]
    assert [[row["number"] for row in page["others"]] for page in pages] == [[], [barred.number]]


def test_the_ranking_leaves_as_a_spreadsheet(client, reader, add):
    application = add(claims=0)
    sheet = load_workbook(BytesIO(client.get(f"{RANKING}export/").content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert (rows[0][0], rows[1][:2], rows[1][9]) == ("Rank", (1, application.number), 35)
    assert rows[0][10] == "Place, if locked now"
    StandingFactory(call=application.call, faculty=application.faculty)
    locked = load_workbook(BytesIO(client.get(f"{RANKING}export/").content)).active
    assert next(locked.iter_rows(values_only=True))[10] == "Destination"


def test_papers_name_an_applicant_in_full(client, reader, add):
    application = add(claims=0)
    type(application.student).objects.filter(pk=application.student_id).update(patronymic="Kirillovna")
    sheet = load_workbook(BytesIO(client.get(f"{RANKING}export/").content)).active
    board = client.get(f"{RANKING}notice/?by=names").content.decode()
    shown = ["Kirillovna" in sheet["C2"].value, "Kirillovna" in board]
    assert (shown, "Kirillovna" in client.get(RANKING).content.decode()) == ([True, True], False)


def test_the_notice_board_has_numbers_unless_names_are_asked_for(client, reader, add):
    application = add(claims=0)
    name = application.student.family_name
    told = [name in client.get(f"{RANKING}notice/{query}").content.decode() for query in ("", "?by=names")]
    assert told == [False, True]
