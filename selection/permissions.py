"""Who may do what while a faculty reads, ranks and decides."""

from mobility.people.models import Faculty, RoleKind, User

READERS = {RoleKind.IR_OFFICER, RoleKind.RECTOR, RoleKind.ADMINISTRATOR}


def can_verify(user: User, faculty: Faculty) -> bool:
    """The faculty's own office reads what its students claim, and decides."""
    return user.holds(RoleKind.DEANS_OFFICE, faculty=faculty)


def can_read_standing(user: User, faculty: Faculty) -> bool:
    return can_verify(user, faculty) or bool(READERS & {role.kind for role in user.roles})


def can_read_runs(user: User) -> bool:
    return bool(READERS & {role.kind for role in user.roles})


def can_run(user: User) -> bool:
    """International Relations computes, prepares and, by a second person, publishes."""
    return user.holds(RoleKind.IR_OFFICER)
