"""The daily job of settings.SCHEDULE that writes to whoever answers for agreements that end soon."""

from collections import defaultdict
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from mobility.journal import actions as journal
from mobility.people.models import RoleKind, User
from mobility.post.actions import queue
from partners.coverage import days_left
from partners.models import NOTICE_DAYS, Agreement, ExpiryNotice


@transaction.atomic
def remind_of_expiring(*, at: datetime) -> None:
    """One letter a person with all that is newly near its end; each of the thresholds is told once.

    What enters a nearer threshold unseen is told of that one only. The letter and the row that it was sent stand in
    one transaction.
    """
    day = timezone.localdate(at)
    due = list(
        Agreement.objects.expiring_within(max(NOTICE_DAYS), of=day)
        .filter(terminated_at=None)
        .select_related("owner")
        .select_for_update(of=("self",))
    )
    told = set(ExpiryNotice.objects.filter(agreement__in=due).values_list("agreement", "last_day", "days"))
    news: dict[User, list[Agreement]] = defaultdict(list)
    notices = []
    for agreement in due:
        days = min(days for days in NOTICE_DAYS if days_left(agreement.last_day, today=day) <= days)
        if (agreement.pk, agreement.last_day, days) in told:
            continue
        journal.record(event="expiry-told", of=agreement, by=None)
        notices.append(ExpiryNotice(agreement=agreement, last_day=agreement.last_day, days=days, queued_at=at))
        news[agreement.owner].append(agreement)
    ExpiryNotice.objects.bulk_create(notices)
    for owner, agreements in news.items():
        for reader in _readers(owner, at):
            queue(template="agreements/mail/expiring", to=reader, context={"agreements": agreements, "owner": owner})


def _readers(owner: User, at: datetime) -> list[User]:
    """The owner, or all officers where the owner has left or has no address."""
    if owner.is_active and owner.email:
        return [owner]
    officers = User.objects.holding(RoleKind.IR_OFFICER, on=timezone.localdate(at))
    return list(officers.exclude(email=None))
