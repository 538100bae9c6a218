"""The named pages, with the goals they are held to."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`signed_in` is a sign-in of the sample, or nobody; goals that a page does not have are None.

    With `posts` it is an act: each round sends `body` to the next of these addresses, and its limit is the INSERT.
    """

    name: str
    address: str
    signed_in: str = ""
    times_limit: float | None = None
    queries: int | None = None
    rows: int | None = None
    posts: Sequence[str] = ()
    body: str = ""

    @property
    def expected(self) -> int:
        return 302 if self.posts else 200


@dataclass(frozen=True)
class Competition:
    """Where the pages of this year's call are; nobody has read the claims of those in `unread`.

    Those in `unsent` are of another call, which is open: an office entered them, and they changed since.
    """

    call: str
    faculty: str
    office: str
    read: str
    unread: Sequence[str]
    unsent: Sequence[str]
    own: str
    student: str


def of_the_competition(here: Competition) -> list[Page]:
    desk, lists = f"/selection/{here.call}/{here.faculty}", {"times_limit": 3, "queries": 8, "rows": 150}
    verify, one = f"{desk}/verify", {"times_limit": 3, "queries": 10, "rows": 80}
    return [
        Page("calls, list", "/calls/", times_limit=3, queries=8, rows=150),
        Page("one call", f"/calls/{here.call}/", **one),
        Page("dean's queue", f"{desk}/queue/", here.office, **lists),
        Page("dean's queue, filtered", f"{desk}/queue/?read=no&course=4", here.office, **lists),
        Page("dean's ranking of 50", f"{desk}/standing/", here.office, times_limit=3.5, queries=8, rows=150),
        Page("ranking, far down", f"{desk}/standing/?after=1500", here.office, times_limit=3.5, queries=8, rows=150),
        Page("application, its evidence", f"{verify}/{here.read}/", here.office, **one),
        Page("application, its student", f"/applications/{here.own}/", here.student, **one),
        Page(
            "save a verdict", "", here.office, times_limit=4, queries=12, rows=40,
            posts=[f"{verify}/{number}/" for number in here.unread], body="rest=1",
        ),
        Page(
            "submit", "", here.office, times_limit=4, queries=12, rows=40,
            posts=[f"/applications/{number}/submit/" for number in here.unsent], body="submit=1",
        ),
    ]  # fmt: skip


def named_pages(*, person: int, here: Competition) -> list[Page]:
    """`person` is the key of the student whose page is opened."""
    return [
        *of_the_competition(here),
        Page("public start page", "/", times_limit=1.5, queries=3, rows=60),
        Page("sign-in page", "/account/sign-in/", times_limit=3, queries=8, rows=150),
        Page("what awaits an IR officer", "/", "ir", times_limit=3, queries=8, rows=150),
        Page("what awaits a student", "/", "student.general", times_limit=3, queries=8, rows=150),
        Page("partners, list and map", "/partners/", times_limit=3, queries=8, rows=150),
        Page("people, 50 of a faculty", "/people/", "office.general", times_limit=3, queries=8, rows=150),
        Page("people, 50 of all", "/people/", "ir", times_limit=3, queries=8, rows=150),
        Page("people, search", "/people/?search=Коваленко", "ir", times_limit=3, queries=8, rows=150),
        Page("one person", f"/people/{person}/", "office.general", times_limit=3, queries=10, rows=80),
        Page("agreements, 50 of all", "/agreements/", "ir", times_limit=3, queries=8, rows=150),
        Page("agreements, search", "/agreements/?q=777", "ir", times_limit=3, queries=8, rows=150),
        Page("agreements, expiring", "/agreements/expiring/", "ir", times_limit=3, queries=8, rows=150),
        Page("years not covered", "/agreements/coverage/", "ir", times_limit=3, queries=8, rows=150),
        Page("parity of seats", "/agreements/parity/", "ir", times_limit=3, queries=8, rows=150),
        Page("admin, agreements", "/admin/partners/agreement/", "admin", queries=10),
        Page("students, 50 of a faculty", "/students/", "office.general", times_limit=3, queries=8, rows=150),
        Page(
            "students, 50 of a course", "/students/?course_year=3", "office.general", times_limit=3, queries=8, rows=150
        ),
        Page("students, 50 of all", "/students/", "ir", times_limit=3, queries=8, rows=150),
        Page("one student", f"/students/{person}/", "office.general", times_limit=3, queries=16, rows=80),
        Page("staff mobility, 50 of all", "/staff/board/", "ir", times_limit=3, queries=8, rows=150),
        Page(
            "staff mobility, to be prepared", "/staff/board/?state=endorsed", "ir", times_limit=3, queries=8, rows=150
        ),
        Page(
            "staff mobility, a form, country and year",
            "/staff/board/?form=conference&country=RU&year=2025",
            "ir",
            times_limit=3,
            queries=8,
            rows=150,
        ),
        Page("staff mobility, search", "/staff/board/?q=777", "ir", times_limit=3, queries=8, rows=150),
        Page("staff mobility, a department", "/staff/department/", "head.anatomy", times_limit=3, queries=8, rows=150),
        Page("staff mobility, one's own", "/staff/mine/", "teacher.anatomy", times_limit=3, queries=8, rows=150),
        Page("staff mobility, calendar of a long year", "/staff/calendar/?year=2025", "ir", queries=8),
        Page("staff mobility, figures", "/staff/figures/?year=2025", "ir", queries=10),
        Page("students' events, coming", "/events/", times_limit=3, queries=8, rows=150),
        Page("students' events, 50 of all", "/events/board/", "ir", times_limit=3, queries=8, rows=150),
        Page("students' events, to decide", "/events/board/?state=approved", "ir", times_limit=3, queries=8, rows=150),
        Page("students' events, search", "/events/board/?q=777", "ir", times_limit=3, queries=8, rows=150),
        Page("students' events, a faculty", "/events/faculty/", "office.general", times_limit=3, queries=8, rows=150),
        Page("students' events, calendar", "/events/calendar/?year=2025", "ir", queries=8),
        Page("students' events, figures", "/events/figures/?year=2025", "ir", queries=10),
        Page("admin, institutions", "/admin/partners/institution/", "admin", queries=10),
        Page("admin, people", "/admin/people/user/", "admin", queries=10),
    ]
