"""The base of every page that changes an event: a form, what it does, and the event again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.views.generic import FormView

from mobility.events.models import Event, TeamMember
from mobility.web.forms import Form


class Act(FormView):
    """A view names its words, `allowed(user, subject)` and `act(**what was entered)`.

    A refusal stands at its field, or on top where it speaks of none.
    """

    template_name = "events/act.html"
    form_class: type[BaseForm] = Form
    title: str | Promise
    sentence: str | Promise = ""
    button: str | Promise = ""
    done: str | Promise
    event: Event

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.find()
        if not self.allowed(request.user, self.subject):
            raise Http404

    def find(self) -> None:
        rows = Event.objects.visible_to(self.request.user).select_related("partner", "chaperone", "owner")
        self.event = get_object_or_404(rows, pk=self.kwargs["pk"])

    @property
    def subject(self) -> Any:
        """What `allowed` is asked about."""
        return self.event

    @staticmethod
    def allowed(user: Any, subject: Any) -> bool:
        raise NotImplementedError

    def act(self, **entered: Any) -> Any:
        raise NotImplementedError

    @property
    def by_at(self) -> dict[str, Any]:
        return {"by": self.request.user, "at": timezone.now()}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.cancel = self.event.get_absolute_url()
        if self.button:
            form.button = self.button
        return form

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            self.act(**self.entered(form))
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(self.where_next())

    def where_next(self) -> Any:
        return self.event

    def entered(self, form: Any) -> dict[str, Any]:
        return form.cleaned_data

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "sentence": self.sentence, "event": self.event}
        return super().get_context_data(**words, **kwargs)


class OfMember(Act):
    """An act on one student of the team."""

    member: TeamMember

    def find(self) -> None:
        super().find()
        found = TeamMember.objects.visible_to(self.request.user).select_related("person", "faculty")
        self.member = get_object_or_404(found.filter(event=self.event), pk=self.kwargs["member"])
        self.member.event = self.event

    @property
    def subject(self) -> TeamMember:
        return self.member

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(member=self.member, **kwargs)


def show_refusal(form: BaseForm, refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for field, errors in refusal.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
