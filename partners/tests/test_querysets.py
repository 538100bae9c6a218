import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.utils import timezone

from mobility.people.tests.factories import RoleFactory, UserFactory
from partners.models import Institution

from .factories import HomeFactory, InstitutionFactory, NameFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def three():
    """Sechenov, Nagasaki, Evdokimov."""
    sechenov = InstitutionFactory(
        named={"ru": "Первый МГМУ имени И. М. Сеченова", "en": "Sechenov University"},
        city="Москва",
        city_en="Moscow",
        code="sechenov",
        ror="02yqqv993",
    )
    nagasaki = InstitutionFactory(
        named={"ja": "長崎大学", "en": "Nagasaki University"}, city="長崎市", schac="nagasaki-u.ac.jp", code="n"
    )
    evdokimov = InstitutionFactory(named={"ru": "Российский университет медицины"}, city="Москва", code="e")
    NameFactory(institution=evdokimov, text="МГМСУ имени А. И. Евдокимова", language="ru", kind="former")
    return {sechenov.pk: "sechenov", nagasaki.pk: "nagasaki", evdokimov.pk: "evdokimov"}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Сеченов", ["sechenov"]),
        ("Sechenov", ["sechenov"]),
        ("sechenoff", ["sechenov"]),
        ("СЕЧЕНОВА", ["sechenov"]),
        ("i.m. sechenov", ["sechenov"]),
        ("02yqqv993", ["sechenov"]),
        ("長崎", ["nagasaki"]),
        ("Nagasaki", ["nagasaki"]),
        ("Нагасаки", ["nagasaki"]),
        ("Нагас", ["nagasaki"]),
        ("nagasaki-u.ac.jp", ["nagasaki"]),
        ("Yevdokimov", ["evdokimov"]),
        ("Evdokimov", ["evdokimov"]),
        ("Москва", ["sechenov", "evdokimov"]),
        ("Moskva", ["sechenov", "evdokimov"]),
        ("москва евдокимов", ["evdokimov"]),
        ("Moscow", ["sechenov"]),
        ("Oxford", []),
        ("100%", []),
        ("_", ["sechenov", "nagasaki", "evdokimov"]),
        ("", ["sechenov", "nagasaki", "evdokimov"]),
    ],
)
def test_search_finds_across_scripts(three, text, found):
    keys = Institution.objects.search(text).order_by("id").values_list("pk", flat=True)
    assert [three[key] for key in keys] == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Евдокимов", "Evdokimoff"),
        ("Харьков", "Kharkov"),
        ("Гаррыев", "Garryýew"),
        ("Хэнань", "Henan"),
        ("Ўладзімір", "Uladzimir"),
        ("Łódź", "lodz"),
        ("Щукин", "Shchukin"),
        ("Асфендияров", "ASFENDIYAROV"),
        ("Йошкар", "Yoshkar"),
        ("Café", "Cafe\u0301"),
        ("ﾅｶﾞｻｷ", "ナガサキ"),
    ],
)
def test_two_ways_of_writing_have_one_key(one, other):
    with connection.cursor() as cursor:
        cursor.execute("SELECT partners_folded(%s), partners_folded(%s)", [one, other])
        first, second = cursor.fetchone()
    assert first == second


def test_a_search_reads_the_trigram_index(thousands):
    plan = Institution.objects.search("Сеченов университет").explain()
    assert "Bitmap Index Scan on institution_search" in plan


@pytest.mark.parametrize("language", ["en", "ru", "be"])
def test_a_page_is_read_in_the_order_of_an_index(thousands, language):
    plan = Institution.objects.order_by(f"sort_name_{language}", "pk")[:50].explain()
    assert f"Index Scan using institution_by_name_{language}" in plan
    assert "Sort" not in plan


@pytest.mark.parametrize(
    ("kind", "sees"), [("ir-officer", 3), ("administrator", 3), ("rector", 2), ("student", 2), (None, 2)]
)
def test_the_archive_is_for_those_who_keep_it(kind, sees):
    user = UserFactory() if kind is None else RoleFactory(kind=kind).person
    HomeFactory()
    InstitutionFactory()
    InstitutionFactory(archived_at=timezone.now(), archived_by=user, archive_reason="It closed.")
    assert Institution.objects.visible_to(user).count() == sees
    assert Institution.objects.visible_to(AnonymousUser()).count() == 2
    assert Institution.objects.partners().active().count() == 1


def test_key_partners_and_those_off_the_map():
    key = InstitutionFactory(is_key=True)
    InstitutionFactory(latitude=1, longitude=1)
    assert list(Institution.objects.key()) == [key]
    assert list(Institution.objects.off_the_map()) == [key]
