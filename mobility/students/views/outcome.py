"""What came out, and why; and what the student answers."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mobility.students import outcomes
from mobility.students.actions import answers
from mobility.students.models import Application, Offer
from mobility.students.permissions import can_answer

CALENDAR = "text/calendar; charset=utf-8"


@require_safe
def latest(request: HttpRequest) -> HttpResponse:
    """The way in from the letter: one's own newest application."""
    own = Application.objects.of_student(request.user).order_by("-started_at").first()
    if own is None:
        raise Http404
    return redirect("outcome", own.number)


@require_safe
def detail(request: HttpRequest, number: str) -> HttpResponse:
    application = visible(request, number)
    outcome = outcomes.of(application)
    if outcome is None:
        return render(request, "applications/outcome_early.html", {"application": application})
    context = {
        "application": application,
        "outcome": outcome,
        "is_own": application.student_id == request.user.pk,
        "may_answer": can_answer(request.user, outcome.offer, at=timezone.now()),
    }
    return render(request, "applications/outcome.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    return answer(request, number, answers.confirm, "confirm", _("Your place is confirmed."))


@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, number: str) -> HttpResponse:
    return answer(request, number, answers.decline, "decline", _("You have declined the place."))


def answer(request: HttpRequest, number: str, act: Any, name: str, done: str) -> HttpResponse:
    """What follows, and the second press. Who has answered already, or too late, is told so."""
    application = visible(request, number)
    offer = outcomes.offer_of(application)
    if offer is None or application.student_id != request.user.pk:
        raise Http404
    refusal = None
    if request.method == "POST":
        try:
            act(offer=offer, by=request.user, at=timezone.now())
        except ValidationError as refused:
            refusal = refused
        else:
            messages.success(request, done)
            return redirect("outcome", number)
    elif offer.state != Offer.State.OPEN:
        return redirect("outcome", number)
    context = {"application": application, "offer": offer, "name": name, "refusal": refusal}
    return render(request, "applications/answer.html", context)


@require_safe
def as_paper(request: HttpRequest, number: str) -> HttpResponse:
    application = visible(request, number)
    outcome = outcomes.of(application)
    if outcome is None:
        raise Http404
    made = outcomes.paper_of(outcome, at=outcome.card.published_at)
    return attachment(made, "application/pdf", f"{application.number}.pdf")


@require_safe
def as_calendar(request: HttpRequest, number: str) -> HttpResponse:
    application = visible(request, number)
    offer = outcomes.offer_of(application)
    if offer is None:
        raise Http404
    return attachment(outcomes.calendar_of(offer), CALENDAR, f"{application.number}.ics")


def attachment(content: bytes, content_type: str, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type=content_type, headers=headers)


def visible(request: HttpRequest, number: str) -> Application:
    applications = Application.objects.visible_to(request.user).select_related("call", "student", "faculty")
    return get_object_or_404(applications, number=number)
