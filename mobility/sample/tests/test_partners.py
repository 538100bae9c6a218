import pytest
from django.utils.translation import override

from mobility.sample import partners
from partners.models import Institution, Name

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def institutions():
    partners.found()


def test_there_are_twelve_key_partners_and_ourselves():
    partners_ = Institution.objects.partners()
    assert (partners_.count(), partners_.filter(is_key=True).count()) == (12, 12)
    assert Institution.objects.get(is_home=True).own_name == "Беларускі дзяржаўны медыцынскі ўніверсітэт"


def test_every_row_is_one_that_a_form_would_take():
    for row in [*Institution.objects.all(), *Name.objects.all()]:
        row.full_clean()


def test_everyone_has_a_name_and_a_city_in_each_language_and_a_place():
    for institution in Institution.objects.all():
        languages = set(institution.names.filter(kind="full").values_list("language", flat=True))
        assert languages >= {"en", "ru", "be"}, institution
        assert "" not in (institution.city_en, institution.city_ru, institution.city_be), institution
        assert institution.latitude is not None, institution


def test_short_names_fit_a_table():
    for institution in Institution.objects.all():
        for language in ("en", "ru", "be"):
            with override(language):
                assert len(institution.short_name) <= 42, institution.short_name


@pytest.mark.parametrize("text", ["Yevdokimov", "Евдокимов", "Еўдакімаў", "rosunimed"])
def test_a_partner_is_found_by_its_former_name(text):
    assert Institution.objects.search(text[:8]).get().code == "yevdokimov"
