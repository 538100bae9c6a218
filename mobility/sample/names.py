"""Believable names by country, drawn by a lot that the caller seeds. `data/names.toml` holds what is drawn from."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random

from mobility.sample.transliteration import from_belarusian, from_russian, without_diacritics

DATA = Path(__file__).parent / "data"
WRITES_BELARUSIAN = 0.15
FEMININE = [
    *[("цкий", "цкая"), ("ский", "ская"), ("цкі", "цкая"), ("скі", "ская")],
    *[("ов", "ова"), ("ев", "ева"), ("ёв", "ёва"), ("ин", "ина")],
    *[("оў", "ова"), ("аў", "ава"), ("еў", "ева"), ("ёў", "ёва"), ("ін", "іна"), ("ын", "ына")],
]


@dataclass(frozen=True)
class Name:
    """As the register writes it, and as the passport does."""

    family: str
    given: str
    patronymic: str
    latin_family: str
    latin_given: str


def draw(lot: Random, *, country: str, woman: bool) -> Name:
    """`country` is a table of data/names.toml."""
    source = read_names()[country]
    if country == "belarus":
        return _belarusian(lot, source, woman=woman)
    given, latin_given = _own_and_latin(lot.choice(source["women" if woman else "men"]))
    family, latin_family = _family(lot.choice(source["families"]), country=country, woman=woman)
    patronymic = lot.choice(source["patronymics"])[woman] if "patronymics" in source else ""
    return Name(family, given, patronymic, latin_family, latin_given)


@cache
def read_names() -> dict[str, dict[str, list]]:
    with (DATA / "names.toml").open("rb") as file:
        return tomllib.load(file)


def feminine(family: str) -> str:
    """A woman's form of a Russian or Belarusian family name; most names have one form."""
    for ending, womans in FEMININE:
        if family.endswith(ending):
            return family.removesuffix(ending) + womans
    return family


def _belarusian(lot: Random, source: dict[str, list], *, woman: bool) -> Name:
    """The register has the name in both languages; the passport's letters follow the Belarusian one."""
    given = lot.choice(source["women" if woman else "men"])
    father = lot.choice(source["men"])
    family = [feminine(form) if woman else form for form in lot.choice(source["families"])]
    belarusian = lot.random() < WRITES_BELARUSIAN
    return Name(
        family=family[belarusian],
        given=given[belarusian],
        patronymic=father[2 + woman + 2 * belarusian],
        latin_family=from_belarusian(family[1]),
        latin_given=from_belarusian(given[1]),
    )


def _family(entry: str | Sequence[str], *, country: str, woman: bool) -> tuple[str, str]:
    """An entry is a man's and a woman's form where names inflect; in China, the sign and its Latin letters."""
    if country == "china" or isinstance(entry, str):
        return _own_and_latin(entry)
    return _own_and_latin(entry[woman])


def _own_and_latin(entry: str | Sequence[str]) -> tuple[str, str]:
    if not isinstance(entry, str):
        own, latin = entry
        return own, latin
    return entry, without_diacritics(from_russian(entry))
