from .changes import ArchiveForm, RenameForm
from .editing import InstitutionForm, NameFormSet, TableFormSet, typed_names
from .sheets import Known, RowForm

__all__ = [
    "ArchiveForm",
    "InstitutionForm",
    "Known",
    "NameFormSet",
    "RenameForm",
    "RowForm",
    "TableFormSet",
    "typed_names",
]
