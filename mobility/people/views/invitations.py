"""First ways in: the link from a letter, the printed slip, and the pages that send and print them."""

import re

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from mobility.people import actions
from mobility.people.doors import require_recent_sign_in
from mobility.people.forms import InvitationForm, SlipForm
from mobility.people.models import Invitation, User
from mobility.people.models.invitations import digest
from mobility.people.permissions import can_open_doors

from .account import FORM

SLIPS_AT_ONCE = 500
DIGITS = re.compile("[0-9]{1,18}")


@login_not_required
@never_cache
@sensitive_post_parameters()
@FORM
def accept(request: HttpRequest, token: str) -> HttpResponse:
    invitation = Invitation.objects.open_at(timezone.now()).filter(digest=digest(token)).first()
    if invitation is None:
        return render(request, "people/invitation_closed.html", status=410)
    form = InvitationForm(request.POST or None, invitation=invitation)
    if request.method == "POST" and form.is_valid():
        return _set_password(request, form, invitation)
    return render(request, "people/invitation_accept.html", {"form": form, "invitation": invitation})


@login_not_required
@never_cache
@sensitive_post_parameters()
@FORM
def slip(request: HttpRequest) -> HttpResponse:
    form = SlipForm(request.POST or None, request=request)
    if request.method == "POST" and form.is_valid():
        return _set_password(request, form, form.invitation)
    return render(request, "people/slip.html", {"form": form})


def _set_password(request: HttpRequest, form, invitation: Invitation) -> HttpResponse:
    try:
        actions.accept(invitation=invitation, password=form.cleaned_data["password"], at=timezone.now())
    except ValidationError as refusal:
        messages.error(request, refusal.messages[0])
    else:
        messages.success(request, _("Your password is set. Sign in with it."))
    return redirect("account_login")


@FORM
def invite(request: HttpRequest, pk: int) -> HttpResponse:
    person = get_object_or_404(_invitable(request), pk=pk)
    if request.method == "POST":
        try:
            actions.invite(person=person, by=request.user, at=timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            sent = _("An invitation is on its way to %(email)s. Its link opens for 7 days.")
            messages.success(request, sent % {"email": person.email})
        return redirect(person)
    return render(request, "people/invite.html", {"person": person})


@never_cache
@FORM
def slips(request: HttpRequest) -> HttpResponse:
    """Whom: `person`, as often as there are people. The codes are on the printed page and nowhere else."""
    asked = (request.POST if request.method == "POST" else request.GET).getlist("person")
    people = _invitable(request).filter(pk__in=[pk for pk in asked if DIGITS.fullmatch(pk)])[:SLIPS_AT_ONCE]
    if not people:
        raise Http404
    require_recent_sign_in(request)
    if request.method != "POST":
        return render(request, "people/slips_confirm.html", {"people": people})
    printed, refused = [], []
    for person in people:
        try:
            invitation, code = actions.print_slip(person=person, by=request.user, at=timezone.now())
            printed.append({"person": person, "code": code, "invitation": invitation})
        except ValidationError as refusal:
            refused.extend(refusal.messages)
    return render(request, "people/slips.html", {"slips": printed, "refused": refused, "address": settings.SITE_URL})


def _invitable(request: HttpRequest):
    if not can_open_doors(request.user):
        raise Http404
    return User.objects.invitable_by(request.user, on=timezone.localdate())
