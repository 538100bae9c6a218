from .commissions import Attendance, CommissionMember, Protocol, Seat
from .ranks import Outlook, Rank
from .readings import Conflict, Decision, Reading, Reason
from .runs import Publication, Run, RunCard
from .standings import Showing, Standing

__all__ = [
    "Attendance",
    "CommissionMember",
    "Conflict",
    "Decision",
    "Outlook",
    "Protocol",
    "Publication",
    "Rank",
    "Reading",
    "Reason",
    "Run",
    "RunCard",
    "Seat",
    "Showing",
    "Standing",
]
