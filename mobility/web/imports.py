"""A spreadsheet comes in: it is checked and shown, and what was seen is then carried out."""

import hashlib
from abc import ABC, abstractmethod
from typing import Any

from django import forms
from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import FormView

from mobility.web.forms import Form
from mobility.web.spreadsheets import Preview

KEPT_FOR = 60 * 60
SHOWN = ":100"


class SheetForm(Form):
    button = gettext_lazy("Check the file")
    file = forms.FileField(
        label=gettext_lazy("Spreadsheet"),
        help_text=gettext_lazy(
            "XLSX or CSV, up to 5 MB and 10,000 rows. Nothing is imported before you have seen what changes."
        ),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.csv"}),
    )


class Import(ABC, FormView):
    """A view names its page and its words, whom it lets in, how a file is previewed, and what carries it out.

    The file waits in the cache for the second press. If the rows have changed meanwhile, they are shown again.
    """

    http_method_names = ("get", "head", "post")
    form_class = SheetForm
    name: str
    after: str
    moved: str | Promise

    @staticmethod
    @abstractmethod
    def allowed(user: Any) -> bool:
        """Anybody else meets no such page."""

    @abstractmethod
    def previewed(self, content: bytes) -> Preview:
        """Or ValidationError, where the file cannot be read."""

    @abstractmethod
    def carry_out(self, found: Preview) -> str:
        """Returns what to say of it."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        if not self.allowed(request.user):
            raise Http404

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return self.again() if "seen" in request.POST else super().post(request, *args, **kwargs)

    def form_valid(self, form: SheetForm) -> HttpResponse:
        content = form.cleaned_data["file"].read()
        try:
            found = self.previewed(content)
        except ValidationError as refusal:
            form.add_error("file", refusal)
            return self.form_invalid(form)
        cache.set(self.place, content, KEPT_FOR)
        return self.show(found)

    def again(self) -> HttpResponse:
        content = cache.get(self.place)
        if content is None:
            messages.warning(self.request, _("The file was checked too long ago. Choose it again."))
            return redirect(self.name)
        found = self.previewed(content)
        if not found.is_good or fingerprint(found) != self.request.POST["seen"]:
            messages.warning(self.request, self.moved)
            return self.show(found)
        done = self.carry_out(found)
        cache.delete(self.place)
        messages.success(self.request, done)
        return redirect(self.after)

    def show(self, found: Preview) -> HttpResponse:
        seen = {"preview": found, "shown": SHOWN, "seen": fingerprint(found)}
        return self.render_to_response(self.get_context_data(form=self.form_class(), **seen))

    @property
    def place(self) -> str:
        return f"{self.name}-{self.request.user.pk}"


def fingerprint(found: Preview) -> str:
    seen = [(row.key, row.state, sorted(map(repr, row.values.items())), row.changes) for row in found.changes]
    return hashlib.sha256(repr(seen).encode()).hexdigest()
