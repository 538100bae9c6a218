from .commissions import Attendance, CommissionMember, Protocol, Seat
from .readings import Conflict, Decision, Reading, Reason
from .runs import Publication, Run
from .standings import Showing, Standing

__all__ = [
    "Attendance",
    "CommissionMember",
    "Conflict",
    "Decision",
    "Protocol",
    "Publication",
    "Reading",
    "Reason",
    "Run",
    "Seat",
    "Showing",
    "Standing",
]
