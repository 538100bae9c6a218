"""The base of every page that changes a call: a form, what it does, and the page it came from again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.views.generic import FormView

from mobility.calls.models import Call
from mobility.web.forms import Form


class Act(FormView):
    """A view names its words, `allowed(user, call)` and `act(**what was entered)`.

    A refusal stands at its field, or on top where it speaks of none. `back` is the URL name of the call's page where
    one came from.
    """

    template_name = "calls/act.html"
    form_class: type[BaseForm] = Form
    title: str | Promise
    sentence: str | Promise = ""
    button: str | Promise
    done: str | Promise
    back = "call-desk"
    call: Call

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.find()
        if not self.allowed(request.user, self.call):
            raise Http404

    def find(self) -> None:
        if not self.request.user.is_authenticated:
            raise Http404
        self.call = get_object_or_404(Call.objects.visible_to(self.request.user), code=self.kwargs["code"])

    @staticmethod
    def allowed(user: Any, call: Call) -> bool:
        raise NotImplementedError

    def act(self, **entered: Any) -> Any:
        raise NotImplementedError

    @property
    def by(self) -> dict[str, Any]:
        return {"by": self.request.user}

    @property
    def by_at(self) -> dict[str, Any]:
        return {"by": self.request.user, "at": timezone.now()}

    def address(self) -> str:
        return reverse(self.back, args=[self.call.code])

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.button, form.cancel = self.button, self.address()
        return form

    def form_valid(self, form: BaseForm) -> HttpResponse:
        address = self.address()
        try:
            self.act(**self.entered(form))
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, self.done)
        return redirect(address)

    def entered(self, form: Any) -> dict[str, Any]:
        return form.cleaned_data

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "sentence": self.sentence, "call": self.call, "back": self.address()}
        return super().get_context_data(**words, **kwargs)


def show_refusal(form: BaseForm, refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for field, errors in refusal.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
