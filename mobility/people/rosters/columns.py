"""Which column is which: by the names that offices give them, under titles, in merged heads, among others."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from mobility.web.spreadsheets import Problem

HEAD_WITHIN = 15  # rows of titles that may stand above the head
NO_LETTER = re.compile(r"[^\w]|_")
COUNTERS = {"", "пп", "нп"}  # № п/п
FOLDING = str.maketrans("ёіў", "еиу")

RECORD_BOOK = (
    *("record book", "record-book number", "record book number", "student number"),
    *("зачётка", "№ зачётки", "номер зачётки", "зачётная книжка", "№ зачётной книжки", "номер зачётной книжки"),
    *("залікоўка", "№ залікоўкі", "нумар залікоўкі", "залікавая кніжка", "нумар залікавай кніжкі"),
)
EMAIL = ("e-mail", "email", "mail", "почта", "эл. почта", "электронная почта", "электронны адрас", "электронная пошта")
FULL_NAME = ("full name", "name", "student", "ФИО", "Ф.И.О. студента", "фамилия имя отчество", "фамилия, и.о.")
FULL_NAME += ("студент", "ФИО обучающегося", "прозвішча імя імя па бацьку", "ПІБ", "студэнт")

STUDENT_COLUMNS: dict[str, Sequence[str]] = {
    "record_book": RECORD_BOOK,
    "email": EMAIL,
    "full_name": FULL_NAME,
    "family_name": ("family name", "surname", "last name", "фамилия", "прозвішча"),
    "given_name": ("given name", "first name", "имя", "імя"),
    "patronymic": ("patronymic", "middle name", "отчество", "імя па бацьку"),
    "latin_family_name": (
        *("family name in Latin letters", "latin family name", "passport surname", "фамилия латиницей"),
        *("фамилия (лат.)", "фамилия на латинице", "прозвішча лацінкай"),
    ),
    "latin_given_name": (
        *("given name in Latin letters", "latin given name", "passport given names", "имя латиницей"),
        *("имя (лат.)", "имя на латинице", "імя лацінкай"),
    ),
    "faculty": ("faculty", "факультет", "факультэт"),
    "specialty": ("specialty", "speciality", "программа", "специальность", "спецыяльнасць"),
    "course_year": ("course year", "course", "year", "year of study", "курс", "курс обучения", "курс навучання"),
    "group": ("group", "группа", "№ группы", "номер группы", "группа №", "група", "№ групы", "нумар групы"),
    "study_language": ("language of study", "language", "язык обучения", "язык", "мова навучання", "мова"),
    "citizenship": ("citizenship", "country", "гражданство", "страна", "грамадзянства", "краіна"),
    "funding": ("funding", "форма оплаты", "финансирование", "основа обучения", "бюджет/платно", "фінансаванне"),
    "status": ("status", "состояние", "статус", "стан"),
    "leave_kind": ("leave", "kind of leave", "отпуск", "вид отпуска", "адпачынак", "від адпачынку"),
    "leave_starts": ("leave from", "отпуск с", "начало отпуска", "адпачынак з", "пачатак адпачынку"),
    "leave_ends": ("leave until", "leave to", "отпуск по", "конец отпуска", "окончание отпуска", "адпачынак па"),
}
MARK_COLUMNS: dict[str, Sequence[str]] = {
    "record_book": RECORD_BOOK,
    "email": EMAIL,
    "full_name": FULL_NAME,
    "family_name": STUDENT_COLUMNS["family_name"],
    "session": ("session", "examination session", "сессия", "семестр", "сесія", "семестр"),
    "year": ("academic year", "учебный год", "навучальны год", "уч. год"),
    "subject": ("subject", "discipline", "дисциплина", "предмет", "дысцыпліна", "прадмет"),
    "mark": ("mark", "grade", "mean mark", "оценка", "отметка", "балл", "средний балл", "адзнака", "сярэдні бал"),
    "scale": ("scale", "scale of marks", "шкала", "система оценок", "шкала адзнак"),
    "debts": ("debts", "задолженности", "задолженность", "число задолженностей", "запазычанасці", "запазычанасць"),
    "sanction": ("sanction", "взыскание", "дисциплинарное взыскание", "спагнанне", "дысцыплінарнае спагнанне"),
    "sanction_starts": ("sanction from", "взыскание с", "дата взыскания", "спагнанне з"),
    "sanction_ends": ("sanction until", "sanction to", "взыскание по", "взыскание до", "спагнанне па"),
}


@dataclass(frozen=True)
class Table:
    """A roster's rows by the names of our columns; `heads` are the file's own names of them, in row `number`.

    `others` are place and name of the columns that are not ours; `left_out` is who signed below the table.
    """

    heads: Mapping[str, str]
    rows: Sequence[tuple[int, dict[str, str]]]
    ignored: Sequence[str]
    problems: Sequence[Problem]
    number: int = 1
    others: Sequence[tuple[int, str]] = ()
    has_subject_columns: bool = False
    left_out: Sequence[str] = ()


def folded(name: str) -> str:
    """«№ зачётной книжки» → зачетнойкнижки: letters and figures only, and those that people mix up as one."""
    return NO_LETTER.sub("", name.casefold().translate(FOLDING))


def table_of(sheet: Sequence[Any], columns: Mapping[str, Sequence[str]]) -> Table:
    """`sheet` is rows of [number, values]; the head is the row, or two merged rows, in which most names are known."""
    known = {folded(name): field for field, names in columns.items() for name in (field, *names)}
    start, depth = max(_candidates(sheet), key=lambda place: (_score(_head(sheet, *place), known), -place[1]))
    if depth == 1 and _is_second_row_of_head(sheet, start, known):
        depth = 2
    head = _head(sheet, start, depth)
    number = sheet[start][0] if sheet else 1
    places: dict[str, int] = {}
    others, problems = [], []
    for position, name in enumerate(head):
        field = known.get(folded(name))
        if field is None:
            others += [(position, name)] if folded(name) not in COUNTERS else []
        elif field in places:
            problems.append(Problem(number, name, _("This column stands here twice. Take one away.")))
        else:
            places[field] = position
    below, left_out = _without_signatures(sheet[start + depth :])
    rows = [
        (line, {field: values[place] for field, place in places.items() if place < len(values)})
        for line, values in (below[1:] if below and _counts_columns(below[0][1]) else below)
    ]
    rows = [(line, row) for line, row in rows if any(row.values())]
    heads = {field: head[place] for field, place in places.items()}
    return Table(heads, rows, [name for _place, name in others], problems, number, others, left_out=left_out)


def _without_signatures(rows: Sequence[Any]) -> tuple[Sequence[Any], list[str]]:
    """Who signed stands apart below the table: words without a figure, or one line alone such as the date."""
    filled = [(number, values) for number, values in rows if any(values)]
    apart = next((at for at in range(len(filled) - 1, 0, -1) if filled[at][0] - filled[at - 1][0] > 1), len(filled))
    last = filled[apart:]
    if not all(_is_signature([value for value in values if value]) for _number, values in last):
        return rows, []
    return filled[:apart], [" ".join(filter(None, values)) for _number, values in last]


def _is_signature(said: Sequence[str]) -> bool:
    return len(said) == 1 or not any(letter.isdigit() or letter == "@" for value in said for letter in value)


def _is_second_row_of_head(sheet: Sequence[Any], start: int, known: Mapping[str, str]) -> bool:
    """It says nothing new under the names that are ours: others stand in two rows, such as subjects under one title."""
    if start + 1 >= len(sheet):
        return False
    (_number, upper), (_next, lower) = sheet[start : start + 2]
    under_ours = [place for place, name in enumerate(upper) if folded(name) in known and place < len(lower)]
    return any(lower) and all(lower[place] in ("", upper[place]) for place in under_ours)


def _counts_columns(values: Sequence[str]) -> bool:
    """1, 2, 3 … under the head, as printed forms have them."""
    return len(values) > 2 and list(values) == [str(number) for number in range(1, len(values) + 1)]


def _candidates(sheet: Sequence[Any]) -> list[tuple[int, int]]:
    return [(start, depth) for start in range(max(1, min(HEAD_WITHIN, len(sheet)))) for depth in (1, 2)]


def _head(sheet: Sequence[Any], start: int, depth: int) -> list[str]:
    """Of two rows the lower one names the column, where it names anything: «ФИО» over «Фамилия», «Имя»."""
    rows = [values for _number, values in sheet[start : start + depth]]
    width = max((len(values) for values in rows), default=0)
    padded = [[*values, *[""] * (width - len(values))] for values in rows]
    return [next((name for name in reversed(names) if name), "") for names in zip(*padded, strict=True)]


def _score(head: Sequence[str], known: Mapping[str, str]) -> int:
    return len({known[folded(name)] for name in head if folded(name) in known})


def missing(name: str) -> Problem:
    return Problem(1, name, _("This column is missing."))
