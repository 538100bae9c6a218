from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.calls import above, editing, permissions, rubric
from mobility.calls.actions import rules as actions
from mobility.calls.forms.rules import (
    CriterionForm,
    EligibilityForm,
    EntryForm,
    NewEntryForm,
    OrderForm,
    RulesForm,
    TemplateForm,
)
from mobility.calls.models import Call, RulesVersion
from mobility.calls.soundness import faults_of
from mobility.people.models import Scale
from selection.engine.scoring import ACADEMIC, LANGUAGE
from selection.engine.weights import effective_weights

from .acts import Act


@require_safe
def call_rules(request: HttpRequest, code: str) -> HttpResponse:
    if not permissions.can_edit_calls(request.user):
        raise Http404
    call = get_object_or_404(Call.objects.visible_to(request.user).select_related("previous"), code=code)
    version = call.rules_versions.first()
    context = {
        "call": call,
        "version": version,
        "rules": rubric.told(version.content) if version else None,
        "content": version.content if version else None,
        "faults": faults_of(version.content) if version else [],
        "weights": weights_of(call),
        "scales": rubric.told_scales(scales_of(call, version), names=dict(Scale.objects.values_list("code", "name"))),
        "may_change_scales": request.user.has_perm("people.change_scale"),
        "may_take_scales": permissions.can_change_opened(request.user, call),
        "may_edit": permissions.can_change_offer(request.user, call),
    }
    return render(request, "calls/rules_edit.html", context)


def scales_of(call: Call, version: RulesVersion | None) -> dict[str, dict[str, int]]:
    """Of a draft the university's own tables as they are today, then the copy that was frozen."""
    return Scale.objects.copied() if call.is_draft or version is None else version.content["scales"]


def weights_of(call: Call) -> dict[str, int]:
    """Percent of the ranking's variance that each criterion explains, on this call's points or on last year's."""
    points = above.points(call) or (above.points(call.previous) if call.previous else [])
    return {code: round(share * 100) for code, share in effective_weights(points).items()} if points else {}


class RulesAct(Act):
    """One part of the rules. A draft's are written over; an opened call gets a new version with a reason."""

    back = "call-rules"
    done = _("The rules are saved.")
    allowed = staticmethod(permissions.can_change_offer)
    content: dict[str, Any]

    def find(self) -> None:
        super().find()
        self.version = self.call.rules_versions.first()
        if self.version is None:
            raise Http404
        self.content = self.version.content

    @property
    def sentence(self) -> str:
        if self.call.is_draft:
            return ""
        return _now("The call is open: this makes a new version of its rules, and everyone concerned gets a letter.")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"is_draft": self.call.is_draft}

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.version.number if self.version else 0}

    def entered(self, form: Any) -> dict[str, Any]:
        return {"form": form}

    def changed(self, form: Any) -> dict[str, Any]:
        raise NotImplementedError

    def act(self, form: Any) -> None:
        writing = {"call": self.call, "content": self.changed(form), "seen": form.cleaned_data["seen"]}
        if self.call.is_draft:
            actions.write(**writing, **self.by_at)
        else:
            actions.write_anew(reason=form.cleaned_data["reason"], **writing, **self.by_at)


class RulesEligibility(RulesAct):
    form_class = EligibilityForm
    title, button = _("Who may apply, and marks"), _("Save the rules")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | EligibilityForm.initial_of(self.content)

    def changed(self, form: Any) -> dict[str, Any]:
        return editing.with_eligibility(self.content, form.facts, form.academic)


class RulesCriterion(RulesAct):
    form_class = CriterionForm
    title, button = _("Criterion"), _("Save the criterion")

    def find(self) -> None:
        super().find()
        self.row = row_of(self.content["criteria"], self.kwargs["part"])

    def get_form_kwargs(self) -> dict[str, Any]:
        has_catalogue = self.row["code"] not in {ACADEMIC, LANGUAGE}
        return super().get_form_kwargs() | {"has_catalogue": has_catalogue}

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | CriterionForm.initial_of(self.row)

    def changed(self, form: Any) -> dict[str, Any]:
        return editing.with_criterion(self.content, self.row["code"], form.facts)


class RulesEntry(RulesAct):
    form_class = EntryForm
    title, button = _("Achievement"), _("Save the achievement")

    def find(self) -> None:
        super().find()
        self.row = row_of(self.content["catalogue"], self.kwargs["part"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"content": self.content}

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | EntryForm.initial_of(self.row)

    def changed(self, form: Any) -> dict[str, Any]:
        return editing.with_entry(self.content, self.row["code"], form.facts)


class RulesEntryAdd(RulesAct):
    form_class = NewEntryForm
    title, button = _("Add an achievement"), _("Add the achievement")

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"content": self.content}

    def changed(self, form: Any) -> dict[str, Any]:
        return editing.with_entry(self.content, form.cleaned_data["code"], form.facts)


class RulesEntryRemove(RulesAct):
    form_class = RulesForm
    danger = True
    title, button = _("Remove the achievement"), _("Remove the achievement")

    def find(self) -> None:
        super().find()
        self.row = row_of(self.content["catalogue"], self.kwargs["part"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(line=rubric.said(self.row.get("title", {})), **kwargs)

    def changed(self, _form: Any) -> dict[str, Any]:
        return editing.without_entry(self.content, self.row["code"])


class RulesOrder(RulesAct):
    form_class = OrderForm
    title, button = _("When points are equal"), _("Save the order")

    def get_initial(self) -> dict[str, Any]:
        return super().get_initial() | OrderForm.initial_of(self.content)

    def changed(self, form: Any) -> dict[str, Any]:
        return editing.with_order(self.content, form.order)


class RulesScales(RulesAct):
    """Of an opened call: a draft's are copied when it opens."""

    form_class = RulesForm
    title, button = _("Tables of other scales"), _("Take the tables of today")
    allowed = staticmethod(permissions.can_change_opened)

    @property
    def sentence(self) -> str:
        told = _now(
            "The university’s tables of today take the place of the call’s copy. An application that is submitted "
            "keeps its mean mark until it is submitted again."
        )
        return f"{super().sentence} {told}"

    def changed(self, _form: Any) -> dict[str, Any]:
        return self.content | {"scales": Scale.objects.copied()}


class RulesTemplate(RulesAct):
    form_class = TemplateForm
    title, button = _("Start from a template"), _("Take the template’s rules")
    sentence = _("The template’s rules take the place of those that stand here.")
    allowed = staticmethod(permissions.can_change_draft)

    def find(self) -> None:
        Act.find(self)
        self.version = self.call.rules_versions.first()

    def changed(self, form: Any) -> dict[str, Any]:
        return form.cleaned_data["template"].content


def row_of(rows: list[dict[str, Any]], code: str) -> dict[str, Any]:
    found = next((row for row in rows if row["code"] == code), None)
    if found is None:
        raise Http404
    return found
