from .applications import Application, ApplicationState, Card, Choice, Numbering, Offer, Submission, SubmittedFile
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
    "Numbering",
    "Offer",
    "Submission",
    "SubmittedFile",
    "Verdict",
]
