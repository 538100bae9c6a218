"""The named pages, with the goals they are held to."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Page:
    """`signed_in` is a sign-in of the sample, or nobody; goals that a page does not have are None."""

    name: str
    address: str
    signed_in: str = ""
    times_limit: float | None = None
    queries: int | None = None
    rows: int | None = None


def named_pages(*, person: int) -> list[Page]:
    """`person` is the key of the student whose page is opened."""
    return [
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
        Page("admin, institutions", "/admin/partners/institution/", "admin", queries=10),
        Page("admin, people", "/admin/people/user/", "admin", queries=10),
    ]
