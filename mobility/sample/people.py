"""Who studies and works at the sample university, as plain values: the same seed and day give the same people."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import InitVar, dataclass, field, replace
from datetime import date, timedelta
from random import Random

from mobility.sample import names
from mobility.sample.names import Name

CITIZENSHIP = {
    "belarus": "BY",
    "china": "CN",
    "india": "IN",
    "iran": "IR",
    "lebanon": "LB",
    "nigeria": "NG",
    "poland": "PL",
    "russia": "RU",
    "sri-lanka": "LK",
    "turkey": "TR",
    "turkmenistan": "TM",
}
CODE_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
DOMAIN = "bsmu.example"
GROUP_SIZE = 12
LONGEST_AWAY = 60 * 24 * 60
NEW_YEAR_OF_STUDY = 9
TEACHERS_A_DEPARTMENT = 3
TEACHERS = ["Профессор", "Доцент", "Доцент", "Старший преподаватель", "Ассистент", "Ассистент"]
WOMEN = 0.72
WITHOUT_EMAIL = 0.06
WITHOUT_PASSPORT_NAME = 0.02


@dataclass(frozen=True)
class Grant:
    """One role; `place` is the code of the faculty or department that the role has."""

    kind: str
    place: str = ""
    signs: bool = False
    since: date = date(2020, 9, 1)


@dataclass(frozen=True)
class Study:
    faculty: str
    specialty: str
    course_year: int
    group: str
    citizenship: str
    language: str


@dataclass(frozen=True)
class Work:
    position: str
    department: str = ""


@dataclass(frozen=True)
class Person:
    code: str
    name: Name
    email: str | None
    record_book: str | None = None
    language: str = ""
    last_seen: timedelta | None = None
    """Before now; None for whoever has no way in yet."""
    grants: tuple[Grant, ...] = ()
    deputy_of: str = ""
    study: Study | None = None
    work: Work | None = None
    is_tried: bool = False
    """Whom newcomers sign in as: nothing may bar them from what there is to see."""


@dataclass
class Register:
    """Draws by its lot, and gives out addresses and codes, each once."""

    seed: InitVar[int]
    addresses: Counter = field(default_factory=Counter)
    codes: set[str] = field(default_factory=set)
    lot: Random = field(init=False)

    def __post_init__(self, seed: int) -> None:
        self.lot = Random(seed)

    def last_seen(self) -> timedelta:
        return timedelta(minutes=self.lot.randrange(LONGEST_AWAY))

    def address(self, name: Name, domain: str) -> str:
        local = f"{name.latin_given}.{name.latin_family}".lower().replace(" ", "-")
        self.addresses[local, domain] += 1
        number = self.addresses[local, domain]
        return f"{local}{number if number > 1 else ''}@{domain}"

    def code(self) -> str:
        while (code := "".join(self.lot.choices(CODE_LETTERS, k=8))) in self.codes:
            pass
        self.codes.add(code)
        return code


def staff(
    register: Register, *, officials: list[dict], faculties: list[dict], departments: list[dict]
) -> Iterator[Person]:
    """Officials first, each under an address that is easy to remember; then departments: a head and teachers."""
    for official in officials:
        grants = (Grant(official["kind"]),) if "kind" in official else ()
        yield _official(
            register, official["address"], official["position"], *grants, deputy_of=official.get("deputy_of", "")
        )
    for faculty in faculties:
        code = faculty["code"]
        yield _official(register, f"dean.{code}", "Декан", Grant("deans-office", code, signs=True))
        yield _official(register, f"office.{code}", "Специалист деканата", Grant("deans-office", code))
    for department in departments:
        yield from _department(register, department["code"])


def students(register: Register, *, count: int, today: date, faculties: list[dict]) -> Iterator[Person]:
    this_year = today.year if today.month >= NEW_YEAR_OF_STUDY else today.year - 1
    for position, (faculty, size) in enumerate(zip(faculties, faculty_sizes(count, faculties), strict=True), start=1):
        for number in range(size):
            course_year = number * faculty["years"] // size + 1
            entered = date(this_year - course_year + 1, NEW_YEAR_OF_STUDY, 1)
            record_book = f"{entered:%y}{position}{number + 1:05}"
            group = f"{course_year}{position}{_group_in_year(number, size, faculty['years']):02}"
            student = _student(register, faculty, course_year=course_year, group=group, record_book=record_book)
            student = replace(student, grants=(Grant("student", since=entered),))
            yield _easy_to_try(student) if number == size - 1 else student


def faculty_sizes(count: int, faculties: list[dict]) -> list[int]:
    """Students by faculty in the proportion of `share`; what rounding leaves goes to the first."""
    whole = sum(faculty["share"] for faculty in faculties)
    sizes = [count * faculty["share"] // whole for faculty in faculties]
    sizes[0] += count - sum(sizes)
    return sizes


def _official(register: Register, address: str, position: str, *grants: Grant, deputy_of: str = "") -> Person:
    return replace(
        _employee(register, position, *grants), email=f"{address}@{DOMAIN}", language="", deputy_of=deputy_of
    )


def _department(register: Register, code: str) -> Iterator[Person]:
    head = _employee(register, "Заведующий кафедрой", Grant("head-of-department", code), Grant("teaching-staff"))
    yield replace(head, email=f"head.{code}@{DOMAIN}", work=Work("Заведующий кафедрой", code))
    for number in range(1, TEACHERS_A_DEPARTMENT + 1):
        position = register.lot.choice(TEACHERS)
        teacher = _employee(register, position, Grant("teaching-staff"))
        email = f"teacher.{code}@{DOMAIN}" if number == 1 else teacher.email
        yield replace(teacher, email=email, work=Work(position, code))


def _employee(register: Register, position: str, *grants: Grant) -> Person:
    lot = register.lot
    name = names.draw(lot, country="belarus", woman=lot.random() < WOMEN)
    return Person(
        code=register.code(),
        name=name,
        email=register.address(name, DOMAIN),
        language=lot.choice(["ru", "ru", "ru", "be", "en", ""]),
        last_seen=register.last_seen(),
        grants=grants,
        work=Work(position),
    )


def _student(register: Register, faculty: dict, *, course_year: int, group: str, record_book: str) -> Person:
    lot = register.lot
    (country,) = lot.choices(list(faculty["countries"]), list(faculty["countries"].values()))
    name = names.draw(lot, country=country, woman=lot.random() < WOMEN)
    has_email = lot.random() >= WITHOUT_EMAIL
    email = register.address(name, f"student.{DOMAIN}") if has_email else None
    if lot.random() < WITHOUT_PASSPORT_NAME:
        name = replace(name, latin_family="", latin_given="")
    return Person(
        code=register.code(),
        name=name,
        email=email,
        record_book=record_book,
        language=lot.choice(["en", "en", "ru", ""] if faculty["study_language"] == "en" else ["ru", "ru", "be", ""]),
        last_seen=register.last_seen() if has_email else None,
        study=Study(
            faculty=faculty["code"],
            specialty=faculty["specialty"],
            course_year=course_year,
            group=group,
            citizenship=CITIZENSHIP[country],
            language=faculty["study_language"],
        ),
    )


def _easy_to_try(student: Person) -> Person:
    """The last of a faculty has an address that is easy to remember; in Military Medicine, a record book only."""
    email = None if student.study.faculty == "military" else f"student.{student.study.faculty}@{DOMAIN}"
    return replace(student, email=email, language="", last_seen=timedelta(hours=1), is_tried=True)


def _group_in_year(number: int, size: int, years: int) -> int:
    """The year's students fill one group after another."""
    first_of_year = -(-(number * years // size) * size // years)
    return (number - first_of_year) // GROUP_SIZE + 1
