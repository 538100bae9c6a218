"""The base of every page that changes a call."""

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from mobility.calls.models import Call
from mobility.web import acts


class Act(acts.Act):
    """`back` is the URL name of the call's page where one came from."""

    template_name = "calls/act.html"
    of = "call"
    back = "call-desk"
    call: Call

    def find(self) -> None:
        if not self.request.user.is_authenticated:
            raise Http404
        self.call = get_object_or_404(Call.objects.visible_to(self.request.user), code=self.kwargs["code"])

    def home(self) -> str:
        return reverse(self.back, args=[self.call.code])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**{"back": self.home()} | kwargs)
