"""A roster of marks, debts and sanctions against those that are here."""

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from mobility.people.marks import HOME_SCALE, on_paper
from mobility.people.models import Debt, ExamSession, Faculty, Mark, Sanction, Scale, StudentProfile, User
from mobility.people.models.marks import Term
from mobility.web.spreadsheets import Problem, refuse_error

from . import cells
from .columns import Table, folded, missing
from .directory import Directory
from .plan import Change, Draft, Plan
from .students import NAMES, full_name, told_days
from .subjects import HOME_MARKS, table_of_marks

READ: dict[str, Callable[[str], Any]] = {
    "record_book": cells.record_book,
    "email": cells.email,
    "full_name": cells.name,
    "family_name": cells.name,
    "session": cells.term,
    "year": cells.year,
    "subject": cells.name,
    "mark": cells.mark,
    "debts": cells.count,
    "sanction": cells.name,
    "sanction_starts": cells.day,
    "sanction_ends": cells.day,
}
UNKNOWN_SCALE = ""  # told already: what the mark is worth on it is no second problem
WORTH = ("mark", "debts", "sanction")
LONGEST = 200

When = tuple[int, str]


def plan_marks(
    sheet: Sequence[Any], *, faculties: Collection[Faculty], default: When | None, lock: bool = False
) -> Plan:
    """`default` is the session (year and term) of rows that name none."""
    table = table_of_marks(sheet)
    problems = list(table.problems)
    if "record_book" not in table.heads and "email" not in table.heads:
        problems.append(missing(_("Record-book number")))
    if not table.has_subject_columns and not set(WORTH) & set(table.heads):
        problems.append(missing(_("Mark")))
    if default is None and not {"session", "year"} & set(table.heads):
        problems.append(Problem(table.number, "", _unnamed_session()))  # once, not of each row
    if problems:
        return Plan(problems=problems, ignored=list(table.ignored))
    return replace(_Planner(table, faculties, default).plan(lock=lock), left_out=list(table.left_out))


def _unnamed_session() -> str:
    return _("Of which session? Name it in the file, or on the page where you send it.")


