from .agreements import Agreement, AgreementState, Party, Renewal
from .conditions import STUDENT_KINDS, Condition, ConfirmedSeats, Direction, LanguageLevel, Level, MobilityKind
from .contacts import Contact, ContactRole
from .flows import Flow
from .institutions import Institution
from .names import Name, NameKind
from .papers import NOTICE_DAYS, ExpiryNotice, Prolongation, Scan
from .successions import Succession

__all__ = [
    "NOTICE_DAYS",
    "STUDENT_KINDS",
    "Agreement",
    "AgreementState",
    "Condition",
    "ConfirmedSeats",
    "Contact",
    "ContactRole",
    "Direction",
    "ExpiryNotice",
    "Flow",
    "Institution",
    "LanguageLevel",
    "Level",
    "MobilityKind",
    "Name",
    "NameKind",
    "Party",
    "Prolongation",
    "Renewal",
    "Scan",
    "Succession",
]
