"""Why a file is refused, and what its sender can do about it."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "empty": _("“%(name)s” is empty: attach the file again."),
    "too-large": _("“%(name)s” is larger than 10 MB: scan it again at a lower resolution, or attach it in parts."),
    "unreadable": _("“%(name)s” could not be opened: attach it as PDF or JPG."),
    "mismatch": _("“%(name)s” is not of the type that its name ends with: save it as PDF or JPG and attach it again."),
    "damaged": _(
        "“%(name)s” is damaged or incomplete: open it on your computer, save it again, and attach the new file."
    ),
    "encrypted": _("“%(name)s” is protected by a password: save it without the password and attach it again."),
    "active": _("“%(name)s” holds scripts, actions or attached files: print it to a new PDF and attach that one."),
    "hidden": _("“%(name)s” holds something besides the document: print or scan it to a new PDF and attach that one."),
    "too-many-pixels": _("“%(name)s” has more than 50 million pixels: scan it at 300 dpi, or save it smaller."),
    "too-complex": _("“%(name)s” has too many parts to be checked: print it to a new PDF and attach that one."),
}


class RefusedFileError(Exception):
    """A file fails an inspection; `code` is one of SENTENCES."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def refusal(code: str, name: str) -> ValidationError:
    return ValidationError(SENTENCES[code], code=code, params={"name": name})
