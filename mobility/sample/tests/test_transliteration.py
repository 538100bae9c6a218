import pytest

from mobility.sample.transliteration import from_belarusian, from_russian, without_diacritics


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Грыневіч Арцём", "Hrynevich Artsiom"),
        ("Ціханоўскі", "Tsikhanouski"),
        ("Сяргей", "Siarhei"),
        ("Дзмітрый", "Dzmitryi"),
        ("Наталля", "Natallia"),
        ("Вольга", "Volha"),
        ("Марыя", "Maryia"),
        ("Рудзь", "Rudz"),
        ("Дар'я", "Daria"),
        ("Лук’янаў", "Lukianau"),
        ("Юркевіч", "Iurkevich"),
        ("Шчарбакоў", "Shcharbakou"),
    ],
)
def test_a_belarusian_name_as_passports_show_it(name, latin):
    assert from_belarusian(name) == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Щукина Юлия", "Shchukina Iuliia"),
        ("Подъячев Семён", "Podieiachev Semen"),
        ("Дмитрий", "Dmitrii"),
        ("Игорь", "Igor"),
    ],
)
def test_a_russian_name_as_icao_spells_it(name, latin):
    assert from_russian(name) == latin


@pytest.mark.parametrize(
    ("name", "latin"),
    [
        ("Łukasz Świątek", "Lukasz Swiatek"),
        ("Aýgözel Çaryýewa", "Aygozel Caryyewa"),
        ("Işık", "Isik"),
        ("İbrahim", "Ibrahim"),
        ("Ṣóyínká", "Soyinka"),
        ("De Silva", "De Silva"),
    ],
)
def test_latin_letters_lose_their_marks(name, latin):
    assert without_diacritics(name) == latin


def test_a_decomposed_name_is_the_same_name():
    assert from_belarusian("Андрэи\u0306") == from_belarusian("Андрэй") == "Andrei"
