"""Where a student begins: the calls that take applications, and what each offers to this student."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from mobility.calls.models import Call
from mobility.calls.offer import last_cutoffs
from mobility.calls.rubric import engine_rules
from mobility.people.models import StudentProfile, User
from mobility.students import actions
from mobility.students.forms import EnterForm
from mobility.students.models import Application
from mobility.students.openings import openings, version_in_force
from mobility.students.permissions import can_apply, can_enter
from mobility.students.record import record_of
from mobility.students.views.shown import shown_openings


@require_safe
def mine(request: HttpRequest) -> HttpResponse:
    """The student's applications, and the calls open now in which there is none."""
    if not can_apply(request.user):
        raise Http404
    at = timezone.now()
    current = Call.objects.current_at(at)
    applications = Application.objects.of_student(request.user).select_related("call").order_by("-started_at")
    begun = [application.call_id for application in applications]
    context = {
        "applications": applications,
        "calls": Call.objects.accepting_at(at).exclude(pk__in=begun),
        "coming": [call for call in current if call.opens_at > at],
    }
    return render(request, "applications/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, code: str) -> HttpResponse:
    """What the call offers, money first; a press begins the application."""
    if not can_apply(request.user):
        raise Http404
    call = get_object_or_404(Call.objects.visible_to(request.user).exclude(opened_at=None), code=code)
    student = get_object_or_404(StudentProfile.objects.select_related("faculty"), person=request.user)
    at = timezone.now()
    existing = Application.objects.filter(call=call, student=request.user).first()
    if existing is not None:
        return redirect(existing)
    context: dict[str, Any] = {"call": call, "student": student, "is_open": call.accepts_at(at)}
    if request.method == "POST":
        try:
            return redirect(actions.start(call=call, student=request.user, by=request.user, at=at))
        except ValidationError as refusal:
            context["refusal"] = refusal.messages[0]
    roster = actions.roster_of(request.user, call=call, at=at)
    record = record_of(Application(call=call, student=request.user, **roster), [])
    rules = engine_rules(call, version_in_force(call))
    context["openings"] = shown_openings(openings(call, record, rules), last_cutoffs(call, student.faculty))
    return render(request, "applications/new.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest) -> HttpResponse:
    """The dean's office begins an application for a student of its faculty, from paper."""
    if not can_enter(request.user):
        raise Http404
    at = timezone.now()
    calls = Call.objects.accepting_at(at)
    students = User.objects.visible_to(request.user).exclude(student=None).filter(student__status="studying")
    asked = calls.filter(code=request.GET.get("call", "")).first()
    initial = {"call": asked or calls.first(), "student": request.GET.get("student", "")}
    form = EnterForm(request.POST or None, calls=calls, students=students, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            application = actions.enter(by=request.user, at=at, **form.cleaned_data)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The application is begun. Enter what the paper says, then submit it."))
            return redirect(application)
    return render(request, "applications/enter.html", {"form": form, "has_calls": calls.exists()})
