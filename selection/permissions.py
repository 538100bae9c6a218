"""Who may do what while a faculty reads, ranks and decides."""

from mobility.people.models import Faculty, RoleKind, User
from mobility.students.models import Application
from selection.models import Conflict

READERS = {RoleKind.IR_OFFICER, RoleKind.RECTOR, RoleKind.ADMINISTRATOR}


def can_verify(user: User, faculty: Faculty) -> bool:
    """The faculty's own office reads what its students claim, and decides."""
    return user.holds(RoleKind.DEANS_OFFICE, faculty=faculty)


def can_read_standing(user: User, faculty: Faculty) -> bool:
    return can_verify(user, faculty) or bool(READERS & {role.kind for role in user.roles})


def can_read_history(user: User, application: Application) -> bool:
    """It says verdicts and conflicts before they are shown: not to the applicant, nor to whoever stays out."""
    if application.student_id == user.pk or Conflict.objects.of_person(user).filter(application=application).exists():
        return False
    return can_read_standing(user, application.faculty)


def can_read_runs(user: User) -> bool:
    return bool(READERS & {role.kind for role in user.roles})


def can_run(user: User) -> bool:
    """International Relations computes, prepares and, by a second person, publishes."""
    return user.holds(RoleKind.IR_OFFICER)
