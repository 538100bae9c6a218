"""Academic years: `2026/2027` runs from 1 September 2026 to 31 August 2027."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

FIRST_MONTH = 9
PATTERN = r"^[0-9]{4}/[0-9]{4}$"


@dataclass(frozen=True, order=True)
class AcademicYear:
    """`starts` is the calendar year of its first day; `str()` is the way it is written and stored."""

    starts: int

    @classmethod
    def of(cls, day: date) -> Self:
        return cls(day.year if day.month >= FIRST_MONTH else day.year - 1)

    @classmethod
    def read(cls, text: str) -> Self:
        """ValueError where the text is no academic year."""
        if not re.match(PATTERN, text) or int(text[5:]) != int(text[:4]) + 1:
            raise ValueError(text)
        return cls(int(text[:4]))

    def __str__(self) -> str:
        return f"{self.starts}/{self.starts + 1}"

    @property
    def first_day(self) -> date:
        return date(self.starts, FIRST_MONTH, 1)

    @property
    def last_day(self) -> date:
        return date(self.starts + 1, FIRST_MONTH - 1, 31)

    def plus(self, years: int) -> Self:
        return type(self)(self.starts + years)
