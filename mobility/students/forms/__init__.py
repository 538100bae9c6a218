from .applications import ChoiceForm, ConsentsForm, DetailsForm, EnterForm, ReasonForm
from .claims import ClaimForm, LanguageForm, ReuseForm

__all__ = [
    "ChoiceForm",
    "ClaimForm",
    "ConsentsForm",
    "DetailsForm",
    "EnterForm",
    "LanguageForm",
    "ReasonForm",
    "ReuseForm",
]
