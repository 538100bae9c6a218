"""What lies ahead: expiring agreements, years not covered, parity."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
import time_machine
from django.db import connection

from mobility.people.academic_years import AcademicYear
from mobility.people.tests.factories import RoleFactory
from mobility.web.memory import forget
from mobility.web.tests.queries import assert_same_at_1_and_3
from partners import parity
from partners.coverage import UNCOVERED
from partners.models import Condition, Institution, MobilityKind
from partners.views import outlook

from .factories import AgreementFactory, ConditionFactory, ConfirmedSeatsFactory, FlowFactory, InstitutionFactory

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def today():
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def ir(client):
    officer = RoleFactory(kind="ir-officer").person
    client.force_login(officer)
    return officer


def test_what_ends_soon_is_listed_with_days_left_and_owner(client, ir):
    for number, ends in (("far", "2027-05-23"), ("near", "2027-05-22"), ("soon", "2026-12-23"), ("now", "2026-11-23")):
        AgreementFactory(number=number, ends=ends, owner=ir)
    rows = client.get("/agreements/expiring/").context["list"].rows
    assert [(row["number"], row["days_left"], row["urgency"]) for row in rows] == [
        ("now", 0, "bad"),
        ("soon", 30, "bad"),
        ("near", 180, "plain"),
    ]


def test_years_not_covered_are_told_per_partner_and_kind(client, ir):
    partner = InstitutionFactory(named={"en": "Omsk"})
    early = AgreementFactory(parties=[partner], starts="2023-09-01", ends="2024-08-31")
    ConditionFactory(agreement=early, starts="2023-09-01", ends=None)
    ConditionFactory(agreement=AgreementFactory(parties=[partner], ends="2027-12-31"), ends=None)
    ConditionFactory(agreement=AgreementFactory(parties=[partner], ends=None), kind="conference", ends=None)
    ConditionFactory(
        agreement=AgreementFactory(parties=[partner], sealed_at=None, sealed_by=None), kind="lecturing", ends=None
    )
    conditions_that_never_held(partner)
    (row,) = client.get("/agreements/coverage/").context["rows"]
    assert (row["line"].name, row["kind"]) == ("Omsk", "practical training of students")
    missing = row["line"].missing
    assert [str(year) for year in missing.years] == ["2024/2025"]
    assert [(str(part.year), part.until) for part in missing.partly] == [("2027/2028", date(2027, 12, 31))]


def conditions_that_never_held(partner):
    """Terminated before the condition began."""
    ended = AgreementFactory(
        parties=[partner],
        starts="2020-01-01",
        terminated_on=date(2020, 6, 30),
        terminated_at=NOW,
        terminated_by=RoleFactory().person,
        termination_reason="Ended.",
    )
    ConditionFactory(agreement=ended, kind="internship", starts="2021-01-01", ends=None)


def test_years_not_covered_come_by_pages(client, ir, monkeypatch):
    monkeypatch.setattr(outlook, "LINES_A_PAGE", 2)
    for name in ("Alpha", "Beta"):
        partner = InstitutionFactory(named={"en": name})
        agreement = AgreementFactory(parties=[partner], starts="2020-01-01", ends="2021-12-31")
        for kind in ("conference", "lecturing", "internship")[: 3 if name == "Alpha" else 1]:
            ConditionFactory(agreement=agreement, kind=kind, starts="2020-01-01", ends=None)
    address, told = "/agreements/coverage/", []
    while address:
        context = client.get(address).context
        told += [[(row["line"].name, row["line"].kind) for row in context["rows"]]]
        address = context["further"] and f"/agreements/coverage/{context['further']}"
    assert told == [
        [("Alpha", "conference"), ("Alpha", "internship")],
        [("Alpha", "lecturing"), ("Beta", "conference")],
    ]
    last = f"{partner.pk}.lecturing"
    assert "Nothing further" in client.get(f"/agreements/coverage/?after={last}").content.decode()


@pytest.fixture
def two_partners():
    for name, out, into, confirmed in (("Alpha", 4, 4, 2), ("Beta", 0, 3, None)):
        agreement = AgreementFactory(parties=[InstitutionFactory(named={"en": name})])
        outgoing = ConditionFactory(agreement=agreement, seats=out)
        ConditionFactory(agreement=agreement, seats=into, direction="incoming")
        ConditionFactory(agreement=agreement, seats=9, kind="conference")
        if confirmed is not None:
            ConfirmedSeatsFactory(condition=outgoing, seats=9)
            ConfirmedSeatsFactory(condition=outgoing, seats=confirmed)


def seats(context):
    return [(partner.name, partner.seats_out, partner.seats_in) for _bar, partner in context["rows"]]


def test_parity_counts_what_was_confirmed_or_else_agreed(client, ir, two_partners):
    context = client.get("/agreements/parity/?year=2026/2027").context
    assert seats(context) == [("Alpha", 2, 4), ("Beta", 0, 3)]
    total = context["total"]
    assert (total.seats_out, total.seats_in, total.has_people) == (2, 7, False)
    total = client.get("/agreements/parity/?year=2025/2026&kind=conference").context["total"]
    assert (total.seats_out, total.seats_in) == (18, 0)


def test_parity_counts_people_beside_seats(client, ir, two_partners):
    alpha = Institution.objects.get(name_en="Alpha")
    FlowFactory(institution=alpha, done_people=1, done_weeks=4, planned_people=3, planned_weeks="12.5")
    FlowFactory(institution=alpha, done_people=2, done_weeks=8)
    FlowFactory(institution=InstitutionFactory(named={"en": "Gamma"}), direction="incoming")
    FlowFactory(institution=alpha, academic_year="2025/2026")
    FlowFactory(institution=alpha, kind="conference")
    context = client.get("/agreements/parity/?year=2026/2027").context
    people = [(one.name, one.seats_out, one.went, one.weeks_out, one.to_go, one.came) for _bar, one in context["rows"]]
    assert people == [("Alpha", 2, 3, 12, 3, 0), ("Beta", 0, 0, 0, 0, 0), ("Gamma", 0, 0, 0, 0, 2)]
    total = context["total"]
    assert (total.went, total.weeks_out, total.to_go, total.weeks_to_go) == (3, 12, 3, Decimal("12.5"))
    assert (total.came, total.weeks_in, total.to_come, total.weeks_to_come) == (2, 12, 0, 0)


def test_parity_comes_by_pages_and_sums_them_all(client, ir, two_partners, monkeypatch):
    monkeypatch.setattr(outlook, "LINES_A_PAGE", 1)
    for page, partner in ((1, ("Alpha", 2, 4)), (2, ("Beta", 0, 3))):
        context = client.get(f"/agreements/parity/?year=2026/2027&page={page}").context
        assert (seats(context), context["total"].seats_in) == ([partner], 7)
    assert (context["paging"].found, context["paging"].next) == (2, "")
    Condition.objects.filter(direction="incoming").update(seats=1)
    assert client.get("/agreements/parity/?year=2026/2027").context["total"].seats_in == 2


def test_the_sum_of_thousands_is_read_once_a_minute(client, ir, two_partners, monkeypatch):
    monkeypatch.setattr(outlook, "LINES_A_PAGE", 1)
    monkeypatch.setattr(parity, "MANY", 1)
    address = "/agreements/parity/?year=2026/2027"
    assert client.get(address).context["total"].seats_in == 7
    Condition.objects.filter(direction="incoming").update(seats=1)
    found = client.get(address).context
    assert (seats(found), found["total"].seats_in) == ([("Alpha", 2, 1)], 7)
    forget()
    assert client.get(address).context["total"].seats_in == 2


def test_of_two_validities_within_a_year_the_later_counts(client, ir):
    agreement = AgreementFactory()
    ConditionFactory(agreement=agreement, seats=4, ends="2026-12-31")
    ConditionFactory(agreement=agreement, seats=6, starts="2027-01-01")
    assert client.get("/agreements/parity/?year=2026/2027").context["total"].seats_out == 6
    assert client.get("/agreements/parity/?year=2025/2026").context["total"].seats_out == 4


@pytest.mark.parametrize("address", ["/agreements/expiring/", "/agreements/coverage/", "/agreements/parity/"])
def test_the_outlook_asks_the_same_of_1_and_3(client, ir, address):
    def add():
        partner = InstitutionFactory()
        agreement = AgreementFactory(parties=[partner], ends="2027-01-31")
        ConditionFactory(agreement=agreement, partner=partner, ends="2027-01-31")

    assert_same_at_1_and_3(lambda: client.get(address), add=add, at_most=8)


def test_years_not_covered_are_read_by_the_index_of_names(db):
    """However many partners there are, the page stops when it is full."""
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        values = {"partner": 0, "kind": "", "coming": 2027, "months": 8, "day": 31, "size": 51}
        cursor.execute(f"EXPLAIN {UNCOVERED.format(language='ru')}", values)
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "institution_by_name_ru" in plan
    assert "Seq Scan" not in plan


def test_conditions_of_one_kind_are_read_by_its_index(db):
    """The constraint's index has the kind too, but not first: asked for a kind, it is read whole."""
    one = ConditionFactory(kind="conference")
    kinds = MobilityKind.values
    Condition.objects.bulk_create(
        Condition(
            agreement=one.agreement, partner=one.partner, direction="outgoing", kind=kinds[number % len(kinds)],
            specialty=f"number {number}", seats=1, weeks=4, starts=one.starts,
        )
        for number in range(2_000)
    )  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE partners_condition")
        cursor.execute("SET LOCAL enable_seqscan = off")
    plan = Condition.objects.of_year(AcademicYear.of(NOW.date())).filter(kind="conference").order_by().explain()
    assert "condition_of_kind" in plan
    assert "condition_once_at_a_time" not in plan
