from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.people import actions
from mobility.people.doors import require_recent_sign_in
from mobility.people.forms import DeputyForm, EndForm, RoleForm
from mobility.people.models import Deputy, Role
from mobility.people.permissions import can_appoint_deputy, can_manage_roles

from .account import FORM
from .people import visible_person


@FORM
def grant(request: HttpRequest, pk: int) -> HttpResponse:
    person = visible_person(request, pk)
    if not can_manage_roles(request.user):
        raise Http404
    require_recent_sign_in(request)
    form = RoleForm(request.POST or None, person=person)

    def act() -> None:
        actions.grant_role(person=person, by=request.user, at=timezone.now(), **form.cleaned_data)

    return _answer(request, form, act=act, then=person, done=_("The role is given."), page="people/role_grant.html")


@FORM
def end(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role.objects.select_related("person", "faculty", "department"), pk=pk)
    if not can_manage_roles(request.user):
        raise Http404
    require_recent_sign_in(request)
    form = EndForm(request.POST or None, today=timezone.localdate())

    def act() -> None:
        actions.end_role(role=role, by=request.user, **form.cleaned_data)

    done = _("The role ends on that day.")
    return _answer(request, form, act=act, then=role.person, done=done, page="people/role_end.html", role=role)


@FORM
def appoint_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    role = get_object_or_404(Role.objects.select_related("person", "faculty", "department"), pk=pk)
    if not can_appoint_deputy(request.user, role):
        raise Http404
    require_recent_sign_in(request)
    form = DeputyForm(request.POST or None)

    def act() -> None:
        actions.appoint_deputy(role=role, by=request.user, at=timezone.now(), **form.cleaned_data)

    then = "account" if role.person_id == request.user.pk else role.person
    done = _("The deputy is appointed.")
    return _answer(request, form, act=act, then=then, done=done, page="people/deputy_appoint.html", role=role)


@FORM
def dismiss_deputy(request: HttpRequest, pk: int) -> HttpResponse:
    deputy = get_object_or_404(Deputy.objects.with_role(), pk=pk)
    if not can_appoint_deputy(request.user, deputy.role):
        raise Http404
    form = EndForm(request.POST or None, today=timezone.localdate())
    del form.fields["reason"]

    def act() -> None:
        actions.dismiss_deputy(deputy=deputy, by=request.user, **form.cleaned_data)

    then = "account" if deputy.role.person_id == request.user.pk else deputy.role.person
    done = _("The deputy acts no longer than that day.")
    return _answer(request, form, act=act, then=then, done=done, page="people/deputy_dismiss.html", deputy=deputy)


def _answer(
    request: HttpRequest, form: BaseForm, *, act: Callable[[], None], then, done: str, page: str, **context
) -> HttpResponse:
    """Do it if the form is right, and say so where it is seen; otherwise show the form with what is wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            messages.success(request, done)
            return redirect(then)
    return render(request, page, {"form": form, "person": getattr(then, "pk", None) and then, **context})
