"""Writing the memo: choose, fill in, add who travels along and who pays, send."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView

from mobility.people.actions.guests import enter_guest
from mobility.people.models import Department, User
from mobility.staff import permissions
from mobility.staff.actions import memos
from mobility.staff.forms.memos import ChooseForm, CompanionForm, FundingForm, MemoForm
from mobility.staff.models import Activity, Form, FundingLine
from mobility.web.acts import show_refusal
from partners.models import Direction

from .acts import Act


class ActivityChoose(FormView):
    template_name = "staff/choose.html"
    form_class = ChooseForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        only_travellers(request)

    def get_form(self, form_class: Any = None) -> ChooseForm:
        form = super().get_form(form_class)
        if department_of(self.request.user) is None:
            del form.fields["direction"]
        return form

    def form_valid(self, form: ChooseForm) -> HttpResponse:
        direction = form.cleaned_data.get("direction", Direction.OUTGOING)
        return redirect("activity-new", kind=form.cleaned_data["kind"], direction=direction)


class ActivityNew(FormView):
    template_name = "staff/memo.html"
    form_class = MemoForm

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        only_travellers(request)
        self.kind, self.direction = kwargs["kind"], kwargs["direction"]
        self.department = department_of(request.user)
        is_guest = self.direction == Direction.INCOMING
        if self.kind not in Form.values or self.direction not in Direction.values or (is_guest and not self.department):
            raise Http404

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = {"kind": self.kind, "direction": self.direction, "user": self.request.user}
        return super().get_form_kwargs() | asked

    def get_form(self, form_class: Any = None) -> MemoForm:
        form = super().get_form(form_class)
        form.cancel = reverse("staff-mine")
        return form

    def form_valid(self, form: MemoForm) -> HttpResponse:
        try:
            activity = self.write(form)
        except ValidationError as refusal:
            show_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The memo is saved. Look it through, then send it."))
        return redirect(activity)

    @transaction.atomic
    def write(self, form: MemoForm) -> Activity:
        """A guest is entered with the memo, or not at all."""
        by = self.request.user
        return memos.write(
            form=self.kind,
            direction=self.direction,
            person=enter_guest(**form.guest, by=by) if form.is_guest else by,
            department=self.department,
            values=form.values,
            detail=form.detail,
            by=by,
            at=timezone.now(),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        form = Form(self.kind)
        return super().get_context_data(title=form.label, is_guest=self.direction == Direction.INCOMING, **kwargs)


class ActivityEdit(Act):
    template_name = "staff/memo.html"
    form_class = MemoForm
    button, done = _("Save the memo"), _("The memo is changed.")
    allowed = staticmethod(permissions.can_write)

    @property
    def title(self) -> str:
        return self.activity.get_form_display()

    def get_form_kwargs(self) -> dict[str, Any]:
        activity = self.activity
        asked = {"kind": activity.form, "direction": activity.direction, "activity": activity}
        return super().get_form_kwargs() | asked | {"user": self.request.user}

    def entered(self, form: Any) -> dict[str, Any]:
        return {"values": form.values, "detail": form.detail}

    def act(self, **entered: Any) -> None:
        memos.revise(activity=self.activity, by=self.request.user, **entered)


class ActivitySend(Act):
    title, button = _("Send the memo"), _("Send the memo")
    sentence = _("It goes to the head of department, then to International Relations and to the rector.")
    allowed = staticmethod(permissions.can_write)

    def act(self) -> None:
        self.activity = memos.send(activity=self.activity, **self.by_at)

    @property
    def done(self) -> str:
        told = _now("The memo is sent. Where it stands now: %(state)s.")
        return told % {"state": self.where_it_stands}


class ActivityDiscard(Act):
    danger = True
    title, button = _("Throw the memo away"), _("Throw the memo away")
    done = _("The memo is thrown away.")
    sentence = _("Nobody else has seen it. It cannot be brought back.")
    allowed = staticmethod(permissions.can_discard)

    def act(self) -> None:
        memos.discard(activity=self.activity, by=self.request.user)

    def where_next(self) -> str:
        return reverse("staff-mine")


class CompanionAdd(Act):
    form_class = CompanionForm
    title, button = _("Who travels along"), _("Write the memo for the colleague")
    done = _("The colleague has a memo like yours, to be looked through and sent.")
    sentence = _("The colleague gets a copy of this memo for their own head. Each of you travels by an own decision.")

    @staticmethod
    def allowed(user: User, activity: Activity) -> bool:
        return permissions.can_write(user, activity) and not activity.is_guest and activity.department is not None

    def get_form_kwargs(self) -> dict[str, Any]:
        asked = {"department": self.activity.department, "user": self.activity.person}
        return super().get_form_kwargs() | asked

    def act(self, **entered: Any) -> None:
        memos.add_companion(activity=self.activity, **entered, **self.by_at)


class FundingAdd(Act):
    form_class = FundingForm
    title, button, done = _("Who pays"), _("Add the funding"), _("The funding is added.")
    sentence = _("One line for each source and currency.")
    allowed = staticmethod(permissions.can_enter_funding)

    def act(self, **entered: Any) -> None:
        memos.add_funding(activity=self.activity, by=self.request.user, **entered)


class FundingRemove(Act):
    danger = True
    title, button, done = _("Remove the funding"), _("Remove the funding"), _("The funding is removed.")
    allowed = staticmethod(permissions.can_enter_funding)
    line: FundingLine | None

    def find(self) -> None:
        super().find()
        self.line = self.activity.funding.filter(pk=self.kwargs["line"]).first()
        self.is_late = self.line is None

    @property
    def sentence(self) -> str:
        return str(self.line)

    def act(self) -> None:
        memos.remove_funding(line=self.line, by=self.request.user)


def only_travellers(request: HttpRequest) -> None:
    """Others are told that there is no such page."""
    if not permissions.can_travel(request.user):
        raise Http404


def department_of(user: User) -> Department | None:
    staff = getattr(user, "staff", None)
    return staff.department if staff else None
