from .applications import ChoiceForm, ConsentsForm, DetailsForm, EnterForm, PaperForm
from .claims import ClaimForm, LanguageForm, ReuseForm

__all__ = [
    "ChoiceForm",
    "ClaimForm",
    "ConsentsForm",
    "DetailsForm",
    "EnterForm",
    "LanguageForm",
    "PaperForm",
    "ReuseForm",
]
