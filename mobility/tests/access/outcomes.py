"""Results of one's own; read by the faculty's dean's office and by International Relations, answered by nobody else."""

from typing import Any

from mobility.people.tests.factories import StudentFactory
from mobility.students.tests.factories import ApplicationFactory, published

from .words import ADMINISTRATOR, DEANS_OFFICE, IR_OFFICER, OWN_FACULTY, RECTOR, STUDENT, Page, Place, only

READERS = {DEANS_OFFICE: OWN_FACULTY, IR_OFFICER: 200, RECTOR: 200, ADMINISTRATOR: 200}


def a_result(place: Place) -> dict[str, Any]:
    """One's own for a student of the faculty, else somebody else's of it."""
    student = place.student or StudentFactory(student__faculty=place.faculty)
    application = ApplicationFactory(student=student, submitted=True)
    published(application)
    return {"number": application.number}


PAGES = {
    "outcome-latest": Page(get=404),
    "outcome": Page(at=a_result, get=only({STUDENT: OWN_FACULTY, **READERS}, others=404)),
    "outcome-paper": Page(at=a_result, get=only({STUDENT: OWN_FACULTY, **READERS}, others=404), is_looked_at=False),
    "outcome-calendar": Page(at=a_result, get=only({STUDENT: OWN_FACULTY, **READERS}, others=404), is_looked_at=False),
    "place-confirm": Page(
        at=a_result, get=only({STUDENT: OWN_FACULTY}, others=404), post=only({STUDENT: (302, 404)}, others=404)
    ),
    "place-decline": Page(
        at=a_result, get=only({STUDENT: OWN_FACULTY}, others=404), post=only({STUDENT: (302, 404)}, others=404)
    ),
}
