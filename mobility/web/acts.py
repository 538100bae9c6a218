"""The base of a page that does one thing: a form, what it does to its subject, and the subject again."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.functional import Promise
from django.views.generic import FormView

from mobility.web.forms import Form
from mobility.web.refusals import MOVED_ON


class OfSubject:
    """Finds what the address names: what one may not see, or may not treat so, does not exist.

    `of` is the name by which the room's views and templates call the subject.
    """

    request: HttpRequest
    kwargs: dict[str, Any]
    of: str

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)  # type: ignore[misc] -- of Django's view, which stands beside
        self.find()
        if not self.allowed(request.user, self.subject):
            self.forbid()

    def find(self) -> None:
        """Sets the attribute that `of` names, or raises Http404."""
        raise NotImplementedError

    @property
    def subject(self) -> Any:
        """What `allowed` is asked about."""
        return getattr(self, self.of)

    @staticmethod
    def allowed(user: Any, subject: Any) -> bool:
        raise NotImplementedError

    def forbid(self) -> None:
        raise Http404

    @property
    def by(self) -> dict[str, Any]:
        return {"by": self.request.user}

    @property
    def by_at(self) -> dict[str, Any]:
        return {"by": self.request.user, "at": timezone.now()}


class Act(OfSubject, FormView):
    """A view names its words, `allowed(user, subject)` and `act(**what was entered)`; its room's base has `find`.

    A refusal stands at its field, or on top where it speaks of none.
    """

    form_class: type[BaseForm] = Form
    title: str | Promise
    sentence: str | Promise = ""
    button: str | Promise = ""
    danger = False
    done: str | Promise = ""

    def act(self, **entered: Any) -> Any:
        raise NotImplementedError

    def home(self) -> str:
        """Where one came from: the way out of the form, and what is shown when it is done."""
        return getattr(self, self.of).get_absolute_url()

    def where_next(self) -> str:
        return self.home()

    def get_form(self, form_class: Any = None) -> BaseForm:
        form = super().get_form(form_class)
        form.button, form.cancel, form.danger = self.button or form.button, self.home(), self.danger
        return form

    def form_valid(self, form: BaseForm) -> HttpResponse:
        try:
            self.perform(form)
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        if self.done:
            messages.success(self.request, self.done)
        return redirect(self.where_next())

    def perform(self, form: Any) -> None:
        self.act(**self.entered(form))

    def entered(self, form: Any) -> dict[str, Any]:
        return form.cleaned_data

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        words = {"title": self.title, "sentence": self.sentence, self.of: getattr(self, self.of)}
        return super().get_context_data(**words | kwargs)


class Step(Act):
    """Of two that press at once, or one who presses twice, the second reads where it stands."""

    is_late = False

    @property
    def moving(self) -> tuple[Any, ...]:
        """What moves through states, the nearest first."""
        return (self.subject,)

    @property
    def where_it_stands(self) -> str:
        """Its state, in words that this reader knows."""
        return str(self.moving[0].get_state_display())

    def forbid(self) -> None:
        if not self.could_be_late():
            super().forbid()
        self.is_late = True

    def could_be_late(self) -> bool:
        """It is this person's to do, only not now."""
        return any(self._is_theirs_in_another_state(moving) for moving in self.moving)

    def _is_theirs_in_another_state(self, moving: Any) -> bool:
        now = moving.state
        try:
            for state in dict(moving._meta.get_field("state").choices):
                moving.state = state
                if self.allowed(self.request.user, self.subject):
                    return True
        finally:
            moving.state = now
        return False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not self.is_late:
            return super().dispatch(request, *args, **kwargs)
        messages.warning(request, MOVED_ON % {"state": self.where_it_stands})
        return redirect(self.home())


def show_refusal(form: Form, refusal: ValidationError) -> None:
    if hasattr(refusal, "error_dict"):
        for field, errors in refusal.error_dict.items():
            form.add_error(field if field in form.fields else None, errors)
    else:
        form.add_error(None, refusal)
    form.ask_for_files_again()
