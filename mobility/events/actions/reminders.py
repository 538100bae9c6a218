"""The daily job of settings.SCHEDULE that reminds students who were named for a team and have not answered."""

from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mobility.events.models import TeamMember
from mobility.post.actions import queue


@transaction.atomic
def remind_of_answers(*, at: datetime) -> None:
    """Once each, on the day before the last one. The letter and its mark stand in one transaction."""
    silent = TeamMember.objects.to_remind(timezone.localdate(at)).select_related("event__partner", "person")
    for member in silent.select_for_update(of=("self",), skip_locked=True):
        if member.person.email and member.person.is_active:
            queue(template="events/mail/answer_due", to=member.person, context={"member": member})
        member.reminded_at = at
        member.save(update_fields=["reminded_at"])
