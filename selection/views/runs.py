"""International Relations: run the selection, look at what came out, publish it with a second person."""

import json
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from mobility.calls.models import Call
from mobility.people.doors import require_recent_sign_in
from selection import overview
from selection.actions import publication as actions
from selection.actions.runs import faculties_not_locked
from selection.actions.runs import run as run_selection
from selection.models import Publication, Run
from selection.permissions import can_read_runs, can_run
from selection.running import market_of_frozen
from selection.verification import faults_of


@require_safe
def index(request: HttpRequest, call: str) -> HttpResponse:
    return show_index(request, visible_call(request, call))


def show_index(request: HttpRequest, call: Call, refusal: ValidationError | None = None) -> HttpResponse:
    context = {
        "call": call,
        "runs": call.runs.select_related("made_by", "publication").defer("frozen", "result"),
        "waiting": faculties_not_locked(call),
        "faculties": overview.faculties(call),
        "is_early": call.deadline > timezone.now(),
        "may_run": can_run(request.user) and not call.is_settled,
        "refusal": refusal,
    }
    return render(request, "selection/run_list.html", context)


@require_POST
def make(request: HttpRequest, call: str) -> HttpResponse:
    found = visible_call(request, call)
    if not can_run(request.user):
        raise Http404
    try:
        run = run_selection(call=found, by=request.user, at=timezone.now())
    except ValidationError as refusal:
        return show_index(request, found, refusal)
    messages.success(request, _("Run %(number)s is made. Look at it before it is prepared.") % {"number": run.number})
    return redirect(run)


@require_safe
def detail(request: HttpRequest, call: str, number: int) -> HttpResponse:
    run = visible_run(request, call, number)
    publication = publication_of(run)
    context = {
        "run": run,
        "summary": overview.summary(run),
        "publication": publication,
        "is_newest": not run.call.runs.filter(number__gt=run.number).exists(),
        "may_run": can_run(request.user) and not run.call.is_settled,
        "is_preparer": publication is not None and publication.prepared_by_id == request.user.pk,
    }
    return render(request, "selection/run_detail.html", context)


@require_safe
def market(request: HttpRequest, call: str, number: int) -> HttpResponse:
    """What `./run allocate` reads: applicants by code."""
    run = visible_run(request, call, number)
    return download(market_of_frozen(json.loads(run.frozen)), f"{run.call.code}-run-{number}-market.json")


@require_safe
def frozen(request: HttpRequest, call: str, number: int) -> HttpResponse:
    """The lottery's seed is in it, and marks: for those who may read runs, once the results are out."""
    run = visible_run(request, call, number)
    if not run.call.published_at:
        raise Http404
    return download(run.frozen.encode(), f"{run.call.code}-run-{number}-input.json")


def download(content: bytes, name: str) -> HttpResponse:
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(content, content_type="application/json", headers=headers)


@require_POST
def verify(request: HttpRequest, call: str, number: int) -> HttpResponse:
    """Computed again, byte for byte; nothing is changed by asking."""
    run = visible_run(request, call, number)
    found = faults_of(run)
    for fault in found:
        messages.error(request, _("Run %(number)s: %(fault)s.") % {"number": number, "fault": fault})
    if not found:
        messages.success(request, _("Computed again from its frozen input, run %(number)s is the same byte for byte, "
                                    "and the verifier finds no fault.") % {"number": number})  # fmt: skip
    return redirect(run)


@require_http_methods(["GET", "HEAD", "POST"])
def prepare(request: HttpRequest, call: str, number: int) -> HttpResponse:
    run = run_to_publish(request, call, number)
    if publication_of(run):
        return redirect(run)
    words = _("Prepared. A second person of International Relations publishes it.")
    return carry_out(request, run, "prepare", words, partial(actions.prepare, run=run, **by_at(request)))


@require_http_methods(["GET", "HEAD", "POST"])
def publish(request: HttpRequest, call: str, number: int) -> HttpResponse:
    run = run_to_publish(request, call, number)
    publication = publication_of(run)
    if publication is None:
        return redirect(run)
    require_recent_sign_in(request)
    words = _("The results are published, and a letter to each applicant is on its way.")
    act = partial(actions.publish, publication=publication, **by_at(request))
    return carry_out(request, run, "publish", words, act, publication=publication)


@require_POST
def take_back(request: HttpRequest, call: str, number: int) -> HttpResponse:
    run = run_to_publish(request, call, number)
    publication = publication_of(run)
    if publication is not None:
        try:
            actions.take_back(publication=publication, by=request.user)
        except ValidationError as refusal:
            messages.error(request, refusal.message)
        else:
            messages.success(request, _("Taken back: the run is no longer on its way to anyone."))
    return redirect(run)


def carry_out(request: HttpRequest, run: Run, name: str, done: str, act: Any, **context: Any) -> HttpResponse:
    """Counts, examples and what is not entered yet first; on the press it is done, or the refusal says why not."""
    refusal = None
    if request.method == "POST":
        try:
            act()
        except ValidationError as refused:
            refusal = refused
        else:
            messages.success(request, done)
            return redirect(run)
    counts = {"summary": overview.summary(run), "examples": overview.examples(run)}
    context |= {
        "run": run,
        "name": name,
        "refusal": refusal,
        "undecided": overview.without_protocol(run.call),
        **counts,
    }
    return render(request, "selection/publication.html", context)


@require_safe
def places(request: HttpRequest, call: str) -> HttpResponse:
    found = visible_call(request, call)
    answers = overview.answers(found) if found.published_at else None
    return render(request, "selection/place_list.html", {"call": found, "answers": answers})


def by_at(request: HttpRequest) -> dict[str, Any]:
    return {"by": request.user, "at": timezone.now()}


def visible_call(request: HttpRequest, code: str) -> Call:
    if not can_read_runs(request.user):
        raise Http404
    return get_object_or_404(Call.objects.visible_to(request.user), code=code)


def visible_run(request: HttpRequest, code: str, number: int) -> Run:
    call = visible_call(request, code)
    run = get_object_or_404(call.runs.select_related("made_by", "rules"), number=number)
    run.call = call
    return run


def run_to_publish(request: HttpRequest, code: str, number: int) -> Run:
    run = visible_run(request, code, number)
    if not can_run(request.user) or run.call.is_settled:
        raise Http404
    return run


def publication_of(run: Run) -> Publication | None:
    return Publication.objects.select_related("prepared_by", "published_by", "run__call").filter(run=run).first()