class _Planner:
    def __init__(self, table: Table, faculties: Collection[Faculty], default: When | None) -> None:
        self.table, self.default = table, default
        self.faculties = [faculty.pk for faculty in faculties]
        self.scales = {
            folded(word): scale.code for scale in Scale.objects.all() for word in (scale.code, scale.name)
        } | {folded(HOME_SCALE): HOME_SCALE}
        self.problems: list[Problem] = []
        self.told: set[Problem] = set()
        self.restored = 0

    def plan(self, *, lock: bool) -> Plan:
        rows = [(number, self.read(number, row)) for number, row in self.table.rows]
        directory = Directory.of(row["record_book"] for _number, row in rows if row.get("record_book"))
        matched = [(number, row, self.match(row, directory)) for number, row in rows]
        self.load([pk for _number, _row, pk in matched if pk], lock=lock)
        changes = [self.compare(number, row, pk) for number, row, pk in matched]
        self.problems.sort(key=lambda problem: problem.row)
        ignored, homeless = list(self.table.ignored), self.without_a_place(changes)
        return Plan(changes, self.problems, [], ignored, self.restored, without_a_place=homeless)

    def without_a_place(self, changes: Sequence[Change]) -> int:
        given = [(change.writes["scale"], change.writes["mark"]) for change in changes if change.writes.get("scale")]
        if all(scale == HOME_SCALE for scale, _mark in given):
            return 0
        tables = Scale.objects.tables()
        return sum(scale != HOME_SCALE and mark not in tables[scale] for scale, mark in given)

    def refuse(self, number: int, field: str, text: str, *, subject: str = "") -> None:
        problem = Problem(number, self.head(field, subject), text)
        if problem not in self.told:  # a row of many subjects has one number and one name
            self.told.add(problem)
            self.problems.append(problem)

    def head(self, field: str, subject: str) -> str:
        if self.table.has_subject_columns and field in {"mark", "subject"}:
            return subject
        return self.table.heads.get(field, "")

    def read(self, number: int, row: dict[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field, text in row.items():
            if not text or field == "scale":
                continue
            if len(text) > LONGEST:
                self.refuse(number, field, _("This is longer than %(count)s characters.") % {"count": LONGEST})
                continue
            try:
                refuse_error(text)
                values[field] = READ[field](text)
            except ValidationError as refusal:
                self.refuse(number, field, refusal.messages[0], subject=row.get("subject", ""))
        values["session"] = self.session_of(number, row, values)
        values["scale"] = self.scale_of(number, row.get("scale", ""))
        self.check_mark(number, values)
        self.check_sanction(number, values)
        return values

    def session_of(self, number: int, row: dict[str, str], values: dict[str, Any]) -> When | None:
        """“зимняя 2025/2026” in one cell, year and term in two, or what the upload page said."""
        year, term = self.default or (None, None)
        year = values.get("year") or cells.year(row.get("session", "")) or year
        term = values.get("session") or term
        if year and term:
            return (year, term)
        self.refuse(number, "session", _unnamed_session())
        return None

    def scale_of(self, number: int, text: str) -> str:
        if not text:
            return HOME_SCALE
        try:
            return self.scales[folded(text)]
        except KeyError:
            known = ", ".join(sorted(set(self.scales.values())))
            said = _("The university has no scale “%(text)s”. It has: %(known)s.") % {"text": text, "known": known}
            self.refuse(number, "scale", said)
            return UNKNOWN_SCALE

    def check_mark(self, number: int, values: dict[str, Any]) -> None:
        mark = values.get("mark")
        if mark is not None and values["scale"] == HOME_SCALE and mark not in HOME_MARKS:
            self.refuse(
                number,
                "mark",
                _("Our marks run from 1 to 10. A mark on another scale names it in a column “Scale”."),
                subject=values.get("subject", ""),
            )

    def check_sanction(self, number: int, values: dict[str, Any]) -> None:
        starts, ends = values.get("sanction_starts"), values.get("sanction_ends")
        if values.get("sanction") and not starts:
            self.refuse(number, "sanction_starts", _("From which day? A sanction has a first day."))
        if starts and ends and ends < starts:
            self.refuse(number, "sanction_ends", _("The last day is before the first."))

    def match(self, row: dict[str, Any], directory: Directory) -> int | None:
        book, email = row.get("record_book"), row.get("email")
        if book:
            row["record_book"] = directory.restored(book)
            self.restored += row["record_book"] != book
        return directory.books.get(row.get("record_book", "")) or directory.emails.get(email or "")

    def load(self, people: list[int], *, lock: bool) -> None:
        students = StudentProfile.objects.filter(person__in=people, faculty__in=self.faculties)
        visible = set(students.values_list("person", flat=True))
        users = User.objects.filter(pk__in=visible).order_by("pk")
        users = users.select_for_update(of=("self",), no_key=True) if lock else users
        self.users = {row["pk"]: row for row in users.values("pk", *NAMES)}
        sessions = {session.pk: (session.year, session.term) for session in ExamSession.objects.all()}
        self.marks: dict[tuple[int, When, str], tuple[int, str]] = {}
        self.subjects: dict[tuple[int, When], set[str]] = defaultdict(set)
        marks = Mark.objects.filter(person__in=visible)
        for person, session, subject, value, scale in marks.values_list(
            "person", "session", "subject", "value", "scale__code"
        ):
            self.marks[person, sessions[session], subject] = (value, scale)
            self.subjects[person, sessions[session]].add(subject)
        debts = Debt.objects.filter(person__in=visible).values_list("person", "session", "count")
        self.debts = {(person, sessions[session]): count for person, session, count in debts}
        self.sanctions: dict[int, list[Sanction]] = defaultdict(list)
        for sanction in Sanction.objects.filter(person__in=visible):
            self.sanctions[sanction.person_id].append(sanction)
        self.said: dict[tuple[Any, ...], int] = {}
        self.repeated: set[tuple[Any, ...]] = set()

    def compare(self, number: int, row: dict[str, Any], pk: int | None) -> Change:
        if pk is None or pk not in self.users:
            field = "record_book" if row.get("record_book") else "email"
            self.refuse(number, field, _("No student of yours has this number or e-mail."))
            return Change(number, None, "", "unchanged", {})
        label = full_name(self.users[pk])
        self.check_name(number, row, self.users[pk], label)
        draft = Draft(number, pk, row)
        if row["session"]:
            self.compare_mark(draft)
            self.compare_debts(draft)
        self.compare_sanction(draft)
        state = "unchanged"
        if draft.writes:
            state = "changed" if draft.before else "new"
            draft.writes["when"] = row["session"]
        return draft.done(label=self.titled(label, row), state=state)

    def titled(self, label: str, row: dict[str, Any]) -> str:
        year, term = row["session"] or (None, None)
        session = f"{year}/{year + 1}, {Term(term).label}" if year else ""
        return " · ".join(filter(None, (label, session, row.get("subject"))))

    def check_name(self, number: int, row: dict[str, Any], user: dict[str, Any], label: str) -> None:
        """A number typed wrong must not give somebody another's marks."""
        said = row.get("family_name") or (row.get("full_name") or "").partition(" ")[0]
        if said and folded(said) not in {folded(user["family_name"]), folded(user["family_name"].split()[0])}:
            field = "family_name" if row.get("family_name") else "full_name"
            self.refuse(number, field, _("This number is that of %(name)s.") % {"name": label})

    def compare_mark(self, draft: Draft) -> None:
        row, pk = draft.row, draft.person
        value, when, subject = row.get("mark"), row["session"], row.get("subject", "")
        if value is None or not self.first_word(draft.number, ("mark", pk, when, subject), "mark", subject=subject):
            return
        self.refuse_mixture(draft.number, pk, when, subject)
        new, there = (value, row["scale"]), self.marks.get((pk, when, subject))
        if there == new:
            return
        draft.writes |= {"mark": value, "scale": row["scale"], "subject": subject}
        if there:
            draft.before |= {"mark": there[0], "scale": there[1]}
        draft.shown.append((self.head("mark", subject), told(there), told(new)))

    def refuse_mixture(self, number: int, pk: int, when: When, subject: str) -> None:
        """A session's mean beside the marks that it is the mean of would count them twice."""
        subjects = self.subjects[pk, when]
        if subjects and bool(subject) == ("" in subjects):
            text = _("This session has marks by subject and a mark of the whole session. Only one kind can count.")
            self.refuse(number, "subject" if subject else "mark", text, subject=subject)
        subjects.add(subject)

    def compare_debts(self, draft: Draft) -> None:
        count, when, pk = draft.row.get("debts"), draft.row["session"], draft.person
        if count is None or self.repeats("debts", pk, when, count):
            return  # each of the session's subjects may repeat it
        there = self.debts.get((pk, when))
        if not self.first_word(draft.number, ("debts", pk, when), "debts") or count == (there or 0):
            return
        draft.writes["debts"] = count
        if there is not None:
            draft.before["debts"] = there
        draft.shown.append((self.table.heads["debts"], there, count))

    def compare_sanction(self, draft: Draft) -> None:
        row, pk = draft.row, draft.person
        what, starts, ends = row.get("sanction"), row.get("sanction_starts"), row.get("sanction_ends")
        if not what or not starts or self.repeats("sanction", pk, what, starts, ends):
            return
        if not self.first_word(draft.number, ("sanction", pk, what, starts), "sanction"):
            return
        there = next((one for one in self.sanctions[pk] if (one.what, one.starts) == (what, starts)), None)
        if there and (not ends or there.ends == ends):
            return
        draft.writes |= {"sanction": what, "sanction_starts": starts, "sanction_ends": ends}
        if there:
            draft.before["sanction_ends"] = there.ends
        was = told_days(there.starts, there.ends) if there else None
        draft.shown.append((self.table.heads["sanction"], was, f"{what}, {told_days(starts, ends)}"))

    def repeats(self, *said: Any) -> bool:
        """The very same was said in a row before."""
        if said in self.repeated:
            return True
        self.repeated.add(said)
        return False

    def first_word(self, number: int, key: tuple[Any, ...], field: str, *, subject: str = "") -> bool:
        """Two rows that say different things of one thing are refused, not the last one taken."""
        if key in self.said:
            self.refuse(number, field, _("Row %(row)s speaks of the same.") % {"row": self.said[key]}, subject=subject)
            return False
        self.said[key] = number
        return True


def told(mark: tuple[int, str] | None) -> str | None:
    if mark is None:
        return None
    value, scale = mark
    written = number_format(on_paper(value), 2)
    return written if scale == HOME_SCALE else f"{written} ({scale})"
