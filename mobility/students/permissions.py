"""Who may do what with applications. Deadlines and states are the actions' to refuse."""

from datetime import datetime

from mobility.people.models import RoleKind, User

from .models import Application, Offer


def can_apply(user: User) -> bool:
    return user.holds(RoleKind.STUDENT)


def can_enter(user: User) -> bool:
    """For a student of the faculty, who applies on paper."""
    return user.holds(RoleKind.DEANS_OFFICE)


def can_write(user: User, application: Application) -> bool:
    """The student; what the dean's office entered from paper, that office too."""
    if application.student_id == user.pk:
        return True
    return application.entered_by_id is not None and is_of_their_faculty(user, application)


def can_see(_user: User, _application: Application) -> bool:
    """Whoever found it by `visible_to`."""
    return True


def can_withdraw(user: User, application: Application) -> bool:
    return can_write(user, application) or is_of_their_faculty(user, application)


def can_ask_to_withdraw(user: User, application: Application) -> bool:
    return application.student_id == user.pk and application.is_submitted


def can_read_submissions(user: User, application: Application) -> bool:
    return can_withdraw(user, application) and not application.is_draft


def is_of_their_faculty(user: User, application: Application) -> bool:
    return user.holds(RoleKind.DEANS_OFFICE, faculty=application.faculty)


def can_answer(user: User, offer: Offer | None, *, at: datetime) -> bool:
    """The student, while the place waits for an answer."""
    if offer is None or offer.application.student_id != user.pk:
        return False
    return offer.state == Offer.State.OPEN and at < offer.answer_by
