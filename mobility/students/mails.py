from mobility.people.context import current
from mobility.post.actions import queue
from mobility.students.models import Application, Submission


def send_received(submission: Submission) -> None:
    _send("received", submission.application, submission=submission)


def send_withdrawn(application: Application) -> None:
    _send("withdrawn", application)


def send_reminder(application: Application) -> None:
    _send("reminder", application)


def _send(name: str, application: Application, **context: object) -> None:
    """Who has no address reads it on the page."""
    student = application.student
    if student.email:
        told = {"application": application, "call": application.call, "university": current(), **context}
        queue(template=f"applications/mail/{name}", to=student, context=told)
