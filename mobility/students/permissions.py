"""Who may do what with an application; visibility itself is `visible_to`."""

from datetime import datetime

from mobility.people.models import User
from mobility.students.models import Offer


def can_answer(user: User, offer: Offer | None, *, at: datetime) -> bool:
    """The student, while the place waits for an answer."""
    if offer is None or offer.application.student_id != user.pk:
        return False
    return offer.state == Offer.State.OPEN and at < offer.answer_by
