from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mobility.web.forms import Form
from mobility.web.inputs import day_field
from partners.models import Name, NameKind

LANGUAGES: dict[str, tuple[str | Promise, str | Promise]] = {
    "en": (_("Name in English"), _("Short name in English")),
    "ru": (_("Name in Russian"), _("Short name in Russian")),
    "be": (_("Name in Belarusian"), _("Short name in Belarusian")),
}


class ArchiveForm(Form):
    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("It stays in the history."),
    )


class RenameForm(Form):
    """Its own language first, then those of the interface; `full` and `short` are what was filled in."""

    since = day_field(label=_("First day of the new name"))

    def __init__(self, data: Any = None, *, names: Iterable[Name]) -> None:
        super().__init__(data)
        current = {(name.kind, name.language): name for name in names}
        own = next((name for name in current.values() if name.is_primary), None)
        if own and own.language not in LANGUAGES:
            self._add(NameKind.FULL, own.language, _("Name in its own language"), own)
        for language, (full, short) in LANGUAGES.items():
            self._add(NameKind.FULL, language, full, current.get((NameKind.FULL, language)))
            self._add(NameKind.SHORT, language, short, current.get((NameKind.SHORT, language)))

    def _add(self, kind: NameKind, language: str, label: str | Promise, now: Name | None) -> None:
        self.fields[f"{kind}_{language}"] = forms.CharField(
            label=label,
            max_length=300,
            required=False,
            help_text=_("Now: %(name)s") % {"name": now.text} if now else "",
        )

    @property
    def full(self) -> dict[str, str]:
        return self._filled(NameKind.FULL)

    @property
    def short(self) -> dict[str, str]:
        return self._filled(NameKind.SHORT)

    def _filled(self, kind: NameKind) -> dict[str, str]:
        prefix = f"{kind}_"
        return {
            field.removeprefix(prefix): text
            for field, text in self.cleaned_data.items()
            if field.startswith(prefix) and text
        }
