from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from django.urls import reverse
from openpyxl import load_workbook

from mobility.files.tests.factories import pdf, upload
from mobility.people.tests.factories import RoleFactory
from mobility.web.tests.queries import assert_same_at_1_and_3
from partners.models import Agreement, Condition, ConfirmedSeats, Prolongation

from .factories import (
    AgreementFactory,
    ConditionFactory,
    ConfirmedSeatsFactory,
    InstitutionFactory,
    NameFactory,
    ScanFactory,
)

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
LIST = "/agreements/"


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ir(client):
    officer = RoleFactory(kind="ir-officer").person
    client.force_login(officer)
    return officer


def numbers(response):
    return [row["number"] for row in response.context["list"].rows]


def draft_factory(**facts):
    return AgreementFactory(sealed_at=None, sealed_by=None, **facts)


@pytest.fixture
def several(ir):
    nagasaki = InstitutionFactory(named={"ja": "長崎大学", "en": "Nagasaki University", "ru": "Университет Нагасаки"})
    nagasaki.country = "JP"
    nagasaki.save()
    moscow = InstitutionFactory(named={"ru": "Российский университет медицины"}, country="RU")
    NameFactory(institution=moscow, language="ru", text="МГМСУ имени Евдокимова", kind="former", until="2023-11-30")
    expiring = AgreementFactory(number="A", parties=[nagasaki], ends="2026-12-20", owner=ir, subject="Exchange")
    in_force = AgreementFactory(number="B", parties=[nagasaki, moscow], ends="2028-12-31", owner=ir)
    ConditionFactory(agreement=in_force, partner=moscow, kind="practical-training", direction="outgoing")
    ConditionFactory(agreement=in_force, partner=nagasaki, kind="conference", direction="incoming")
    AgreementFactory(number="C", parties=[moscow], starts="2020-01-01", ends="2025-12-31", signed_on="2019-12-01")
    draft_factory(number="D", parties=[moscow], ends=None)
    AgreementFactory(number="E", parties=[moscow], starts="2027-01-01", ends=None, renewal="automatic")
    expiring.parties.update(signed_as="Nagasaki Medical College")
    return expiring


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("?sort=until", ["C", "A", "B", "D", "E"]),
        ("?sort=-number", ["E", "D", "C", "B", "A"]),
        ("?q=нагасаки", ["A", "B"]),
        ("?q=長崎", ["A", "B"]),
        ("?q=Medical+College", ["A"]),
        ("?q=Evdokimova", ["B", "D", "E", "C"]),
        ("?q=exchange", ["A"]),
        ("?q=nagasaki+evdokimov", ["B"]),
        ("?state=draft", ["D"]),
        ("?state=in-force", ["B"]),
        ("?state=upcoming", ["E"]),
        ("?state=expiring", ["A"]),
        ("?state=expired", ["C"]),
        ("?state=terminated", []),
        ("?expiring=30", ["A"]),
        ("?country=JP", ["A", "B"]),
        ("?kind=conference", ["B"]),
        ("?kind=conference&direction=outgoing", []),
        ("?kind=conference&direction=incoming", ["B"]),
        ("?direction=outgoing", ["B"]),
    ],
)
def test_the_list_is_searched_filtered_and_sorted(client, several, query, expected):
    response = client.get(LIST + query)
    assert numbers(response) == expected
    sheet = load_workbook(BytesIO(client.get(f"/agreements/export.xlsx{query}").content)).active
    assert sorted(row[0] for row in sheet.iter_rows(min_row=2, values_only=True)) == sorted(expected)


def test_the_list_is_filtered_by_owner(client, several, ir):
    assert numbers(client.get(f"{LIST}?owner={ir.pk}")) == ["A", "B"]


def test_a_row_says_with_whom_and_in_which_state(client, several):
    row = client.get(f"{LIST}?q=A&state=in-force").context["list"].rows[0]
    assert (row["partner_names"], row["word"], row["pill"]) == (
        ["Nagasaki University", "Российский университет медицины"],
        "In force",
        "ok",
    )


@pytest.mark.parametrize("query", ["", "?q=2026&state=in-force&expiring=180&country=BY&direction=incoming"])
def test_the_list_asks_the_same_of_1_and_3(client, ir, query):
    assert_same_at_1_and_3(lambda: client.get(LIST + query), add=AgreementFactory, at_most=8)


