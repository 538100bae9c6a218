from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from mobility.people.tests.factories import RoleFactory
from mobility.web.tests.queries import asked_by, assert_same_at_1_and_3
from partners.models import Name

from .factories import ContactFactory, FlowFactory, HomeFactory, InstitutionFactory, NameFactory, SuccessionFactory

pytestmark = pytest.mark.django_db
LIST = "/partners/"


@pytest.fixture
def ir(client):
    officer = RoleFactory(kind="ir-officer").person
    client.force_login(officer)
    return officer


def archived(**values):
    by = RoleFactory(kind="ir-officer").person
    return InstitutionFactory(archived_at=timezone.now(), archived_by=by, archive_reason="It closed.", **values)


def names(response):
    return [row["name"] for row in response.context["list"].rows]


def cities(response):
    """What the map shows: name and number of each mark but home's."""
    marks = response.context["map"]["drawn"].marks
    return [(mark.place.name, mark.place.count) for mark in marks if not mark.place.is_home]


def placed(name, city, latitude, longitude, **values):
    return InstitutionFactory(named=name, city=city, latitude=latitude, longitude=longitude, **values)


@pytest.fixture
def four():
    HomeFactory(city="Минск", city_en="Minsk", latitude=53.9, longitude=27.5, country="BY")
    placed("Beta", "Moscow", 55.7, 37.5, country="RU", is_key=True)
    placed("Alpha", "Moscow", 55.8, 37.6, country="RU")
    placed("Gamma", "Monaco", 43.7, 7.4, country="MC")
    InstitutionFactory(named="Delta", city="Nowhere", country="MT")
    archived(named="Gone", latitude=1, longitude=1)


@pytest.mark.parametrize(
    ("query", "listed", "mapped"),
    [
        ("", ["Alpha", "Beta", "Delta", "Gamma"], [("Moscow", 2), ("Monaco", 1)]),
        ("?sort=-name", ["Gamma", "Delta", "Beta", "Alpha"], [("Moscow", 2), ("Monaco", 1)]),
        ("?country=RU", ["Alpha", "Beta"], [("Moscow", 2)]),
        ("?country=MC", ["Gamma"], [("Monaco", 1)]),
        ("?key=on", ["Beta"], [("Moscow", 1)]),
        ("?q=гамма", ["Gamma"], [("Monaco", 1)]),
        ("?q=alpha&country=RU", ["Alpha"], [("Moscow", 1)]),
        ("?archived=on", ["Alpha", "Beta", "Delta", "Gamma"], [("Moscow", 2), ("Monaco", 1)]),
    ],
)
def test_list_and_map_show_the_same_partners(client, four, query, listed, mapped):
    response = client.get(f"{LIST}{query}")
    assert names(response) == listed
    assert cities(response) == mapped


def test_who_has_no_place_on_the_map_is_counted(client, four):
    assert client.get(LIST).context["unplaced"] == 1


def test_without_any_place_there_is_no_map(client, four):
    response = client.get(f"{LIST}?country=MT")
    assert (names(response), response.context["map"]) == (["Delta"], None)


def test_countries_to_choose_are_those_of_partners(client, four):
    choices = client.get(LIST).context["list"].filters.fields["country"].choices
    assert list(choices) == [("", "All countries"), ("MT", "Malta"), ("MC", "Monaco"), ("RU", "Russia")]


def test_an_officer_can_ask_for_the_archive(client, four, ir):
    assert names(client.get(LIST)) == ["Alpha", "Beta", "Delta", "Gamma"]
    assert names(client.get(f"{LIST}?archived=on")) == ["Alpha", "Beta", "Delta", "Gamma", "Gone"]


def test_an_empty_list_says_so(client):
    response = client.get(LIST)
    assert (response.status_code, names(response), response.context["map"]) == (200, [], None)


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_names_are_in_the_reader_s_language(client, language):
    InstitutionFactory(
        named={"en": "English", "ru": "Русское", "be": "Беларускае"}, city_en="E", city_ru="Р", city_be="Б"
    )
    row = client.get(LIST, headers={"accept-language": language}).context["list"].rows[0]
    assert (row["name"], row["city"]) == {
        "en": ("English", "E"),
        "ru": ("Русское", "Р"),
        "be": ("Беларускае", "Б"),
    }[language]


def test_the_list_asks_the_same_of_1_and_3(client):
    HomeFactory()
    assert_same_at_1_and_3(
        lambda: client.get(LIST), add=lambda: InstitutionFactory(latitude=50, longitude=30), at_most=4
    )


def test_thousands_ask_no_more(client, thousands):
    client.get(LIST)
    asked = asked_by(lambda: client.get(LIST))
    assert (asked.queries, asked.rows) == (3, 52)


