"""The base of every form of ours: text in Unicode's composed form, and one way to look."""

import unicodedata
from typing import Any

from crispy_forms.helper import FormHelper
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mobility.web.inputs import text_field

# Django's own say “Ensure that this value is…”. Of no field alone, so the summary names the field before them.
LIMITS = {
    "min_value": _("Enter %(limit_value)s or more."),
    "max_value": _("Enter %(limit_value)s or less."),
}
AGAIN = _("Attach it again, because the page came back without it: %(names)s.")


class Helper(FormHelper):
    """What `{% crispy form %}` draws: the form's own checks only, a verb with its object, a way out."""

    def __init__(self, *, button: str | Promise, cancel: str = "", button_css: str = "btn-primary") -> None:
        super().__init__()
        self.attrs = {"novalidate": True}
        self.button = button
        self.button_css = button_css
        self.cancel = cancel


class Composed:
    """What was typed comes to NFC before anything reads it; macOS and some keyboards send NFD."""

    button: str | Promise = _("Save changes")
    cancel = ""
    danger = False  # it takes something away

    def __init__(self, data: Any = None, *args, **kwargs) -> None:
        super().__init__(composed(data), *args, **kwargs)
        for field in self.fields.values():
            field.error_messages |= {code: words for code, words in LIMITS.items() if code not in field.error_messages}

    def full_clean(self) -> None:
        super().full_clean()  # type: ignore[misc] -- of Django's form, which stands beside
        if self.is_bound and self._errors:
            self.ask_for_files_again()

    def ask_for_files_again(self) -> None:
        """A page that comes back has no files in it; said here, nobody sends it without them unawares."""
        for name, field in self.fields.items():
            if isinstance(field, forms.FileField) and name not in self._errors:
                sent = field.widget.value_from_datadict(self.data, self.files, self.add_prefix(name))
                if names := ", ".join(str(file) for file in (sent if isinstance(sent, list) else [sent]) if file):
                    self.add_error(name, ValidationError(AGAIN, code="again", params={"names": names}))

    @property
    def helper(self) -> Helper:
        look = "btn-danger" if self.danger else "btn-primary"
        return Helper(button=self.button, cancel=self.cancel, button_css=look)


class Form(Composed, forms.Form):
    pass


class ModelForm(Composed, forms.ModelForm):
    pass


class ReasonForm(Form):
    reason = text_field(_("Reason"), max_length=500, help_text=_("Whoever it concerns reads these very words."))


def language_field() -> forms.ChoiceField:
    """Of a paper: one of the interface's languages, at first the reader's."""
    return forms.ChoiceField(
        label=_("Language of the paper"), choices=settings.LANGUAGES, widget=forms.RadioSelect, initial=get_language
    )


def composed(data: Any) -> Any:
    """A copy of submitted data with every text in NFC."""
    if isinstance(data, QueryDict):
        copy = data.copy()
        for name, values in data.lists():
            copy.setlist(name, [_nfc(value) for value in values])
        return copy
    return {name: _nfc(value) for name, value in data.items()} if isinstance(data, dict) else data


def _nfc(value: Any) -> Any:
    return unicodedata.normalize("NFC", value) if isinstance(value, str) else value
