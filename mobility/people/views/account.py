"""My account: what one sees and changes of oneself."""

from allauth.core import ratelimit
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mobility.people import actions
from mobility.people.doors import require_recent_sign_in
from mobility.people.forms import AboutMeForm, EmailChangeForm
from mobility.people.models import OFFICES, Deputy
from mobility.people.permissions import needs_second_factor

FORM = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def account(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    kinds = list(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "own_roles": [role for role in request.user.roles if role.person_id == request.user.pk],
        "deputyships": request.user.deputyships.lasting_on(today).with_role(),
        "deputies": Deputy.objects.of_principal(request.user).lasting_on(today).with_role(),
        "offices": OFFICES,
        "has_app": Authenticator.Type.TOTP in kinds,
        "passkeys": kinds.count(Authenticator.Type.WEBAUTHN),
        "needs_second_factor": needs_second_factor(request.user),
        "sessions": UserSession.objects.filter(user=request.user).count(),
        "single_sign_on": apps.is_installed("allauth.socialaccount"),
    }
    return render(request, "people/account.html", context)


@FORM
def about_me(request: HttpRequest) -> HttpResponse:
    form = AboutMeForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("account")
    return render(request, "people/about_me.html", {"form": form})


@FORM
def email_change(request: HttpRequest) -> HttpResponse:
    require_recent_sign_in(request)
    form = EmailChangeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        if too_many := ratelimit.consume_or_429(request, action="change_email"):
            return too_many
        try:
            actions.request_email_change(person=request.user, email=form.cleaned_data["email"])
        except ValidationError as refusal:
            form.add_error("email", refusal)
        else:
            sent = _("A letter is on its way to %(email)s. Open its link within 24 hours to change your e-mail.")
            messages.success(request, sent % {"email": form.cleaned_data["email"]})
            return redirect("account")
    return render(request, "people/email_change.html", {"form": form})


@FORM
def email_confirm(request: HttpRequest, token: str) -> HttpResponse:
    """A press confirms it, because programs that check mail open links too."""
    if request.method == "POST":
        try:
            person = actions.change_email(person=request.user, token=token, at=timezone.now())
        except ValidationError as refusal:
            messages.error(request, refusal.messages[0])
        else:
            messages.success(request, _("Your e-mail is %(email)s now. Sign in with it.") % {"email": person.email})
        return redirect("account")
    return render(request, "people/email_confirm.html")