def test_more_than_fit_make_no_map_and_no_more_queries(client, monkeypatch):
    monkeypatch.setattr("partners.views.partners.ON_A_MAP", 2)
    for _number in range(3):
        InstitutionFactory(latitude=50, longitude=30)
    response = client.get(LIST)
    assert (response.context["map"], response.context["too_many"]) == (None, True)
    assert asked_by(lambda: client.get(LIST)).queries == 3


def test_a_partner_s_page_has_its_names_and_former_names(client):
    institution = InstitutionFactory(named={"ru": "Российский университет медицины", "en": "Russian University"})
    NameFactory(institution=institution, text="МГМСУ", language="ru", kind="former", until=date(2023, 11, 30))
    NameFactory(institution=institution, text="RUM", language="en", kind="short")
    context = client.get(institution.get_absolute_url()).context
    assert [name.text for name in context["names"]] == ["Российский университет медицины", "Russian University"]
    assert [(name.text, name.until) for name in context["former_names"]] == [("МГМСУ", date(2023, 11, 30))]


def test_a_partner_s_page_leads_to_who_came_before_and_after(client):
    succession = SuccessionFactory()
    before = client.get(succession.predecessor.get_absolute_url()).context
    after = client.get(succession.successor.get_absolute_url()).context
    assert [row.successor for row in before["successors"]] == [succession.successor]
    assert [row.predecessor for row in after["predecessors"]] == [succession.predecessor]


def test_contacts_are_for_officers_only(client):
    contact = ContactFactory(person="Canary Coordinator", email="canary@example.org", note="canary")
    address = contact.institution.get_absolute_url()
    assert "anary" not in client.get(address).content.decode()
    client.force_login(RoleFactory(kind="ir-officer").person)
    assert list(client.get(address).context["contacts"]) == [contact]


def test_who_went_and_came_is_for_those_who_read_agreements(client):
    there = InstitutionFactory()
    facts = {"institution": there, "academic_year": "2026/2027"}
    FlowFactory(**facts, direction="outgoing", kind="conference", planned_people=3, planned_weeks=3, done_people=2)
    FlowFactory(**facts, direction="incoming", kind="lecturing", done_people=1)
    FlowFactory(**facts | {"academic_year": "2025/2026"}, direction="outgoing", kind="conference", done_people=5)
    FlowFactory(academic_year="2026/2027")
    assert client.get(there.get_absolute_url()).context["people"] is None
    client.force_login(RoleFactory(kind="ir-officer").person)
    people = client.get(there.get_absolute_url()).context["people"]
    assert [(bar.pair.label, bar.pair.first, bar.pair.second) for bar in people["bars"]] == [
        ("2026/2027", 2, 1), ("2025/2026", 5, 0),
    ]  # fmt: skip
    assert [(row["academic_year"], row["kind"], row["went"], row["came"], row["to_go"]) for row in people["rows"]] == [
        ("2026/2027", "conference", 2, 0, 3), ("2026/2027", "lecturing", 0, 1, 0), ("2025/2026", "conference", 5, 0, 0),
    ]  # fmt: skip


def test_an_archived_partner_exists_for_officers_only(client):
    address = archived().get_absolute_url()
    assert client.get(address).status_code == 404
    client.force_login(RoleFactory(kind="administrator").person)
    assert client.get(address).status_code == 200


def test_our_own_university_is_no_partner(client):
    assert client.get(HomeFactory().get_absolute_url()).status_code == 404


def test_markup_in_a_name_is_text(client):
    institution = InstitutionFactory(named="<script>alert(1)</script>", city="<b>", website="https://a.example/?<b>")
    for address in (LIST, institution.get_absolute_url()):
        assert "<script>alert" not in client.get(address).content.decode()
        assert "<b>" not in client.get(address).content.decode()


def test_a_page_asks_the_same_of_1_and_3_names(client):
    institution = InstitutionFactory(latitude=50, longitude=30)
    languages = iter(["ru", "be", "kk"])
    assert_same_at_1_and_3(
        lambda: client.get(institution.get_absolute_url()),
        add=lambda: NameFactory(institution=institution, kind="full", language=next(languages)),
        at_most=6,
    )
    assert Name.objects.filter(institution=institution).count() == 4


def test_addresses():
    assert reverse("partner-list") == LIST
    assert InstitutionFactory(code="nagasaki").get_absolute_url() == "/partners/nagasaki/"


def test_nobody_searches_for_thousands_of_words(client, db):
    form = client.get(LIST, {"q": "a " * 51}).context["list"].filters
    assert [error.code for error in form.errors.as_data()["q"]] == ["max_length"]
