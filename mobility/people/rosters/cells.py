"""What is written in a cell, as a value; `ValidationError` says what is wrong with it and what is expected."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import cache

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import translation
from django.utils.translation import gettext as _
from django_countries import countries

from .columns import folded

FIRST_SERIAL = date(1899, 12, 30)  # the day nought of Excel and LibreOffice
SERIALS = range(20_000, 80_000)  # from 1954 to 2119
DAY = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4}|\d{2})\b")
ISO_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})\b")
NUMBER = re.compile(r"\d{1,3}(?:[.,]\d+)?")
SHORTENED = re.compile(r"\d[.,]?\d*e\+?\d+", re.IGNORECASE)
LOST_LETTERS = "?\N{REPLACEMENT CHARACTER}"
YEARS = re.compile(r"(?:(20\d\d)\s*[/–-]\s*(?:20)?\d\d|(20\d\d))")
ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "v": 5, "vi": 6}

LANGUAGES = {
    "ru": ("ru", "russian", "русский", "рус", "руская", "русская", "русскоязычная"),
    "be": ("be", "belarusian", "белорусский", "бел", "беларуская"),
    "en": ("en", "english", "английский", "англ", "англійская", "англоязычная"),
}
FUNDINGS = {
    "budget": ("budget", "бюджет", "бюджетная", "бюджетное", "б", "бюджэт", "бюджэтная"),
    "paid": ("paid", "платно", "платная", "платное", "п", "договор", "внебюджет", "внебюджетная", "платнае", "fee"),
}
LEAVES = {
    "academic": ("academic", "academic leave", "академический", "академ", "академический отпуск", "акадэмічны"),
    "medical": ("medical", "medical leave", "по болезни", "медицинский", "по медицинским показаниям", "па хваробе"),
    "child": ("child", "по уходу за ребёнком", "декретный", "отпуск по уходу за ребенком", "па доглядзе дзіцяці"),
    "military": ("military", "военная служба", "служба в армии", "призыв", "вайсковая служба"),
    "other": ("other", "другой", "иной", "іншы", "да", "yes"),
}
STATUSES = {
    "studying": ("studying", "studies", "учится", "обучается", "студент", "вучыцца", "навучаецца"),
    "on-leave": ("on leave", "в отпуске", "академ", "академический отпуск", "у адпачынку"),
    "expelled": ("expelled", "отчислен", "отчислена", "исключён", "адлічаны", "адлічана"),
    "transferred": ("transferred", "переведён", "переведена", "перевод", "пераведзены", "пераведзена"),
    "graduated": ("graduated", "выпускник", "выпущен", "окончил", "окончила", "выпускнік"),
}
COUNTRIES = {
    "BY": ("РБ", "Беларусь", "Белоруссия", "Республика Беларусь", "Рэспубліка Беларусь"),
    "RU": ("РФ", "Российская Федерация", "Расія"),
    "CN": ("КНР", "Китай", "Кітай"),
    "IR": ("Иран", "Исламская Республика Иран", "Іран"),
    "SY": ("Сирия", "САР"),
    "US": ("США", "ЗША", "USA"),
    "GB": ("Великобритания", "Вялікабрытанія", "UK"),
    "TM": ("Туркмения", "Туркменистан", "Туркменістан"),
    "VN": ("Вьетнам",),
}
TERMS = {
    "1-winter": ("winter", "зимняя", "зимняя сессия", "зима", "зімовая", "осенний", "1"),
    "2-summer": ("summer", "летняя", "летняя сессия", "лето", "летняя сесія", "весенний", "2"),
}
PASSED = {folded(word) for word in ("зачтено", "зачёт", "зач.", "залічана", "passed", "pass")}


def words(known: Mapping[str, tuple[str, ...]]) -> dict[str, str]:
    return {folded(word): value for value, names in known.items() for word in (value, *names)}


LANGUAGE_WORDS, FUNDING_WORDS, LEAVE_WORDS = words(LANGUAGES), words(FUNDINGS), words(LEAVES)
STATUS_WORDS, TERM_WORDS = words(STATUSES), words(TERMS)


def chosen(text: str, known: Mapping[str, str], *, examples: str) -> str:
    try:
        return known[folded(text)]
    except KeyError:
        raise ValidationError(
            _("“%(text)s” is not known here. Known are, for example: %(examples)s.")
            % {"text": text, "examples": examples},
            code="unknown",
        ) from None


def study_language(text: str) -> str:
    return chosen(text, LANGUAGE_WORDS, examples="русский, English")


def funding(text: str) -> str:
    return chosen(text, FUNDING_WORDS, examples="бюджет, платно")


def leave_kind(text: str) -> str:
    return chosen(text, LEAVE_WORDS, examples="академический, по болезни")


def status(text: str) -> str:
    return chosen(text, STATUS_WORDS, examples="учится, отчислен, переведён")


@cache
def country_words() -> dict[str, str]:
    """Names in every language of the interface, ISO codes of two and three letters, and what offices write."""
    found = {}
    for language in ("en", "ru", "be"):
        with translation.override(language):
            found |= {folded(name): code for code, name in countries}
    found |= {folded(form): code for code, _name in countries for form in (code, countries.alpha3(code)) if form}
    return found | words(COUNTRIES)


def citizenship(text: str) -> str:
    return chosen(text, country_words(), examples="Беларусь, BY, Belarus")


def course_year(text: str) -> int:
    first = re.match(r"[1-8](?!\d)|[ivx]+\b", text.strip().lower())
    year = (ROMAN.get(first[0]) or (int(first[0]) if first[0].isdecimal() else None)) if first else None
    if year is None:
        raise ValidationError(_("A course year is a number from 1 to 8."), code="no-course-year")
    return year


def day(text: str) -> date:
    try:
        if text.isdecimal() and int(text) in SERIALS:
            return FIRST_SERIAL + timedelta(days=int(text))
        if found := ISO_DAY.match(text):
            return date(*map(int, found.groups()))
        if found := DAY.match(text):
            number, month, year = map(int, found.groups())
            return date(year + 2000 if year < 100 else year, month, number)
    except ValueError:
        pass
    raise ValidationError(_("“%(text)s” is no date. Write it as 01.09.2026.") % {"text": text}, code="no-date")


def email(text: str) -> str:
    address = text.strip().lower()
    try:
        validate_email(address)
    except ValidationError:
        raise ValidationError(_("“%(text)s” is no e-mail address.") % {"text": text}, code="no-email") from None
    return address


def record_book(text: str) -> str:
    number = re.sub(r"[\s№]", "", text).upper()
    if SHORTENED.fullmatch(number):
        raise ValidationError(
            _("Excel has shortened this number. Format the column as text and enter it again."), code="shortened"
        )
    if "@" in number or not re.search(r"\w", number) or len(number) > 30:
        raise ValidationError(_("This is no record-book number."), code="no-record-book")
    return number


def group(text: str) -> str:
    if ISO_DAY.fullmatch(text):
        raise ValidationError(
            _("Excel has made a date of this. Format the column as text and enter it again."), code="made-a-date"
        )
    return name(text)


def mark(text: str) -> int | None:
    """In hundredths; more decimals, as a formula leaves them, half up. A pass without a mark is None."""
    if folded(text) in PASSED:
        return None
    if ISO_DAY.fullmatch(text):
        raise ValidationError(
            _("Excel has made a date of this. Format the column as text and enter it again."), code="made-a-date"
        )
    found = NUMBER.match(text)
    if found is None or text[found.end() :].strip(" ()абвгдежзийклмнопрстуфхцчшщъыьэюяёіў"):
        raise ValidationError(_("“%(text)s” is no mark.") % {"text": text}, code="no-mark")
    value = Decimal(found[0].replace(",", ".")).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return int(value * 100)


def count(text: str) -> int:
    if not text.isdecimal() or len(text) > 2:
        raise ValidationError(_("“%(text)s” is no number.") % {"text": text}, code="no-number")
    return int(text)


def term(text: str) -> str:
    """“зимняя 2025/2026” has its year beside it."""
    return chosen(YEARS.sub("", text), TERM_WORDS, examples="зимняя, летняя")


def year(text: str) -> int | None:
    """The year in which an academic year begins, where the text has one: 2025/2026, 2025-26."""
    found = YEARS.search(text)
    return int(found[1] or found[2]) if found else None


def name(text: str) -> str:
    """What a spreadsheet writes as CSV in windows-1251 has a question mark for each letter that it lacks: Świątek."""
    if any(sign in text for sign in LOST_LETTERS):
        raise ValidationError(
            _("“%(text)s”: a letter was lost when the file was saved. Save it as XLSX, or as CSV in UTF-8.")
            % {"text": text},
            code="letter-lost",
        )
    return " ".join(text.split())
