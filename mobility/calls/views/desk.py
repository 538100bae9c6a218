"""International Relations' own page of a call: what is missing, what can be done; and the acts on the call itself."""

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_safe

from mobility.calls import above, permissions, phases, readiness, said
from mobility.calls.actions import calls as actions
from mobility.calls.actions.copying import copy
from mobility.calls.forms.calls import (
    CallForm,
    CopyForm,
    ExtendForm,
    LaterDatesForm,
    NewCallForm,
    TextsForm,
)
from mobility.calls.models import Call
from mobility.web.forms import ReasonForm

from .acts import Act

PARTS = (
    ("dates", _("Dates and order of seats")),
    ("texts", _("Texts in three languages")),
    ("rules", _("Rules and points")),
    ("destinations", _("Destinations")),
    ("quotas", _("Quotas of the faculties")),
)


@require_safe
def call_desk(request: HttpRequest, code: str) -> HttpResponse:
    if not permissions.can_edit_calls(request.user):
        raise Http404
    call = get_object_or_404(Call.objects.visible_to(request.user).with_places().select_related("owner"), code=code)
    at = timezone.now()
    wanting = readiness.wanting(call, at=at)
    context = {
        "call": call,
        "state": phases.shown(call, at, office=True),
        "left": said.time_left(call, at),
        "steps": said.steps(call, at),
        "tasks": checklist(call, wanting),
        "is_ready": not [item for item in wanting if item.blocks],
        "extensions": call.extensions.select_related("by"),
        "ways": above.ways(call, request.user, at=at),
        "may": {
            "open": permissions.can_change_draft(request.user, call),
            "remove": permissions.can_change_draft(request.user, call),
            "change_opened": permissions.can_change_opened(request.user, call),
        },
    }
    return render(request, "calls/desk.html", context)


def checklist(call: Call, wanting: list[readiness.Missing]) -> list[dict[str, Any]]:
    """One task a part of the call: complete, or with everything that it lacks in its hint."""
    tasks = []
    for part, name in PARTS:
        items = [item for item in wanting if item.part == part and (item.blocks or call.is_draft)]
        lacking = not call.is_settled and any(item.blocks for item in items)
        tasks.append(
            {
                "name": name,
                "url": reverse(readiness.PAGES[part], args=[call.code]),
                "hint": " ".join(item.text for item in items),
                "state": "todo" if lacking else "completed",
            }
        )
    return tasks


class CallNew(Act):
    form_class = NewCallForm
    title, button, done = (
        _("New call"),
        _("Save the draft"),
        _("The draft is saved. The list says what it still lacks."),
    )
    sentence = _("Nobody sees it before it is opened. A call like last year’s starts as a copy of it.")

    def find(self) -> None:
        self.call = None

    @staticmethod
    def allowed(user: Any, _call: Call | None) -> bool:
        return permissions.can_edit_calls(user)

    def home(self) -> str:
        return super().home() if self.call else reverse("call-list")

    def entered(self, form: Any) -> dict[str, Any]:
        facts = dict(form.cleaned_data)
        return {"template": facts.pop("template"), "facts": facts}

    def act(self, **entered: Any) -> None:
        self.call = actions.draft(**entered, **self.by_at)


class CallEdit(Act):
    title, button, done = _("Dates and order of seats"), _("Save the dates"), _("The dates are saved.")
    allowed = staticmethod(permissions.can_change)

    def get_form_class(self) -> Any:
        return CallForm if self.call.is_draft else LaterDatesForm

    @property
    def sentence(self) -> str:
        if self.call.is_draft:
            return _now("All moments are in the university’s own time zone.")
        return _now(
            "The call is open: dates after the deadline still move. The deadline itself is extended for everyone."
        )

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Call.objects.get(pk=self.call.pk)}

    def entered(self, form: Any) -> dict[str, Any]:
        return {"facts": form.cleaned_data}

    def act(self, **entered: Any) -> None:
        self.call = actions.revise(call=self.call, **entered, **self.by)


class CallTexts(CallEdit):
    title, button, done = _("Texts"), _("Save the texts"), _("The texts are saved.")
    sentence = _("Applicants read them in their language. Who pays what stands first on a destination’s page.")

    def get_form_class(self) -> Any:
        return TextsForm


class CallOpen(Act):
    title, button, done = _("Open the call"), _("Open the call"), _("The call is open.")
    allowed = staticmethod(permissions.can_change_draft)

    @property
    def sentence(self) -> str:
        told = _now(
            "Everybody sees the call from now on, and students apply from %(from)s until %(until)s. Its rules, code "
            "and order of seats stay as they are; a change of the rules becomes a new version with a reason."
        )
        return told % {
            "from": said.moment(self.call.opens_at),
            "until": said.moment(self.call.deadline),
        }

    def act(self) -> None:
        actions.open_call(call=self.call, seed=secrets.token_hex(32), **self.by_at)


class CallExtend(Act):
    form_class = ExtendForm
    title, button, done = (
        _("Extend for everyone"),
        _("Extend for everyone"),
        _("The deadline is extended for everyone."),
    )
    sentence = _("One new deadline for all. Applicants and deans’ offices get one letter with the reason.")
    allowed = staticmethod(permissions.can_change_opened)

    def get_initial(self) -> dict[str, Any]:
        return {"seen": self.call.deadline.isoformat(), "until": self.call.deadline}

    def act(self, **entered: Any) -> None:
        actions.extend(call=self.call, **entered, **self.by_at)


class CallOff(Act):
    form_class = ReasonForm
    danger = True
    title, button, done = _("Call the call off"), _("Call the call off"), _("The call is called off. Everyone is told.")
    sentence = _(
        "Nobody applies, checks, ranks or decides any more. Applicants and deans’ offices get one letter with the "
        "reason. It cannot be opened again; a copy of it can."
    )
    allowed = staticmethod(permissions.can_change)  # who comes second reads from the action why not

    def act(self, reason: str) -> None:
        actions.call_off(call=self.call, reason=reason, **self.by_at)


class CallCopy(Act):
    form_class = CopyForm
    title, button, done = (
        _("Copy for next year"),
        _("Copy the call"),
        _("The call is copied. Look at each part of the draft."),
    )
    sentence = _(
        "Dates move by a year onto working days; destinations come along whose agreement holds for the whole stay, "
        "with their quotas."
    )
    allowed = staticmethod(permissions.can_change)

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        return redirect("call-desk", self.copied.code) if hasattr(self, "copied") else answer

    def act(self, new_code: str) -> None:
        result = copy(call=self.call, code=new_code, **self.by_at)
        self.copied = result.call
        if result.left_out:
            count = len(result.left_out)
            told = ngettext("%(count)s destination is left out:", "%(count)s destinations are left out:", count)
            names = ", ".join(map(str, result.left_out))
            why = _now("no agreement covers the whole stay, or the partner gives no seats.")
            messages.warning(self.request, f"{told % {'count': count}} {names} – {why}")


class CallRemove(Act):
    danger = True
    title, button, done = _("Remove the draft"), _("Remove the draft"), _("The draft is removed.")
    sentence = _("Its destinations, quotas and rules go with it.")
    allowed = staticmethod(permissions.can_change_draft)

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        return redirect("call-list") if not form.errors else answer

    def act(self) -> None:
        actions.remove(call=self.call, **self.by)
