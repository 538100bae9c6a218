"""Parts of the rules that are small tables: what takes points away, levels of languages, a destination's weights."""

from typing import Any

from django.http import Http404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from mobility.calls import editing, permissions
from mobility.calls.actions import destinations as actions
from mobility.calls.forms.points import DocumentsForm, LevelsForm, ModifiersForm, WeightsForm

from .destinations import OfOne
from .rules import RulesAct


class RulesModifiers(RulesAct):
    form_class = ModifiersForm
    title, button = _("What takes points away"), _("Save the rules")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | ModifiersForm.initial_of(self.content)

    def changed(self, form: Any) -> dict[str, Any]:
        return editing.with_modifiers(self.content, form.modifiers)


class RulesLevels(RulesAct):
    form_class = LevelsForm
    title, button = _("Points for the language"), _("Save the points")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | LevelsForm.initial_of(self.content)

    def changed(self, form: Any) -> dict[str, Any]:
        return editing.with_levels(self.content, form.levels)


class RulesDocuments(RulesAct):
    form_class = DocumentsForm
    title, button = _("Papers that applicants hand in"), _("Save the documents")

    @property
    def sentence(self) -> str:
        told = _now(
            "Students see the list beside their tasks and attach a file to each, or bring it to the dean’s office."
        )
        return f"{told} {super().sentence}".strip()

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | DocumentsForm.initial_of(self.content)

    def changed(self, form: Any) -> dict[str, Any]:
        return editing.with_documents(self.content, form.documents)


class DestinationWeights(OfOne):
    """A destination that weighs otherwise has a standing of its own."""

    form_class = WeightsForm
    title, button, done = _("Weights of its own"), _("Save the weights"), _("The weights are saved.")
    sentence = _(
        "100 percent counts a criterion as the rules say. Any other number gives this destination a ranking of its "
        "own, which is annexed to each faculty’s protocol."
    )
    allowed = staticmethod(permissions.can_change_draft)

    def find(self) -> None:
        super().find()
        version = self.call.rules_versions.first()
        if version is None:
            raise Http404
        self.content = version.content

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"content": self.content}

    def get_initial(self) -> dict[str, Any]:
        return WeightsForm.initial_of(self.destination.weights, self.content)

    def entered(self, form: Any) -> dict[str, Any]:
        return {"terms": {"weights": form.weights}}

    def act(self, **entered: Any) -> None:
        actions.change(destination=self.destination, **entered, **self.by)
