"""Rosters as a registrar's program exports them: every column filled, each row another person."""

import io
from collections.abc import Iterable, Sequence

from openpyxl import Workbook

STUDENTS = (
    *("№ п/п", "Фамилия", "Имя", "Отчество", "Фамилия латиницей", "Имя латиницей", "№ зачётной книжки", "E-mail"),
    *("Факультет", "Специальность", "Курс", "Группа", "Язык обучения", "Гражданство", "Форма оплаты"),
)
MARKS = ("№ зачётной книжки", "Фамилия", "Сессия", "Дисциплина", "Оценка", "Задолженности")
FAMILIES = ("Кавалёва", "Ким", "Ахмедова", "Сидоренко", "Новик", "Лукашевич", "Ван", "Перера", "Назаров", "Зайцева")
COUNTRIES = ("Беларусь", "РФ", "КНР", "Туркменистан", "Шри-Ланка")
SUBJECTS = ("Анатомия человека", "Гистология", "Латинский язык", "Биоорганическая химия", "Философия")


def family(number: int) -> str:
    return f"{FAMILIES[number % len(FAMILIES)]}-{number}"


def book(number: int) -> int:
    """As Excel leaves it: a number, its noughts lost."""
    return 7_000_000 + number


def students(rows: int, *, faculties: Sequence[str], moved: bool = False) -> bytes:
    """`moved`: the same people a course higher, in other groups."""
    return workbook(
        STUDENTS,
        (
            (
                *(number, family(number), "Анна", "Ивановна", f"Kavaliova-{number}", "Hanna", book(number)),
                *(f"roster{number}@bench.example", faculties[number % len(faculties)], "Лечебное дело"),
                *(number % 5 + 1 + moved, f"{number % 40 + 1}{'б' if moved else 'а'}", "русский"),
                *(COUNTRIES[number % len(COUNTRIES)], "бюджет" if number % 3 else "платно"),
            )
            for number in range(1, rows + 1)
        ),
    )


def marks(rows: int) -> bytes:
    """Five of each student, so that there are a fifth as many students as rows."""
    return workbook(
        MARKS,
        (
            (
                book(number // 5 + 1),
                family(number // 5 + 1),
                "зимняя 2025/2026",
                SUBJECTS[number % 5],
                4 + number % 7,
                0,
            )
            for number in range(rows)
        ),
    )


def workbook(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    made = Workbook(write_only=True)
    sheet = made.create_sheet()
    sheet.append(head)
    for row in rows:
        sheet.append(row)
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()
