from .agreements import AgreementAdmin
from .institutions import InstitutionAdmin

__all__ = ["AgreementAdmin", "InstitutionAdmin"]
