"""What an import would do, as values that can be shown, compared and carried out."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from mobility.web.spreadsheets import Preview, Problem, RowPreview
from mobility.web.spreadsheets.preview import MOST_PROBLEMS


@dataclass(frozen=True)
class Change:
    """One row of the file: whom it speaks of (None: a new person) and what it writes, by field."""

    number: int
    person: int | None
    label: str
    state: str
    writes: Mapping[str, Any]
    before: Mapping[str, Any] = field(default_factory=dict)
    shown: tuple[tuple[str, Any, Any], ...] = ()

    @property
    def known_person(self) -> int:
        """Of a row that only a known person can have, such as one of marks."""
        if self.person is None:
            raise ValueError(f"row {self.number} speaks of a new person")
        return self.person

    def as_row(self) -> RowPreview:
        return RowPreview(self.number, self.label, self.state, dict(self.writes), list(self.shown))


@dataclass
class Draft:
    """A row's change while its fields are compared one after another."""

    number: int
    person: int
    row: dict[str, Any]
    writes: dict[str, Any] = field(default_factory=dict)
    before: dict[str, Any] = field(default_factory=dict)
    shown: list[tuple[str, Any, Any]] = field(default_factory=list)

    def done(self, *, label: str, state: str) -> Change:
        return Change(self.number, self.person, label, state, self.writes, self.before, tuple(self.shown))


@dataclass(frozen=True)
class Question:
    """What the file says of somebody's place here, which only the office decides."""

    kind: str
    person: int
    label: str
    value: str = ""


@dataclass(frozen=True)
class Plan:
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    ignored: list[str] = field(default_factory=list)
    restored: int = 0
    without_a_place: int = 0
    """Of the marks that it writes: on a scale whose table has no row for them."""
    left_out: list[str] = field(default_factory=list)

    @property
    def is_good(self) -> bool:
        return not self.problems

    @property
    def effective(self) -> list[Change]:
        return [change for change in self.changes if change.state != "unchanged"]

    @property
    def fingerprint(self) -> str:
        """The same for the same changes to the same values, in whatever language they are shown."""
        parts = [
            (change.number, change.person, change.state, sorted(change.writes.items()), sorted(change.before.items()))
            for change in self.effective
        ]
        questions = [(question.kind, question.person, question.value) for question in self.questions]
        return hashlib.sha256(repr((parts, questions)).encode()).hexdigest()

    def preview(self) -> Preview:
        problems = self.problems[:MOST_PROBLEMS]
        more = len(self.problems) - len(problems)
        return Preview([change.as_row() for change in self.changes], problems, more)
