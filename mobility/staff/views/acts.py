"""The base of every page that changes an activity: a form, what it does, and the activity again."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.views.generic import FormView

from mobility.staff.models import Activity
from mobility.web.forms import Form


class Act(FormView):
    """A view names its words, `allowed(user, activity)` and `act(**what was entered)`.

    A refusal stands at its field, or on top where it speaks of none.
    """

    template_name = "staff/act.html"
    form_class: type[BaseForm] = Form
    title: str | Promise
    sentence: str | Promise = ""
    button: str | Promise
    danger = False
    done: str | Promise
    activity: Activity

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.find()
        self.is_late = not self.allowed(request.user, self.subject)
        if self.is_late and not (self.activity.steps.exists() and self.would_be_allowed_in_another_state()):
            raise Http404

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Of two that press at once, or one who presses twice, the second reads where it stands."""
        if self.is_late:
            return tell_late(request, self.subject.get_state_display(), then=self.activity)
        return super().dispatch(request, *args, **kwargs)

    def would_be_allowed_in_another_state(self) -> bool:
        return allowed_in_another_state(self.subject, lambda: self.allowed(self.request.user, self.subject))

    def find(self) -> None:
        visible = Activity.objects.visible_to(self.request.user).select_related("person", "department", "partner")
        self.activity = get_object_or_404(visible, pk=self.kwargs["pk"])

    @property
    def subject(self) -> Any:
        """What `allowed` is asked about."""
        return self.activity

    @staticmethod
    def allowed(user: Any, activity: Activity) -> bool:
        raise NotImplementedError

    def act(self, **entered: Any) -> Any:
        raise NotImplementedError

    @property
    def by_at(self) -> dict[str, Any]:
        return {"by": self.request.user, "at": timezone.now()}

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.button, form.cancel = self.button, self.activity.get_absolute_url()
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
        return self.activity

    def entered(self, form: Any) -> dict[str, Any]:
        return form.cleaned_data

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "sentence": self.sentence, "activity": self.activity}
        return super().get_context_data(**words, **kwargs)


def allowed_in_another_state(subject: Any, allowed: Callable[[], bool]) -> bool:
    """It is this person's to do, only not now."""
    now = subject.state
    try:
        for state in dict(subject._meta.get_field("state").choices):
            subject.state = state
            if allowed():
                return True
    finally:
        subject.state = now
    return False


def tell_late(request: HttpRequest, state: str, *, then: Any) -> HttpResponse:
    told = _("This was done already, or moved on meanwhile. Where it stands now: %(state)s.")
    messages.warning(request, told % {"state": state})
    return redirect(then)


def show_refusal(form: BaseForm, refusal: ValidationError) -> None:
    if not hasattr(refusal, "error_dict"):
        form.add_error(None, refusal)
        return
    for field, errors in refusal.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
