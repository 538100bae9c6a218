"""Names in the Latin letters of a passport.

ICAO Doc 9303, part 3, is what passports of Belarus show today: its table for Cyrillic, with the Belarusian letters'
own values (Г is H, Ё is IO, Ў is U). The Interior Ministry's instruction 288 of 2008 writes J and W, which passports
do not; the instruction of 2023 (Appendix 1) is about names of places and is not for people.
"""

import unicodedata

CYRILLIC = dict(zip("абвгдезийклмнопрстуфыэ", "abvgdeziiklmnoprstufye", strict=True)) | {
    "ё": "e",
    "ж": "zh",
    "х": "kh",
    "ц": "ts",
    "ч": "ch",
    "ш": "sh",
    "щ": "shch",
    "ъ": "ie",
    "ь": "",
    "ю": "iu",
    "я": "ia",
}
BELARUSIAN = CYRILLIC | {"г": "h", "ё": "io", "і": "i", "ў": "u", "'": "", "’": ""}
WITHOUT_DECOMPOSITION = {"ł": "l", "ı": "i", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "þ": "th"}


def from_belarusian(name: str) -> str:
    return _spelled(name, BELARUSIAN)


def from_russian(name: str) -> str:
    return _spelled(name, CYRILLIC)


def without_diacritics(name: str) -> str:
    """As the machine-readable line of a passport has a name of Latin letters."""
    plain = _spelled(name, WITHOUT_DECOMPOSITION)
    return "".join(sign for sign in unicodedata.normalize("NFD", plain) if not unicodedata.combining(sign))


def _spelled(name: str, table: dict[str, str]) -> str:
    return "".join(_letter(sign, table) for sign in unicodedata.normalize("NFC", name))


def _letter(sign: str, table: dict[str, str]) -> str:
    small = sign.lower()
    latin = table.get(small, small)
    return latin if sign == small else latin.capitalize()
