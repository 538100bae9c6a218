"""The base of every page of one faculty in one call: `self.call`, `self.faculty`, or no such page."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic.base import ContextMixin, View

from mobility.calls.models import Call
from mobility.people.models import Faculty
from mobility.students.models import Application
from mobility.web import acts
from selection.permissions import can_read_standing, can_verify


class OfFaculty(acts.OfSubject, ContextMixin, View):
    of = "call"
    call: Call
    faculty: Faculty
    only_office = True

    def find(self) -> None:
        """Whoever looks for more begins with this."""
        self.faculty = self.named_faculty(self.kwargs["faculty"])
        self.call = self.named_call(self.kwargs["call"])

    @property
    def subject(self) -> Faculty:
        return self.faculty

    def allowed(self, user: Any, subject: Faculty) -> bool:
        may = can_verify if self.only_office or self.request.method == "POST" else can_read_standing
        return bool(may(user, subject))

    def named_faculty(self, code: str) -> Faculty:
        """Of an office its own, which its roles brought along."""
        held = [role.faculty for role in self.request.user.roles if role.faculty and role.faculty.code == code]
        return held[0] if held else get_object_or_404(Faculty, code=code)

    def named_call(self, code: str) -> Call:
        return get_object_or_404(self.calls(), code=code)

    def calls(self) -> QuerySet:
        return Call.objects.visible_to(self.request.user).filter(opened_at__isnull=False)

    @property
    def of_faculty(self) -> dict[str, Any]:
        return {"call": self.call, "faculty": self.faculty}

    def url(self, name: str, *more: Any) -> str:
        return reverse(name, args=[self.call.code, self.faculty.code, *more])

    def verify_at(self) -> str:
        """Where applicants are read, without their number: asked for once, not for each row."""
        return self.url("verify", "0").removesuffix("0/")

    def applications(self) -> QuerySet:
        return Application.objects.filter(call=self.call, faculty=self.faculty).exclude(state="draft")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        may_decide = can_verify(self.request.user, self.faculty)
        of = {"call": self.call, "faculty": self.faculty, "may_decide": may_decide}
        return super().get_context_data(**(kwargs | of))


class Act(OfFaculty, acts.Act):
    """A page that asks once more, then does one thing and goes on."""

    template_name = "selection/act.html"

    def names(self) -> list[str]:
        """Of whom, where that is not said otherwise."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"back": self.home(), "names": self.names()} | kwargs)
