import csv
import io

import pytest
from django.core.cache import cache
from openpyxl import load_workbook

from mobility.journal.models import Event
from mobility.people.tests.factories import RoleFactory
from mobility.web.tests.queries import asked_by
from partners.actions import import_institutions
from partners.models import Institution

from .factories import InstitutionFactory, NameFactory

pytestmark = pytest.mark.django_db
UPLOAD, XLSX, CSV = "/partners/sheet/import/", "/partners/sheet/export.xlsx", "/partners/sheet/export.csv"


@pytest.fixture(autouse=True)
def officer(client):
    cache.clear()
    person = RoleFactory(kind="ir-officer").person
    client.force_login(person)
    return person


def file(text, name="partners.csv"):
    kept = io.BytesIO(text if isinstance(text, bytes) else text.encode())
    kept.name = name
    return kept


def check(client, content):
    return client.post(UPLOAD, {"file": file(content)})


def carry_out(client, response):
    return client.post(UPLOAD, {"seen": response.context["seen"]})


NEW = "code,own_name,own_language,country,city,name_en\nnagasaki,長崎大学,ja,JP,長崎市,Nagasaki University\n"


def test_nothing_is_written_before_it_was_seen(client):
    response = check(client, NEW)
    assert response.context["preview"].counts == {"new": 1, "changed": 0, "unchanged": 0}
    assert Institution.objects.count() == 0
    assert carry_out(client, response).status_code == 302
    assert Institution.objects.get().name_en == "Nagasaki University"


def test_the_same_file_again_changes_nothing(client):
    carry_out(client, check(client, NEW))
    assert check(client, NEW).context["preview"].counts == {"new": 0, "changed": 0, "unchanged": 1}


def test_a_wrong_cell_is_named_by_row_and_column_and_nothing_is_imported(client):
    response = check(client, NEW + "kirov,,ru,RU,Киров,\nomsk,Омск,ru,XX,Омск,\n")
    problems = [(problem.row, problem.column) for problem in response.context["preview"].problems]
    assert problems == [(3, "own_name"), (4, "country")]
    assert 'name="seen"' not in response.content.decode()
    assert carry_out(client, response).status_code == 200
    assert Institution.objects.count() == 0


def test_what_changed_since_it_was_seen_is_shown_again(client):
    InstitutionFactory(code="old", city="Almaty")
    response = check(client, "code,city\nold,Алматы\n")
    Institution.objects.update(city="Astana")
    again = carry_out(client, response)
    assert again.status_code == 200
    assert again.context["preview"].changes[0].changes == [("city", "Astana", "Алматы")]
    assert Institution.objects.get().city == "Astana"
    assert carry_out(client, again).status_code == 302
    assert Institution.objects.get().city == "Алматы"


def test_without_a_kept_file_one_starts_again(client):
    response = client.post(UPLOAD, {"seen": "x"})
    assert (response.status_code, response.url) == (302, UPLOAD)


def test_a_file_checked_by_one_is_not_carried_out_by_another(client):
    response = check(client, NEW)
    client.force_login(RoleFactory(kind="ir-officer").person)
    assert carry_out(client, response).url == UPLOAD
    assert Institution.objects.count() == 0


def test_what_is_no_spreadsheet_is_refused_at_the_field(client):
    response = check(client, b"PK\x03\x04 nothing")
    assert [error.code for error in response.context["form"].errors.as_data()["file"]] == ["unreadable"]


@pytest.fixture
def three():
    one = InstitutionFactory(
        code="a",
        named={"ru": "=Первый", "en": "First"},
        latitude="55.70000",
        longitude="37.5",
        ror="02yqqv993",
        is_key=True,
    )
    NameFactory(institution=one, text="Ф", language="be", kind="short")
    NameFactory(institution=one, text="Former", language="en", kind="former")
    InstitutionFactory(code="b", named={"kk": "Қазақ"}, schac="b.example", website="https://b.example/")
    InstitutionFactory(code="c")


@pytest.mark.parametrize("address", [XLSX, CSV])
@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_an_export_comes_back_unchanged(client, three, address, language):
    content = client.get(address, headers={"accept-language": language}).content
    response = client.post(UPLOAD, {"file": file(content, address[-4:])}, headers={"accept-language": language})
    assert response.context["preview"].problems == []
    assert response.context["preview"].counts == {"new": 0, "changed": 0, "unchanged": 3}


def test_names_that_look_like_formulas_leave_as_text(client, three):
    rows = list(csv.DictReader(io.StringIO(client.get(CSV).content.decode("utf-8-sig"))))
    assert [row["own name"] for row in rows][:1] == ["'=Первый"]
    sheet = load_workbook(io.BytesIO(client.get(XLSX).content)).active
    assert (sheet["C2"].value, sheet["C2"].data_type) == ("=Первый", "s")


def test_an_export_asks_the_same_of_1_and_3(client):
    InstitutionFactory()
    client.get(CSV)
    one = asked_by(lambda: client.get(CSV)).queries
    InstitutionFactory()
    InstitutionFactory()
    assert asked_by(lambda: client.get(CSV)).queries == one


def test_there_is_no_third_kind_of_file(client):
    assert client.get("/partners/sheet/export.exe").status_code == 404


def test_an_import_asks_the_same_of_1_and_30_rows_and_journals_each(officer):
    def rows(count, city, language):
        names = {"own_name": "University", "own_language": language, "country": "KZ", "city": city, "name_en": ""}
        return [names | {"code": f"row-{number}"} for number in range(count)]

    def queries(*row):
        return asked_by(lambda: import_institutions(rows=rows(*row), by=officer)).queries

    one_new, one_changed = queries(1, "Almaty", "kk"), queries(1, "Astana", "ru")
    assert queries(30, "Almaty", "kk") <= one_new + one_changed
    assert queries(30, "Astana", "ru") <= one_changed + 4
    found = Institution.objects.get(code="row-29")
    assert (found.city, found.own_language, found.names.count()) == ("Astana", "ru", 2)
    told = Event.objects.filter(event="imported", model="partners.institution", object=str(found.pk))
    assert list(told.values_list("actor", flat=True)) == [officer.pk, officer.pk]
