from .contacts import Contact, ContactRole
from .institutions import Institution
from .names import Name, NameKind
from .successions import Succession

__all__ = ["Contact", "ContactRole", "Institution", "Name", "NameKind", "Succession"]
