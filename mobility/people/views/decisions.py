"""What an office decides of one student: each a form of its own with a reason."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from mobility.people import actions
from mobility.people.forms import CorrectionForm, EndForm, LeaveForm, SanctionForm, StatusForm, TransferForm
from mobility.people.models import Sanction, StudentLeave, StudentProfile
from mobility.people.permissions import can_edit_student

from .account import FORM
from .students import visible_student


@FORM
def status(request: HttpRequest, pk: int) -> HttpResponse:
    student = _editable(request, pk)
    initial = {"status": request.GET.get("status", "")}
    form = StatusForm(request.POST or None, student=student, initial=initial)

    def act() -> None:
        actions.decide_status(student=student, by=request.user, at=timezone.now(), **form.cleaned_data)

    return _answer(request, student, form, act=act, title=_("Change the status"), done=_("The status is set."))


@FORM
def transfer(request: HttpRequest, pk: int) -> HttpResponse:
    student = _editable(request, pk)
    instance = StudentProfile.objects.get(pk=student.pk)
    form = TransferForm(request.POST or None, instance=instance, initial={"faculty": request.GET.get("faculty")})

    def act() -> None:
        actions.transfer(student=student, by=request.user, **form.cleaned_data)

    done = _("The student is transferred. The other faculty's dean's office sees them from now on.")
    title = _("Transfer to another faculty")
    return _answer(request, student, form, act=act, title=title, done=done)


@FORM
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    student = _editable(request, pk)
    form = CorrectionForm(request.POST or None, student=student)

    def act() -> None:
        person, study = form.values_of(form.PERSON), form.values_of(form.STUDY)
        actions.correct(student=student, person=person, study=study, by=request.user)

    return _answer(request, student, form, act=act, title=_("Correct the data"), done=_("The changes are saved."))


@FORM
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    student = _editable(request, pk)
    form = LeaveForm(request.POST or None)

    def act() -> None:
        actions.give_leave(student=student, by=request.user, **form.cleaned_data)

    return _answer(request, student, form, act=act, title=_("Enter a leave"), done=_("The leave is entered."))


@FORM
def end_leave(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(StudentLeave, pk=pk)
    student = _editable(request, found.person_id)
    form = EndForm(request.POST or None, today=timezone.localdate())

    def act() -> None:
        actions.end_leave(leave=found, by=request.user, **form.cleaned_data)

    return _answer(request, student, form, act=act, title=_("End the leave"), done=_("The leave ends on that day."))


@FORM
def sanction(request: HttpRequest, pk: int) -> HttpResponse:
    student = _editable(request, pk)
    form = SanctionForm(request.POST or None)

    def act() -> None:
        actions.impose_sanction(student=student, by=request.user, **form.cleaned_data)

    return _answer(request, student, form, act=act, title=_("Enter a sanction"), done=_("The sanction is entered."))


@FORM
def end_sanction(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Sanction, pk=pk)
    student = _editable(request, found.person_id)
    form = EndForm(request.POST or None, today=timezone.localdate())

    def act() -> None:
        actions.end_sanction(sanction=found, by=request.user, **form.cleaned_data)

    done = _("The sanction ends on that day.")
    return _answer(request, student, form, act=act, title=_("End the sanction"), done=done)


def _editable(request: HttpRequest, pk: int) -> StudentProfile:
    student = visible_student(request, pk)
    if not can_edit_student(request.user, student):
        raise Http404
    return student


def _answer(
    request: HttpRequest, student: StudentProfile, form: BaseForm, *, act: Callable[[], Any], title: str, done: str
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            act()
        except ValidationError as refusal:
            form.add_error(None, ValidationError(refusal.messages, code=getattr(refusal, "code", None)))
        else:
            messages.success(request, done)
            gone = not StudentProfile.objects.visible_to(request.user).filter(pk=student.pk).exists()
            return redirect("student-list") if gone else redirect(student)
    context = {"student": student, "form": form, "title": title}
    return render(request, "people/student_form.html", context)
