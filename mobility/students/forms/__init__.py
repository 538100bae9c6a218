from .applications import ChoiceForm, ConsentsForm, DetailsForm, EnterForm, PaperForm, ReasonForm
from .claims import ClaimForm, LanguageForm, ReuseForm

__all__ = [
    "ChoiceForm",
    "ClaimForm",
    "ConsentsForm",
    "DetailsForm",
    "EnterForm",
    "LanguageForm",
    "PaperForm",
    "ReasonForm",
    "ReuseForm",
]
