"""Form fields for evidence: their clean value is what `files.actions.store` takes."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import ngettext

from mobility.files.inspection import Inspected, inspect
from mobility.files.storage import disk_full

MAX_FILES = 10
ACCEPT = ".pdf,.jpg,.jpeg,.png"


def inspected(upload) -> Inspected:
    if getattr(upload.file, "disk_is_full", False) or getattr(upload, "disk_is_full", False):
        raise disk_full()
    return inspect(upload, upload.name)


class EvidenceField(forms.FileField):
    """One PDF, JPEG or PNG of at most 10 MB."""

    widget = forms.FileInput(attrs={"accept": ACCEPT})

    def __init__(self, **options) -> None:
        super().__init__(allow_empty_file=True, **options)  # the inspection says it in words that name the file

    def to_python(self, data) -> Inspected | None:
        upload = super().to_python(data)
        return None if upload is None else inspected(upload)


class ManyFilesInput(forms.FileInput):
    allow_multiple_selected = True


class EvidenceFilesField(forms.FileField):
    """Several files at once; refuses each wrong one by name. `max_files` is what there is room for."""

    widget = ManyFilesInput(attrs={"accept": ACCEPT})

    def __init__(self, *, max_files: int = MAX_FILES, **options) -> None:
        self.max_files = max_files
        super().__init__(allow_empty_file=True, **options)

    def clean(self, data, initial=None) -> list[Inspected]:
        uploads = data or []
        if self.required and not uploads and not initial:
            raise ValidationError(self.error_messages["required"], code="required")
        if len(uploads) > self.max_files:
            told = ngettext("Attach at most %(count)s file.", "Attach at most %(count)s files.", self.max_files)
            raise ValidationError(told, code="too-many", params={"count": self.max_files})
        return self.all_inspected(uploads)

    def all_inspected(self, uploads) -> list[Inspected]:
        found, refused = [], []
        for upload in uploads:
            try:
                found.append(inspected(upload))
            except ValidationError as refusal:
                refused.append(refusal)
        if refused:
            raise ValidationError(refused)
        return found
