from .applications import Application, ApplicationState, Card, Choice, Offer, Submission
from .claims import LANGUAGE, Claim, Consent, ConsentText, Evidence, Verdict

__all__ = [
    "LANGUAGE",
    "Application",
    "ApplicationState",
    "Card",
    "Choice",
    "Claim",
    "Consent",
    "ConsentText",
    "Evidence",
    "Offer",
    "Submission",
    "Verdict",
]
