import pytest

from partners.forms import ArchiveForm, Known, RenameForm, RowForm, typed_names

from .factories import InstitutionFactory, NameFactory

pytestmark = pytest.mark.django_db

ROW = {"code": "new", "own_name": "Новое", "own_language": "ru", "country": "RU", "city": "Москва"}


def errors(data, known=None):
    form = RowForm(data, known=known or Known())
    return {} if form.is_valid() else {name: len(found) for name, found in form.errors.items()}


def cleaned(**values):
    form = RowForm(ROW | values, known=Known())
    assert form.is_valid(), form.errors
    return form.cleaned_data


@pytest.mark.parametrize(
    ("values", "wrong"),
    [
        ({}, []),
        ({"ror": "https://ror.org/02yqqv993"}, []),
        ({"ror": "02yqqv994"}, ["ror"]),
        ({"schac": "BSMU.by"}, []),
        ({"schac": "nowhere"}, ["schac"]),
        ({"country": "Japan"}, []),
        ({"country": "ja"}, ["country"]),
        ({"country": ""}, ["country"]),
        ({"city": ""}, ["city"]),
        ({"own_name": ""}, ["own_name"]),
        ({"own_language": "Russian"}, ["own_language"]),
        ({"latitude": "55,7", "longitude": "37.5"}, []),
        ({"latitude": "91", "longitude": "0"}, ["latitude"]),
        ({"latitude": "55.7"}, ["longitude"]),
        ({"longitude": "east"}, ["longitude"]),
        ({"website": "bsmu.by"}, []),
        ({"website": "javascript:alert(1)"}, ["website"]),
        ({"is_key": "да"}, []),
        ({"is_key": "maybe"}, ["is_key"]),
        ({"code": "a b"}, ["code"]),
        ({"code": ""}, ["code"]),
        ({"name_ru": "Другое"}, ["name_ru"]),
        ({"name_ru": "Новое"}, []),
    ],
)
def test_a_row_of_a_spreadsheet(values, wrong):
    assert list(errors(ROW | values)) == wrong


def test_what_a_row_means():
    values = cleaned(ror="ror.org/02YQQV993", country="russia", latitude="55,70", longitude="37", is_key="x")
    assert (values["ror"], values["country"], str(values["latitude"]), values["is_key"], values["name_ru"]) == (
        "02yqqv993",
        "RU",
        "55.70",
        True,
        "Новое",
    )


def test_a_row_is_matched_by_ror_before_code():
    InstitutionFactory(code="sechenov", ror="02yqqv993")
    form = RowForm({"ror": "02yqqv993", "city": "Москва"}, known=Known())
    assert form.is_valid()
    assert form.cleaned_data["code"] == "sechenov"
    assert errors({"ror": "02yqqv993", "code": "other"}) == {"ror": 1}


def test_a_change_needs_only_its_columns_but_cannot_empty_what_is_needed():
    InstitutionFactory(code="old")
    assert errors({"code": "old", "city_en": "Almaty"}) == {}
    assert errors({"code": "old", "city": ""}) == {"city": 1}


def test_an_id_is_of_one_institution():
    InstitutionFactory(code="old", schac="bsmu.by")
    known = Known()
    assert errors(ROW | {"schac": "bsmu.by"}, known) == {"schac": 1}
    assert errors({"code": "old", "schac": "bsmu.by"}) == {}
    known = Known()
    assert errors(ROW | {"ror": "058h74p94"}, known) == {}
    assert errors(ROW | {"code": "second", "ror": "058h74p94"}, known) == {"ror": 1}


def test_a_new_name_is_asked_in_its_own_language_and_ours():
    institution = InstitutionFactory(named={"ja": "長崎大学", "en": "Nagasaki University"})
    NameFactory(institution=institution, text="Former", language="ru", kind="former")
    form = RenameForm({"since": "2026-12-01", "full_ja": "新", "short_en": "N"}, names=institution.names.all())
    assert list(form.fields) == [
        "since",
        "full_ja",
        "full_en",
        "short_en",
        "full_ru",
        "short_ru",
        "full_be",
        "short_be",
    ]
    assert form.is_valid()
    assert (form.full, form.short) == ({"ja": "新"}, {"en": "N"})
    assert [form.fields[name].help_text for name in ("full_en", "full_ru")] == ["Now: Nagasaki University", ""]


def test_archiving_asks_for_a_reason():
    assert list(ArchiveForm({"reason": " "}).errors) == ["reason"]


def test_names_typed_into_the_rows_below():
    data = {"names-0-text": " A ", "names-1-text": "", "names-2-language": "en", "city": "X", "names-x-text": "B"}
    assert typed_names(data) == ["A"]
