"""The base of every page of one application, and of those that change it."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.generic import TemplateView

from mobility.students.models import Application
from mobility.students.permissions import can_write
from mobility.web import acts

RELATED = ("call", "student", "faculty")


class OfApplication(acts.OfSubject):
    of = "application"
    application: Application

    def find(self) -> None:
        self.at = timezone.now()
        self.application = get_object_or_404(self.applications(), number=self.kwargs["number"])

    def applications(self) -> QuerySet:
        """What an act stands on it reads itself, once it holds the application."""
        related = ("faculty",) if self.request.method == "POST" else RELATED
        return Application.objects.visible_to(self.request.user).select_related(*related)

    @staticmethod
    def allowed(user: Any, application: Application) -> bool:
        return can_write(user, application)

    @property
    def is_open(self) -> bool:
        """Changes are taken: the same question that the actions ask when a change arrives."""
        call = self.application.call
        return call.accepts_at(self.at) and not self.application.is_withdrawn

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


class Act(OfApplication, acts.Act):
    """A form of one application: `perform(form)`."""

    template_name = "applications/act.html"
