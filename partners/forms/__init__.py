from .changes import ArchiveForm, RenameForm
from .editing import InstitutionForm, NameFormSet, typed_names
from .sheets import Known, RowForm, UploadForm

__all__ = [
    "ArchiveForm",
    "InstitutionForm",
    "Known",
    "NameFormSet",
    "RenameForm",
    "RowForm",
    "UploadForm",
    "typed_names",
]
