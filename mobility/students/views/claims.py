"""Achievements: the list, and one page for each with its documents."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mobility.files.serving import serve
from mobility.people.marks import on_paper
from mobility.students import above, actions
from mobility.students.dossier import Dossier
from mobility.students.forms import ClaimForm, LanguageForm, ReuseForm
from mobility.students.models import Claim, Evidence
from mobility.students.openings import version_in_force
from mobility.students.permissions import can_see
from mobility.web.templatetags.ui import points

from .acts import Act, Reading, Task
from .answers import parts_of, shown_claims


class Claims(Task, Reading):
    template_name = "applications/claims.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        dossier = Dossier(self.application, at=self.at)
        told = {
            "offered": above.offered(self.application),
            "claims": shown_claims(dossier),
            "parts": parts_of(dossier),
            "total": on_paper(dossier.score.total),
        }
        return super().get_context_data(**told, **kwargs)


class ClaimPage(Task, Act):
    """A form of one achievement: of the catalogue, or a level of a language."""

    template_name = "applications/claim.html"
    claim: Claim | None = None

    def home(self) -> str:
        return reverse("application-claims", args=[self.application.number])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"version": version_in_force(self.application.call)}

    def told(self, claim: Claim) -> None:
        words = _now("“%(title)s” is saved: %(points)s points, if the dean's office counts it.")
        messages.success(self.request, words % {"title": claim.title, "points": points(on_paper(claim.points_claimed))})


class ClaimAdd(ClaimPage):
    form_class = ClaimForm
    title = _("Add an achievement")

    def perform(self, form: Any) -> None:
        entered, uploads = form.entered, form.uploads
        self.told(actions.add_claim(application=self.application, entered=entered, uploads=uploads, **self.by_at))


class LanguageAdd(ClaimAdd):
    form_class = LanguageForm
    title = _("Add a language")


class OfClaim(ClaimPage):
    claim: Claim

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.claim = get_object_or_404(self.application.claims, pk=kwargs["claim"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(claim=self.claim, **kwargs)


class ClaimEdit(OfClaim):
    @property
    def title(self) -> Any:
        return _("Language") if self.claim.is_language else _("Achievement")

    def get_form_class(self) -> Any:
        return LanguageForm if self.claim.is_language else ClaimForm

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"taken": self.claim.evidence.count()}

    def get_initial(self) -> dict[str, Any]:
        said = {name: getattr(self.claim, name) for name in actions.claims.FIELDS}
        return said | {"seen": actions.claims.stamp(self.claim)}

    def perform(self, form: Any) -> None:
        entered = {"entered": form.entered, "uploads": form.uploads, "seen": form.cleaned_data["seen"]}
        self.told(actions.change_claim(claim=self.claim, **entered, **self.by_at))

    def form_invalid(self, form: Any) -> HttpResponse:
        """The page that comes back tells what stands there now; saved again, that has been seen."""
        form.data = form.data.copy()
        form.data["seen"] = actions.claims.stamp(self.claim)
        return super().form_invalid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        files = self.claim.evidence.select_related("file")
        earlier = Evidence.objects.of_earlier_years(self.application).exists()
        worth = points(on_paper(self.claim.points_claimed))
        return super().get_context_data(files=files, has_earlier=earlier, row_points=worth, **kwargs)


class ClaimRemove(OfClaim):
    template_name = "applications/act.html"
    form_class = Act.form_class
    title, button = _("Remove the achievement"), _("Remove the achievement")
    danger = True

    @property
    def sentence(self) -> str:
        return _now("“%(title)s” leaves your list, with its documents.") % {"title": self.claim.title}

    def get_form_kwargs(self) -> dict[str, Any]:
        return Act.get_form_kwargs(self)

    def perform(self, _form: Any) -> None:
        actions.remove_claim(claim=self.claim, **self.by_at)
        messages.success(self.request, _("The achievement is removed."))


class EvidenceReuse(OfClaim):
    """A file of an earlier year's application; without any there is nothing to choose, and the page says so."""

    template_name = "applications/reuse.html"
    form_class = ReuseForm
    title, done = _("A document of an earlier year"), _("The document is attached.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return Act.get_form_kwargs(self)

    def get_form(self, form_class: Any = None) -> Any:
        form = super().get_form(form_class)
        form.fields["evidence"].queryset = Evidence.objects.of_earlier_years(self.application)
        form.fields["evidence"].label_from_instance = _of_an_earlier_year
        form.fields["evidence"].empty_label = None
        return form

    def home(self) -> str:
        return reverse("application-claim", args=[self.application.number, self.claim.pk])

    def perform(self, form: Any) -> None:
        actions.reuse(claim=self.claim, **form.cleaned_data, **self.by_at)


def _of_an_earlier_year(evidence: Evidence) -> str:
    claim = evidence.claim
    return f"{evidence.file.name}: {claim.title} ({claim.application.call})"


class EvidenceRemove(OfClaim):
    template_name = "applications/act.html"
    form_class = Act.form_class
    title, button, done = _("Remove the document"), _("Remove the document"), _("The document is removed.")
    danger = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        found = self.claim.evidence.select_related("file", "claim")
        self.evidence = get_object_or_404(found, pk=kwargs["evidence"])

    @property
    def sentence(self) -> str:
        words = _now("“%(file)s” no longer proves “%(title)s”.")
        return words % {"file": self.evidence.file.name, "title": self.claim.title}

    def get_form_kwargs(self) -> dict[str, Any]:
        return Act.get_form_kwargs(self)

    def home(self) -> str:
        return reverse("application-claim", args=[self.application.number, self.claim.pk])

    def perform(self, _form: Any) -> None:
        actions.remove_evidence(evidence=self.evidence, **self.by_at)


class EvidenceFile(Reading):
    """For whoever sees the application."""

    allowed = staticmethod(can_see)

    def get(self, request: HttpRequest, *_args: Any, **kwargs: Any) -> HttpResponseBase:
        mine = Evidence.objects.filter(claim__application=self.application).select_related("file")
        return serve(request, get_object_or_404(mine, pk=kwargs["evidence"]).file)
