from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mobility.web.forms import Form
from partners import actions
from partners.forms import ArchiveForm, RenameForm
from partners.models import Institution
from partners.permissions import can_archive, can_rename, can_restore

FORM = require_http_methods(["GET", "HEAD", "POST"])


@FORM
def archive(request: HttpRequest, code: str) -> HttpResponse:
    institution = changeable(request, code, can_archive)
    form = ArchiveForm(request.POST or None)

    def act() -> None:
        actions.archive(institution=institution, by=request.user, at=timezone.now(), **form.cleaned_data)

    return answer(
        request,
        institution,
        form,
        act,
        done=_("The partner is in the archive."),
        title=_("Move to the archive"),
        sentence=_(
            "It leaves the public pages and all choices. What was agreed with it stays, and you can take it out again."
        ),
        button=_("Move to the archive"),
    )


@FORM
def restore(request: HttpRequest, code: str) -> HttpResponse:
    institution = changeable(request, code, can_restore)
    form = Form(request.POST if request.method == "POST" else None)

    def act() -> None:
        actions.restore(institution=institution, by=request.user)

    return answer(
        request,
        institution,
        form,
        act,
        done=_("The partner is out of the archive."),
        title=_("Take out of the archive"),
        sentence=_("It appears on the public pages and in choices again."),
        button=_("Take out of the archive"),
    )


@FORM
def rename(request: HttpRequest, code: str) -> HttpResponse:
    institution = changeable(request, code, can_rename)
    form = RenameForm(request.POST or None, names=institution.names.all())

    def act() -> None:
        actions.rename(
            institution=institution, full=form.full, short=form.short, since=form.cleaned_data["since"], by=request.user
        )

    return answer(
        request,
        institution,
        form,
        act,
        done=_("The new name holds, the old one is kept as former."),
        title=_("Enter a new name"),
        sentence=_(
            "What it was called until then becomes a former name, by which it is still found. Leave empty what stays."
        ),
        button=_("Save the new name"),
    )


def changeable(request: HttpRequest, code: str, allowed: Callable) -> Institution:
    institution = get_object_or_404(Institution.objects.visible_to(request.user), code=code)
    if not allowed(request.user, institution):
        raise Http404
    return institution


def answer(
    request: HttpRequest,
    institution: Institution,
    form: Form,
    act: Callable[[], None],
    *,
    done: str,
    title: str,
    sentence: str,
    button: str,
) -> HttpResponse:
    """Carry out and go back to the partner, or show the page with what was wrong."""
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, done)
            return redirect("admin:partners_institution_change", institution.pk)
    context = {
        "title": title,
        "line": institution.name,
        "sentence": sentence,
        "form": form,
        "button": button,
        "cancel": institution.get_absolute_url(),
    }
    return render(request, "confirm.html", context)
