"""A roster of students against the students that are here."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext as _

from mobility.people.models import Deputy, Faculty, Role, RoleKind, StudentLeave, StudentProfile, User
from mobility.people.models.students import Funding, StudyLanguage
from mobility.web.spreadsheets import Problem, refuse_error

from . import cells
from .columns import STUDENT_COLUMNS, Table, folded, missing, table_of
from .directory import Directory
from .plan import Change, Draft, Plan, Question

PERSON = ("record_book", "email", "family_name", "given_name", "patronymic", "latin_family_name", "latin_given_name")
PROFILE = ("specialty", "course_year", "group", "study_language", "citizenship", "funding")
LEAVE = ("leave_kind", "leave_starts", "leave_ends")
NAMES = ("family_name", "given_name", "patronymic")
READ: dict[str, Callable[[str], Any]] = {
    "record_book": cells.record_book,
    "email": cells.email,
    "full_name": cells.name,
    **dict.fromkeys(PERSON[2:], cells.name),
    "specialty": cells.name,
    "course_year": cells.course_year,
    "group": cells.group,
    "study_language": cells.study_language,
    "citizenship": cells.citizenship,
    "funding": cells.funding,
    "status": cells.status,
    "leave_kind": cells.leave_kind,
    "leave_starts": cells.day,
    "leave_ends": cells.day,
}
LONGEST = {"specialty": 200, "group": 30, "email": 254, **dict.fromkeys(("full_name", *PERSON[2:]), 150)}
NEEDED_OF_NEW = ("family_name", "course_year")


def plan_students(
    sheet: Sequence[Any], *, faculties: Collection[Faculty], default: Faculty | None, today: date, lock: bool = False
) -> Plan:
    """`faculties` are those whose students may be written; `default` is for rows that name none."""
    table = table_of(sheet, STUDENT_COLUMNS)
    problems = [*table.problems, *_missing(table)]
    if problems:
        return Plan(problems=problems, ignored=list(table.ignored))
    return replace(_Planner(table, faculties, default, today).plan(lock=lock), left_out=list(table.left_out))


def _missing(table: Table) -> list[Problem]:
    found = []
    if "record_book" not in table.heads and "email" not in table.heads:
        found.append(missing(_("Record-book number")))
    if "full_name" not in table.heads and "family_name" not in table.heads:
        found.append(missing(_("Family name")))
    return found


class _Planner:
    """One plan in the making: problems are gathered over all rows before anything is compared."""

    def __init__(self, table: Table, faculties: Collection[Faculty], default: Faculty | None, today: date) -> None:
        self.table, self.default, self.today = table, default, today
        self.writable = {faculty.pk: faculty for faculty in faculties}
        self.everywhere = {faculty.pk: faculty for faculty in Faculty.objects.all()}
        self.faculty_words = {
            folded(word): faculty
            for faculty in self.everywhere.values()
            for word in (faculty.code, *(getattr(faculty, f"{kind}_{lang}") for kind in KINDS for lang in LANGS))
            if word
        }
        self.problems: list[Problem] = []
        self.questions: list[Question] = []
        self.written: dict[int, str] = {}  # numbers as the file has them, of rows whose number got its zeros back

    def plan(self, *, lock: bool) -> Plan:
        rows = [(number, self.read(number, row)) for number, row in self.table.rows]
        self.directory = Directory.of(row["record_book"] for _number, row in rows if row.get("record_book"))
        matched = [(number, row, self.match(number, row)) for number, row in rows]
        self.refuse_doubles(matched)
        self.load([pk for _number, _row, pk in matched if pk], lock=lock)
        changes = [self.compare(number, row, pk) for number, row, pk in matched]
        self.find_vanished(matched)
        self.problems.sort(key=lambda problem: problem.row)
        return Plan(changes, self.problems, self.questions, list(self.table.ignored), len(self.written))

    def refuse(self, number: int, field: str, text: str) -> None:
        self.problems.append(Problem(number, self.table.heads.get(field, ""), text))

    # --- one row, by itself

    def read(self, number: int, row: dict[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for field, text in row.items():
            if not text or field == "faculty":
                continue  # an empty cell says nothing, and changes nothing
            if len(text) > LONGEST.get(field, len(text)):
                self.refuse(number, field, _("This is longer than %(count)s characters.") % {"count": LONGEST[field]})
                continue
            try:
                refuse_error(text)
                values[field] = READ[field](text)
            except ValidationError as refusal:
                self.refuse(number, field, refusal.messages[0])
        self.read_faculty(number, row.get("faculty", ""), values)
        self.read_leave(number, values)
        return values

    def read_faculty(self, number: int, text: str, values: dict[str, Any]) -> None:
        faculty = self.faculty_words.get(folded(text)) if text else self.default
        if faculty is None:
            known = ", ".join(faculty.short_name for faculty in self.writable.values())
            said = _("“%(text)s” is no faculty. Known are: %(known)s.") if text else _("The faculty is missing.")
            self.refuse(number, "faculty", said % {"text": text, "known": known})
        else:
            values["faculty"] = faculty

    def read_leave(self, number: int, values: dict[str, Any]) -> None:
        starts, ends = values.get("leave_starts"), values.get("leave_ends")
        if starts and ends and ends < starts:
            self.refuse(number, "leave_ends", _("The last day is before the first."))
        if not starts and (ends or values.get("leave_kind")):
            self.refuse(number, "leave_starts", _("From which day? A leave has a first day."))

    # --- whom a row speaks of

    def match(self, number: int, row: dict[str, Any]) -> int | None:
        book, email = row.get("record_book"), row.get("email")
        if book:
            row["record_book"] = self.directory.restored(book)
            if row["record_book"] != book:
                self.written[number] = book
        by_book = self.directory.books.get(row.get("record_book", ""))
        by_email = self.directory.emails.get(email or "")
        if not book and not email:
            self.refuse(number, "record_book", _("Neither a record-book number nor an e-mail tells who this is."))
        if by_book and by_email and by_book != by_email:
            self.refuse(number, "email", _("Somebody else has this e-mail already."))
        return by_book or by_email

    def refuse_doubles(self, matched: list[tuple[int, dict[str, Any], int | None]]) -> None:
        for field in ("record_book", "email"):
            seen: dict[str, int] = {}
            for number, row, _pk in matched:
                value = row.get(field)
                if value and value in seen:
                    text = _("Row %(row)s has the same. Each person has their own.") % {"row": seen[value]}
                    self.refuse(number, field, text)
                elif value:
                    seen[value] = number
        first: dict[int, int] = {}
        for number, _row, pk in matched:
            if pk and first.setdefault(pk, number) != number:
                self.refuse(number, "", _("Row %(row)s speaks of the same person.") % {"row": first[pk]})

    def load(self, people: list[int], *, lock: bool) -> None:
        users = User.objects.filter(pk__in=people).order_by("pk")
        users = users.select_for_update(of=("self",), no_key=True) if lock else users
        self.users = {row["pk"]: row for row in users.values("pk", *PERSON)}
        profiles = StudentProfile.objects.filter(person__in=people).values("person", "faculty", "status", *PROFILE)
        self.profiles = {row["person"]: row for row in profiles}
        working = Role.objects.lasting_on(self.today).exclude(kind=RoleKind.STUDENT).filter(person__in=people)
        acting = Deputy.objects.lasting_on(self.today).filter(person__in=people)
        self.working = {*working.values_list("person", flat=True), *acting.values_list("person", flat=True)}
        self.leaves: dict[int, list[StudentLeave]] = {}
        for leave in StudentLeave.objects.filter(person__in=people):
            self.leaves.setdefault(leave.person_id, []).append(leave)

    # --- what it would change

    def compare(self, number: int, row: dict[str, Any], pk: int | None) -> Change:
        """An own student whom the file places at another faculty is asked about, whoever keeps its rosters."""
        profile = self.profiles.get(pk) if pk else None
        is_own = profile is not None and profile["faculty"] in self.writable
        if not is_own and "faculty" in row and row["faculty"].pk not in self.writable:
            self.refuse(number, "faculty", _("The rosters of this faculty are not yours to import."))
        if pk is None:
            return self.compare_new(number, row)
        user = self.users[pk]
        label = full_name(user)
        if profile is None or not is_own:
            self.refuse_foreign(number, row, profile)
            return Change(number, pk, label, "unchanged", {})
        there = {**user, **profile}
        split_full_name(row, there)
        draft = Draft(number, pk, row)
        for field in (*PERSON, *PROFILE):
            if row.get(field) and differs(field, there[field], row[field]):
                draft.writes[field], draft.before[field] = row[field], there[field]
                head = self.table.heads.get(field) or str(User._meta.get_field(field).verbose_name)
                draft.shown.append((head, told(there[field]), told(row[field])))
        self.refuse_of_staff(draft)
        self.compare_leave(draft)
        self.ask(row, pk, label, profile)
        return draft.done(label=label, state="changed" if draft.writes else "unchanged")

    def refuse_of_staff(self, draft: Draft) -> None:
        """A roster must not be a way into the account of somebody in office."""
        personal = [field for field in PERSON if field in draft.writes]
        if personal and draft.person in self.working:
            text = _("They work here as well: an administrator changes their name, number and e-mail.")
            self.refuse(draft.number, personal[0], text)

    def compare_new(self, number: int, row: dict[str, Any]) -> Change:
        split_full_name(row, None)
        for field in NEEDED_OF_NEW:
            if not row.get(field) and not self.has_problem(number):
                self.refuse(number, field, _("A new student needs this."))
        if row.get("status", "studying") not in ("studying", "on-leave") and not self.has_problem(number):
            self.refuse(number, "status", _("Nobody here has this number: who has left is not entered anew."))
        names = {field: row.get(field) or "" for field in NAMES}
        writes = {field: row[field] for field in (*PERSON, *PROFILE, *LEAVE) if row.get(field)}
        writes["faculty"] = row["faculty"].pk if "faculty" in row else None
        shown = ((self.table.heads["record_book"], "", row["record_book"]),) if number in self.written else ()
        return Change(number, None, full_name(names), "new", writes, shown=shown)

    def has_problem(self, number: int) -> bool:
        return any(problem.row == number for problem in self.problems)

    def refuse_foreign(self, number: int, row: dict[str, Any], profile: Mapping[str, Any] | None) -> None:
        field = "record_book" if row.get("record_book") in self.directory.books else "email"
        text = (
            _("This is somebody who is no student. An administrator can enter them as one.")
            if profile is None
            else _(
                "This is a student of another faculty. Take the row out of the file; the dean's office they leave "
                "enters the transfer."
            )
        )
        self.refuse(number, field, text)

    def compare_leave(self, draft: Draft) -> None:
        starts, ends, kind = (draft.row.get(field) for field in ("leave_starts", "leave_ends", "leave_kind"))
        if not starts:
            return
        leaves = self.leaves.get(draft.person, ())
        same = next((leave for leave in leaves if leave.starts == starts), None)
        old = leave_values(same.kind, starts, same.ends) if same else {}
        new = leave_values(kind or (same.kind if same else "academic"), starts, ends or (same.ends if same else None))
        if any(overlap(leave.starts, leave.ends, starts, new["leave_ends"]) for leave in leaves if leave is not same):
            self.refuse(draft.number, "leave_starts", _("The student is on leave on some of these days already."))
        if old != new:
            draft.writes |= new
            draft.before |= old
            draft.shown.append((self.table.heads["leave_starts"], told_leave(old), told_leave(new)))

    # --- what only the office decides

    def ask(self, row: dict[str, Any], pk: int, label: str, profile: Mapping[str, Any]) -> None:
        faculty = row.get("faculty")
        if faculty and faculty.pk != profile["faculty"]:
            self.questions.append(Question("faculty", pk, label, str(faculty.pk)))
        said = row.get("status", "studying")
        if said == "on-leave":
            if not row.get("leave_starts") and not any(
                overlap(leave.starts, leave.ends, self.today, self.today) for leave in self.leaves.get(pk, ())
            ):
                self.questions.append(Question("on-leave", pk, label))
        elif said != profile["status"]:
            self.questions.append(Question("status", pk, label, said))

    def find_vanished(self, matched: list[tuple[int, dict[str, Any], int | None]]) -> None:
        """Who studies in a course of a faculty that the file speaks of, is not on leave today, and is not in it.

        One student who goes to another faculty makes no file speak of that faculty's course.
        """
        places = {
            (row["faculty"].pk, row["course_year"])
            for _n, row, pk in matched
            if {"faculty", "course_year"} <= set(row) and not self.is_leaving(row, pk)
        }
        here = {pk for _number, _row, pk in matched if pk}
        students = (
            StudentProfile.objects.studying()
            .exclude(pk__in=StudentProfile.objects.on_leave_on(self.today).values("pk"))
            .filter(faculty__in={faculty for faculty, _year in places})
            .order_by("person__sort_name", "pk")
        )
        for row in students.values("person", "faculty", "course_year", *(f"person__{name}" for name in NAMES)):
            if row["person"] in here or (row["faculty"], row["course_year"]) not in places:
                continue
            label = full_name({name: row[f"person__{name}"] for name in NAMES})
            self.questions.append(Question("vanished", row["person"], label))

    def is_leaving(self, row: dict[str, Any], pk: int | None) -> bool:
        profile = self.profiles.get(pk) if pk else None
        return profile is not None and profile["faculty"] != row["faculty"].pk


KINDS, LANGS = ("name", "short_name"), ("en", "ru", "be")
CHOICES = {str(value): label for kind in (StudyLanguage, Funding, StudentLeave.Kind) for value, label in kind.choices}


def full_name(row: Mapping[str, Any]) -> str:
    return " ".join(filter(None, (row[name] for name in NAMES)))


def split_full_name(row: dict[str, Any], there: Mapping[str, Any] | None) -> None:
    """One column of three names; where it says what is here already, the parts stay as they are."""
    whole = row.pop("full_name", None)
    if not whole or row.get("family_name"):
        return
    if there is not None and full_name(there).casefold() == whole.casefold():
        return
    family, _space, rest = whole.partition(" ")
    given, _space, patronymic = rest.partition(" ")
    row |= {"family_name": family, "given_name": given, "patronymic": patronymic}


def differs(field: str, there: Any, said: Any) -> bool:
    """Lists in capital letters change nobody's name."""
    if field in NAMES or field.startswith("latin"):
        return there.casefold() != said.casefold()
    return there != said


def overlap(starts: date, ends: date | None, others_start: date, others_end: date | None) -> bool:
    return starts <= (others_end or date.max) and others_start <= (ends or date.max)


def told(value: Any) -> str:
    return "" if value is None else str(CHOICES.get(value, value) if isinstance(value, str) else value)


def leave_values(kind: str, starts: date, ends: date | None) -> dict[str, Any]:
    return {"leave_kind": kind, "leave_starts": starts, "leave_ends": ends}


def told_leave(leave: Mapping[str, Any]) -> str:
    if not leave:
        return ""
    return f"{CHOICES[leave['leave_kind']]}, {told_days(leave['leave_starts'], leave['leave_ends'])}"


def told_days(starts: date, ends: date | None) -> str:
    first, last = (day and formats.date_format(day, "SHORT_DATE_FORMAT") for day in (starts, ends))
    return f"{first} – {last or '…'}"
