"""Papers that the call asks of everybody: each may be attached as a file, and is read beside the application."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mobility.calls.rubric import documents_by_code
from mobility.files.serving import serve
from mobility.students import actions
from mobility.students.forms import PaperForm
from mobility.students.models import AttachedPaper
from mobility.students.openings import version_in_force
from mobility.students.permissions import can_see

from .acts import Act, Reading, Task


class PaperAttach(Task, Act):
    form_class = PaperForm
    done = _("The file is attached.")

    def find(self) -> None:
        super().find()
        asked = documents_by_code(version_in_force(self.application.call).content)
        if self.kwargs["code"] not in asked:
            raise Http404
        self.title = asked[self.kwargs["code"]]

    def perform(self, form: Any) -> None:
        actions.attach_paper(
            application=self.application, code=self.kwargs["code"], upload=form.cleaned_data["file"], **self.by_at
        )


class PaperRemove(Task, Act):
    title, button, done = _("Remove the file"), _("Remove the file"), _("The file is removed.")
    danger = True
    paper: AttachedPaper

    def find(self) -> None:
        super().find()
        rows = self.application.papers.select_related("file", "application")
        self.paper = get_object_or_404(rows, code=self.kwargs["code"])

    @property
    def sentence(self) -> str:  # type: ignore[override] -- it names the file
        return _now("“%(file)s” leaves your application.") % {"file": self.paper.file.name}

    def perform(self, _form: Any) -> None:
        actions.remove_paper(paper=self.paper, **self.by_at)


class PaperFile(Reading):
    """For whoever sees the application."""

    allowed = staticmethod(can_see)

    def get(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponseBase:
        mine = self.application.papers.select_related("file")
        return serve(request, get_object_or_404(mine, code=kwargs["code"]).file)
