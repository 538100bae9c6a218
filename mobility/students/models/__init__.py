from .applications import Application, ApplicationState, Card, Choice, Numbering, Offer, Submission, SubmittedFile
from .claims import LANGUAGE, AttachedPaper, Claim, Consent, ConsentText, Evidence, Verdict

__all__ = [
    "LANGUAGE",
    "Application",
    "ApplicationState",
    "AttachedPaper",
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