def test_an_agreement_s_page_asks_the_same_of_1_and_3(client, ir):
    agreement = AgreementFactory()
    partner = agreement.parties.get().institution
    kinds = iter(["conference", "lecturing", "internship"])

    def add():
        condition = ConditionFactory(agreement=agreement, partner=partner, kind=next(kinds))
        ConfirmedSeatsFactory(condition=condition)
        ScanFactory(agreement=agreement)

    assert_same_at_1_and_3(lambda: client.get(agreement.get_absolute_url()), add=add, at_most=10)


def test_an_agreement_s_page_shows_confirmed_against_agreed(client, ir):
    condition = ConditionFactory(seats=4)
    ConfirmedSeatsFactory(condition=condition, seats=4)
    ConfirmedSeatsFactory(condition=condition, seats=2, letter_number="15-7/90")
    context = client.get(condition.agreement.get_absolute_url()).context
    (line,) = context["lines"]
    assert (line.confirmed.seats, line.difference, [entry.seats for entry in line.earlier]) == (2, -2, [4])
    assert context["years"] == ["2025/2026", "2026/2027", "2027/2028"]
    (line,) = client.get(f"{condition.agreement.get_absolute_url()}?year=2027/2028").context["lines"]
    assert (line.confirmed, line.difference, line.holds) == (None, None, True)


@pytest.mark.parametrize("kind", ["rector", "deans-office", "head-of-department"])
def test_others_read_and_cannot_write(client, kind):
    agreement = ConditionFactory().agreement
    client.force_login(RoleFactory(kind=kind).person)
    context = client.get(agreement.get_absolute_url()).context
    assert set(context["may"].values()) == {False}
    assert "/new/" not in client.get(LIST).content.decode()


def test_a_partner_s_year_is_played_through(client, ir):
    """Drafted, an exchange, in force, seats confirmed late and cut, prolonged, terminated."""
    partner = InstitutionFactory(named={"ru": "Омский университет"})
    days = {"signed_on": "2026-11-20", "starts": "2026-12-01", "ends": "2027-12-31"}
    entered = {"partner": partner.pk, "number": "77/2026", "subject": "", "renewal": "none", "owner": ir.pk}
    client.post("/agreements/new/", entered | days | {"signed_as": ""})
    agreement = Agreement.objects.get()
    assert agreement.parties.get().signed_as == "Омский университет"

    terms = {"kind": "practical-training", "weeks": 6, "starts": "2026-12-01", "seats_out": 4, "seats_in": 3}
    client.post(reverse("exchange-add", args=[agreement.pk]), terms | {"partner": partner.pk})
    assert list(Condition.objects.order_by("id").values_list("direction", "seats")) == [
        ("outgoing", 4),
        ("incoming", 3),
    ]
    client.post(reverse("agreement-put-in-force", args=[agreement.pk]))
    assert Agreement.objects.get().sealed_by == ir

    out = Condition.objects.get(direction="outgoing")
    page = reverse("seats-confirm", args=[agreement.pk, out.pk]) + "?year=2026/2027"
    letter = {"letter_number": "15", "letter_date": "2026-11-21", "year": "2026/2027", "note": ""}
    client.post(page, letter | {"seats": 4, "seen": "", "file": upload("letter.pdf", pdf())})
    again = client.post(page, letter | {"seats": 2, "seen": ""})
    assert [error.code for error in again.context["form"].non_field_errors().as_data()] == ["changed-meanwhile"]
    seen = client.get(page).context["form"]["seen"].value()
    client.post(page, letter | {"seats": 2, "seen": seen})
    assert list(ConfirmedSeats.objects.order_by("id").values_list("seats", "file__name")) == [
        (4, "letter.pdf"),
        (2, None),
    ]
    file = client.get(reverse("seats-file", args=[agreement.pk, ConfirmedSeats.objects.earliest("id").pk]))
    assert b"".join(file.streaming_content).startswith(b"%PDF")

    prolonged = {"ends": "2029-12-31", "letter_number": "16", "letter_date": "2026-11-22"}
    client.post(reverse("agreement-renew", args=[agreement.pk]), prolonged)
    assert Prolongation.objects.get().entered_by == ir
    reason = {"last_day": "2028-06-30", "reason": "By agreement of both sides."}
    client.post(reverse("agreement-terminate", args=[agreement.pk]), reason)
    assert Agreement.objects.get().last_day == date(2028, 6, 30)
    told = client.get(reverse("history", args=["partners", "agreement", agreement.pk])).content.decode()
    assert [word in told for word in ("Drafted", "Put in force", "Prolonged", "Terminated")] == [True] * 4


