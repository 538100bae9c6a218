"""An event becomes a call, its winners come back as the team, and a result becomes a claim of an application."""

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from mobility.calls.models import RulesTemplate
from mobility.calls.rubric import titles_of
from mobility.events import coverage, permissions
from mobility.events.actions import achievements, competition
from mobility.events.forms.acts import CallForm, ClaimForm
from mobility.events.models import Result
from mobility.students.models import Application, Offer
from mobility.students.openings import version_in_force
from mobility.students.permissions import can_write
from mobility.web.acts import show_refusal

from .acts import Act

BEFORE_THE_EVENT = timedelta(days=10)


class EventToCall(Act):
    """Without an agreement's condition there is no form yet, but what is missing and where to enter it."""

    form_class = CallForm
    template_name = "events/to_call.html"
    title, button = _("Turn into a call"), _("Make the call")
    sentence = _(
        "Title, days, places and costs go into the draft of a call. You divide its places among the faculties and "
        "open it at its desk; the winners then come back here as the team."
    )
    done = _("The call is drafted. Look it through, then open it.")
    allowed = staticmethod(permissions.can_turn_into_call)

    def get_initial(self) -> dict[str, Any]:
        event = self.event
        latest = max(event.starts - BEFORE_THE_EVENT, timezone.localdate())
        code = f"E{event.starts:%y}-{event.pk}"
        return {"code": code, "deadline": latest, "template": RulesTemplate.objects.last()}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(missing=coverage.missing(self.event), **kwargs)

    def act(self, **entered: Any) -> None:
        self.call = competition.turn_into_call(event=self.event, **entered, **self.by_at)

    def where_next(self) -> str:
        return reverse("call-desk", args=[self.call.code])


class EventTakeBack(Act):
    title, button = _("Take back from the competition"), _("Take the event back")
    sentence = _("The draft of the call is removed. Students who put themselves forward are with their offices again.")
    done = _("The event is taken back. Name the team, or leave it to the dean's offices.")
    allowed = staticmethod(permissions.can_take_back)

    def act(self) -> None:
        competition.take_back(event=self.event, **self.by_at)


class EventWinners(Act):
    title, button = _("Take the winners as the team"), _("Take the winners as the team")
    done = _("The winners are the team. Approve it next.")
    allowed = staticmethod(permissions.can_take_winners)

    @property
    def sentence(self) -> str:
        told = gettext("Everybody who confirmed a place of the call. Then the team is approved as any other.")
        if silent := Offer.objects.filter(application__call=self.event.call, state=Offer.State.OPEN).count():
            more = ngettext(
                "%(count)s winner has not answered yet and is not among them.",
                "%(count)s winners have not answered yet and are not among them.",
                silent,
            )
            told += " " + more % {"count": silent}
        return told

    def act(self) -> None:
        competition.take_winners(event=self.event, **self.by_at)


class ResultToClaim(FormView):
    """From an application's achievements: what it counts as is all that is asked."""

    template_name = "events/claim.html"
    form_class = ClaimForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        seen = Application.objects.visible_to(request.user).select_related("call", "student")
        self.application = get_object_or_404(seen, number=kwargs["number"])
        verified = Result.objects.verified_of(self.application.student_id)
        if not can_write(request.user, self.application):
            raise Http404
        self.result = get_object_or_404(verified.select_related("member__event"), pk=kwargs["result"])

    def get_form_kwargs(self) -> dict[str, Any]:
        version = version_in_force(self.application.call)
        return super().get_form_kwargs() | {"kinds": titles_of(version.content["catalogue"]).items()}

    def get_form(self, form_class: Any = None) -> ClaimForm:
        form = super().get_form(form_class)
        form.cancel = self.back
        return form

    @property
    def back(self) -> str:
        return reverse("application-claims", args=[self.application.number])

    def form_valid(self, form: ClaimForm) -> HttpResponse:
        asked = {"result": self.result, "application": self.application, "kind": form.cleaned_data["kind"]}
        try:
            achievements.claim(**asked, by=self.request.user, at=timezone.now())
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        told = _("The achievement is added, with its paper.") if self.result.file else _("The achievement is added.")
        messages.success(self.request, told)
        return redirect(self.back)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(result=self.result, event=self.result.member.event, back=self.back, **kwargs)
