"""The base of every page of one application, and of those that change it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.views.generic import FormView, TemplateView

from mobility.students.models import Application
from mobility.students.permissions import can_write
from mobility.web.forms import Form

RELATED = ("call", "student", "faculty")


class OfApplication:
    """Finds the application that the address names; what one may not see does not exist."""

    request: HttpRequest
    kwargs: dict[str, Any]
    application: Application

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc] -- of Django's view, which stands beside
        self.at = timezone.now()
        visible = Application.objects.visible_to(request.user).select_related(*RELATED)
        self.application = get_object_or_404(visible, number=kwargs["number"])
        if not self.allowed(request.user, self.application):
            raise Http404

    @staticmethod
    def allowed(user: Any, application: Application) -> bool:
        return can_write(user, application)

    @property
    def is_open(self) -> bool:
        """Changes are taken: the same question that the actions ask when a change arrives."""
        call = self.application.call
        return call.opens_at <= self.at < call.deadline and not self.application.is_withdrawn

    @property
    def by_at(self) -> dict[str, Any]:
        return {"by": self.request.user, "at": self.at}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        application, is_own = self.application, self.application.student_id == self.request.user.pk
        told = {"application": application, "call": application.call, "is_own": is_own, "is_open": self.is_open}
        return super().get_context_data(**told, **kwargs)  # type: ignore[misc] -- as above


class Reading(OfApplication, TemplateView):
    """A page that changes nothing."""


class Task(OfApplication):
    """A page of the draft: when the call is closed, there is nothing to do here, and the application says why."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not self.is_open:
            return redirect(self.application)
        return super().get(request, *args, **kwargs)  # type: ignore[misc] -- as above


class Act(OfApplication, FormView):
    """A form, what it does, and where next. A refusal stands at its field, or on top where it speaks of none."""

    template_name = "applications/act.html"
    form_class: type[BaseForm] = Form
    title: str | Promise
    sentence: str | Promise = ""
    button: str | Promise = ""
    done: str | Promise = ""
    danger = False

    def act(self, form: Any) -> Any:
        raise NotImplementedError

    def get_success_url(self) -> str:
        return self.application.get_absolute_url()

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.button, form.cancel = self.button or form.button, self.get_success_url()
        return form

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            self.act(form)
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, self.done)
        return redirect(self.get_success_url())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(title=self.title, sentence=self.sentence, **kwargs)


def show_refusal(form: BaseForm, refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for field, errors in refusal.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