def test_a_form_that_comes_back_shows_the_name_of_the_day(client, ir):
    partner = InstitutionFactory(named={"ru": "Омский университет"})
    days = {"signed_on": "2026-10-01", "starts": "2026-12-01", "ends": "2026-11-01"}
    text = client.post("/agreements/new/", {"partner": partner.pk, "owner": ir.pk} | days).content.decode()
    assert "“Омский университет”, as it was called on 1 October 2026" in text.replace("\xa0", " ")


def test_a_refusal_stands_at_its_field(client, ir):
    agreement = AgreementFactory()
    terms = {"kind": "practical-training", "direction": "outgoing", "seats": 1, "weeks": 6, "starts": "2025-01-01"}
    partner = agreement.parties.get().institution
    response = client.post(reverse("condition-add", args=[agreement.pk]), terms | {"partner": partner.pk})
    assert list(response.context["form"].errors) == ["starts"]


def test_the_papers_of_another_agreement_are_not_there(client, ir):
    scan, other = ScanFactory(), AgreementFactory()
    assert client.get(reverse("scan-file", args=[scan.agreement_id, scan.pk])).status_code == 200
    assert client.get(reverse("scan-file", args=[other.pk, scan.pk])).status_code == 404


def test_markup_is_text(client, ir):
    agreement = AgreementFactory(subject="<script>alert(1)</script>", ends="2027-01-31")
    agreement.parties.update(signed_as="<b>bold</b>")
    for address in (LIST, agreement.get_absolute_url(), "/agreements/expiring/"):
        text = client.get(address).content.decode()
        assert "<script>alert" not in text
        assert "<b>bold" not in text


def test_a_partner_s_public_page_says_nothing_of_agreements(client):
    agreement = AgreementFactory(number="canary-77", subject="canary")
    ConfirmedSeatsFactory(condition=ConditionFactory(agreement=agreement), seats=3)
    address = agreement.parties.get().institution.get_absolute_url()
    assert "canary" not in client.get(address).content.decode()
    client.force_login(RoleFactory(kind="rector").person)
    (row,) = client.get(address).context["agreements"]
    (line,) = row["agreement"].lines_here
    assert (row["agreement"], row["word"], line.seats, line.confirmed) == (agreement, "In force", 4, 3)


def test_a_partner_s_page_asks_the_same_of_1_and_3_agreements(client, ir):
    partner = InstitutionFactory()

    def add():
        ConditionFactory(agreement=AgreementFactory(parties=[partner]))

    assert_same_at_1_and_3(lambda: client.get(partner.get_absolute_url()), add=add, at_most=13)


def test_the_admin_asks_the_same_of_1_and_3(client):
    client.force_login(RoleFactory(kind="administrator").person)
    assert_same_at_1_and_3(
        lambda: client.get("/admin/partners/agreement/?q=2026&state=in-force"), add=AgreementFactory, at_most=10
    )


def test_the_agreement_s_history_tells_the_seats_that_were_entered(client, ir):
    agreement = AgreementFactory()
    condition = ConditionFactory(agreement=agreement)
    entered = {"year": "2026/2027", "seats": 3, "letter_number": "15-7/88", "letter_date": "2026-11-20"}
    url = f"/agreements/{agreement.pk}/conditions/{condition.pk}/seats/"
    assert client.post(url, entered).status_code == 302
    entry = client.get(reverse("history", args=["partners", "agreement", agreement.pk])).context["entries"][0]
    assert entry.what == "Seats of the year entered (practical training of students, outgoing)"
    kind, _before, added = entry.changes[-1]
    assert (kind, "2026/2027, 3, 15-7/88, " in added) == ("Seats of the year", True)


def test_who_puts_a_draft_in_force_finds_the_way_to_what_is_missing(client, ir):
    draft = draft_factory(signed_on=None)
    refused = client.post(f"/agreements/{draft.pk}/put-in-force/")
    assert [error.code for error in refused.context["form"].non_field_errors().as_data()] == ["not-signed"]
    assert f'href="/agreements/{draft.pk}/edit/"' in refused.content.decode()


def test_a_condition_names_its_language_in_words(client, ir):
    condition = ConditionFactory(language="ru", language_level="B2")
    page = client.get(condition.get_absolute_url()).content.decode()
    assert ("· Russian B2" in page, "· ru B2" in page) == (True, False)
