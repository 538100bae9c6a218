"""The base of every page of one faculty in one call: `self.call`, `self.faculty`, or no such page."""

from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView
from django.views.generic.base import ContextMixin, View

from mobility.calls.models import Call
from mobility.people.models import Faculty
from mobility.students.models import Application
from mobility.web.forms import Form
from selection.permissions import can_read_standing, can_verify


class OfFaculty(ContextMixin, View):
    call: Call
    faculty: Faculty
    only_office = True

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.faculty = self.named_faculty(kwargs["faculty"])
        may = can_verify if self.only_office or request.method == "POST" else can_read_standing
        if not may(request.user, self.faculty):
            raise Http404
        self.call = self.named_call(kwargs["call"])
        self.find()

    def named_faculty(self, code: str) -> Faculty:
        """Of an office its own, which its roles brought along."""
        held = [role.faculty for role in self.request.user.roles if role.faculty and role.faculty.code == code]
        return held[0] if held else get_object_or_404(Faculty, code=code)

    def named_call(self, code: str) -> Call:
        return get_object_or_404(self.calls(), code=code)

    def calls(self) -> QuerySet:
        return Call.objects.visible_to(self.request.user).filter(opened_at__isnull=False)

    def find(self) -> None:
        """What else the address names."""

    @property
    def by_at(self) -> dict[str, Any]:
        return {"by": self.request.user, "at": timezone.now()}

    @property
    def of_faculty(self) -> dict[str, Any]:
        return {"call": self.call, "faculty": self.faculty}

    def url(self, name: str, *more: Any) -> str:
        return reverse(name, args=[self.call.code, self.faculty.code, *more])

    def applications(self) -> QuerySet:
        return Application.objects.filter(call=self.call, faculty=self.faculty).exclude(state="draft")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_decide = can_verify(self.request.user, self.faculty)
        of = {"call": self.call, "faculty": self.faculty, "may_decide": may_decide}
        return super().get_context_data(**(kwargs | of))


class Act(OfFaculty, FormView):
    """A page that asks once more, then does one thing and goes on. A refusal stands on it in words."""

    template_name = "selection/act.html"
    form_class: type[BaseForm] = Form
    title: Any
    sentence: Any = ""
    button: Any
    danger = False

    def act(self, **entered: Any) -> Any:
        raise NotImplementedError

    def following(self) -> str:
        raise NotImplementedError

    @property
    def cancel(self) -> str:
        return self.following()

    def names(self) -> list[str]:
        return []

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.button, form.cancel, form.danger = self.button, self.cancel, self.danger
        return form

    def form_valid(self, form: BaseForm) -> HttpResponseBase:
        try:
            self.act(**form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
            return self.form_invalid(form)
        return self.done()

    def done(self) -> HttpResponse:
        return redirect(self.following())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "sentence": self.sentence, "back": self.cancel, "names": self.names()}
        return super().get_context_data(**words, **kwargs)
