import pytest
from django.utils import translation

from partners.atlas import country_name, map_of, map_of_rows
from partners.models import Institution

from .factories import HomeFactory, InstitutionFactory


@pytest.mark.django_db
def test_rows_make_the_same_map_as_the_database():
    HomeFactory(country="BY", city_en="Minsk", latitude="53.9", longitude="27.5")
    InstitutionFactory(country="RU", city_en="Moscow", latitude=55, longitude=37)
    InstitutionFactory(country="RU", city_en="Moscow", latitude=56, longitude=38)
    InstitutionFactory(country="JP", city_en="Nagasaki", latitude=33, longitude=130)
    InstitutionFactory(country="CN", city_en="Luoyang")
    from_rows, asked = map_of_rows(Institution.objects.all()), map_of(Institution.objects.partners())
    for drawn in (from_rows, asked):
        assert (drawn["partners"], drawn["home"], drawn["placed"]) == (["JP", "RU"], "BY", 3)
        places = {mark.place for mark in drawn["drawn"].marks}
        assert {(place.name, place.latitude, place.longitude, place.count) for place in places} == {
            ("Minsk", 53.9, 27.5, None),
            ("Moscow", 55.5, 37.5, 2),
            ("Nagasaki", 33, 130, 1),
        }


@pytest.mark.django_db
def test_nothing_to_show_makes_no_map():
    HomeFactory(latitude=1, longitude=1)
    InstitutionFactory()
    assert map_of_rows(Institution.objects.all()) is None


def test_a_country_is_named_in_the_readers_language():
    with translation.override("en"):
        assert country_name("JP") == "Japan"
    with translation.override("ru"):
        assert country_name("JP") == "Япония"
