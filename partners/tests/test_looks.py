"""Looks at the pages with something in them; the bare ones are looked at with the access matrix."""

from datetime import date
from pathlib import Path

import pytest
from django.utils import timezone

from mobility.people.tests.factories import RoleFactory
from mobility.web.tests.browser import ENGLISH, GRAVE

from .factories import ContactFactory, HomeFactory, InstitutionFactory, NameFactory, SuccessionFactory

pytestmark = pytest.mark.django_db

GOOD = """code,own_name,own_language,country,city,name_en
nagasaki,長崎大学,ja,JP,長崎市,University of Nagasaki
kirov,Кировский ГМУ,ru,RU,Киров,Kirov Medical University
"""
FILES = {"good": GOOD, "wrong": GOOD.replace("JP", "XX").replace("Кировский ГМУ", ""), "broken": ""}


@pytest.fixture
def moscow():
    HomeFactory(city="Мінск", city_en="Minsk", country="BY", latitude=53.9, longitude=27.5)
    InstitutionFactory(
        named={"ja": "長崎大学", "en": "Nagasaki University"}, country="JP", city="長崎市", code="nagasaki"
    )
    institution = InstitutionFactory(
        code="yevdokimov",
        named={"ru": "Российский университет медицины", "en": "Russian University of Medicine", "be": "Расійскі"},
        country="RU",
        city="Москва",
        city_en="Moscow",
        latitude=55.7,
        longitude=37.6,
        website="https://rosunimed.ru",
        ror="02yqqv993",
        is_key=True,
    )
    NameFactory(
        institution=institution,
        text="Московский государственный медико-стоматологический университет имени А. И. Евдокимова",
        language="ru",
        kind="former",
        since=date(2012, 6, 1),
        until=date(2023, 11, 30),
    )
    ContactFactory(
        institution=institution, person="Анна Ковалёва", phone="+7 495 000-00-00", note="Пишет по-английски."
    )
    SuccessionFactory(successor=institution)
    return institution


@pytest.fixture
def officer():
    return RoleFactory(kind="ir-officer").person


def test_the_list_and_the_map_look_good(look, moscow, officer):
    look("/partners/", name="partners")
    look("/partners/?q=nothing+like+it", name="partners-nothing", ways=ENGLISH)
    InstitutionFactory(archived_at=timezone.now(), archived_by=officer, archive_reason="It closed.")
    look("/partners/?archived=on", by=officer, name="partners-officer", ways=ENGLISH)


def test_a_partner_s_page_looks_good(look, moscow, officer):
    look(moscow.get_absolute_url(), name="partner")
    look(moscow.get_absolute_url(), by=officer, name="partner-officer")


def send(page, text, folder):
    file = Path(folder) / "partners.csv"
    file.write_text(text)
    page.locator("input[type=file]").set_input_files(file)
    page.locator("main button.btn-primary").click()
    page.wait_for_load_state()


@pytest.mark.parametrize("file", FILES)
def test_the_preview_of_an_import_looks_good(look, moscow, officer, tmp_path, file):
    look(
        "/partners/sheet/import/",
        by=officer,
        name=f"import-{file}",
        ways=ENGLISH,
        act=lambda page: send(page, FILES[file], tmp_path),
    )


def test_the_admin_s_pages_look_good(look, moscow, officer):
    look(f"/admin/partners/institution/{moscow.pk}/change/", by=officer, name="admin-change", impacts=GRAVE)


def test_similar_institutions_appear_while_one_types(look, moscow, officer):
    def type_a_name(page):
        page.locator("[name=names-0-text]").fill("Евдокимов")
        page.locator("[aria-live] li").first.wait_for()

    look(
        "/admin/partners/institution/add/",
        by=officer,
        name="admin-add",
        ways=ENGLISH,
        impacts=GRAVE,
        act=type_a_name,
    )
