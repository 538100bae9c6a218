from random import Random

import pytest

from mobility.sample.names import Name, draw, feminine, read_names


def test_the_same_seed_draws_the_same_names():
    first, second = ([draw(Random(seed), country="belarus", woman=True) for seed in range(50)] for _time in range(2))
    assert first == second
    assert len(set(first)) > 45


@pytest.mark.parametrize(
    ("man", "woman"),
    [
        ("Барановский", "Барановская"),
        ("Бараноўскі", "Бараноўская"),
        ("Навіцкі", "Навіцкая"),
        ("Ковалёв", "Ковалёва"),
        ("Кавалёў", "Кавалёва"),
        ("Дудараў", "Дударава"),
        ("Ильюшин", "Ильюшина"),
        ("Ільюшын", "Ільюшына"),
        ("Коваленко", "Коваленко"),
        ("Жук", "Жук"),
    ],
)
def test_womens_family_names(man, woman):
    assert feminine(man) == woman


def test_belarusians_write_in_either_language_and_have_one_passport():
    names = [draw(Random(seed), country="belarus", woman=False) for seed in range(300)]
    belarusian = [name for name in names if "і" in name.patronymic or "ў" in name.patronymic]
    assert 20 < len(belarusian) < 80
    assert all("G" not in name.latin_given for name in names)


@pytest.mark.parametrize("country", sorted(read_names()))
def test_every_country_gives_whole_names_with_plain_latin_letters(country):
    for seed in range(40):
        for woman in (False, True):
            name = draw(Random(seed), country=country, woman=woman)
            assert name.family
            assert name.given
            latin = name.latin_family + name.latin_given
            assert latin.isascii()
            assert latin.replace(" ", "").replace("-", "").isalpha()


def test_chinese_names_keep_their_signs():
    assert draw(Random(1), country="china", woman=True) == Name("张", "诗涵", "", "Zhang", "Shihan")


def test_turkmen_names_keep_their_letters():
    assert draw(Random(5), country="turkmenistan", woman=True) == Name(
        "Mämmedowa", "Şemşat", "Täçmyradowna", "Mammedowa", "Semsat"
    )
