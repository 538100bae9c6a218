from .calls import Call, Extension, Precedence, Release
from .destinations import Cutoff, Destination
from .quotas import Quota, QuotaApproval, QuotaChange
from .rules import RulesTemplate, RulesVersion

__all__ = [
    "Call",
    "Cutoff",
    "Destination",
    "Extension",
    "Precedence",
    "Quota",
    "QuotaApproval",
    "QuotaChange",
    "Release",
    "RulesTemplate",
    "RulesVersion",
]
