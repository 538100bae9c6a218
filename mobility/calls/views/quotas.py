"""The quota grid: looked at by those who work with places, set by International Relations."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mobility.calls import grid, papers, quota_sheet
from mobility.calls.actions import quotas
from mobility.calls.forms.quotas import GridForm, SheetForm
from mobility.calls.models import Call
from mobility.calls.permissions import can_change_offer, can_read_quotas
from mobility.calls.proposal import propose
from mobility.files.documents import as_pdf
from mobility.files.serving import attached
from mobility.web.spreadsheets import answer, xlsx_bytes


@require_http_methods(["GET", "HEAD", "POST"])
def call_quotas(request: HttpRequest, code: str) -> HttpResponse:
    call = readable(request, code)
    if request.method == "POST":
        if not can_change_offer(request.user, call):
            raise Http404
        return save(request, call)
    if request.GET.get("propose") and can_change_offer(request.user, call):
        typed, notes = propose(call, grid.of(call))
        return show(request, call, grid.of(call, typed=typed, notes=notes))
    return show(request, call, grid.of(call))


def save(request: HttpRequest, call: Call) -> HttpResponse:
    """All or nothing; what was typed comes back beside the refusal."""
    form = GridForm(request.POST, squares=[square for row in grid.of(call).rows for square in row.squares])
    if form.is_valid():
        try:
            changes = quotas.set_quotas(
                call=call,
                cells=form.cells,
                seen=form.seen,
                reason=form.cleaned_data["reason"],
                by=request.user,
                at=timezone.now(),
            )
        except ValidationError as refusal:
            form.add_error(None, refusal.messages)
        else:
            done = ngettext("%(count)s cell is changed.", "%(count)s cells are changed.", len(changes))
            messages.success(request, done % {"count": len(changes)})
            return redirect("call-quotas", call.code)
    return show(request, call, grid.of(call, typed=form.typed), form=form)


def show(request: HttpRequest, call: Call, found: grid.Grid, form: GridForm | None = None) -> HttpResponse:
    context = {
        "call": call,
        "grid": found,
        "form": form or GridForm(squares=[]),
        "approval": call.quota_approvals.select_related("by", "scan").first(),
        "is_as_approved": is_as_approved(call),
        "may_edit": can_change_offer(request.user, call),
        "keys": [("↑ ↓ ← →", _("move")), ("Esc", _("undo the cell"))],
    }
    return render(request, "calls/quotas.html", context)


def is_as_approved(call: Call) -> bool:
    latest = call.quota_approvals.first()
    return latest is not None and latest.sha256 == quotas.checksum(quotas.signed_content(call))


@require_safe
def quotas_export(request: HttpRequest, code: str) -> HttpResponse:
    call = readable(request, code)
    found = grid.of(call)
    content = xlsx_bytes(header=quota_sheet.header(found), rows=quota_sheet.rows(found), title=_("Quotas"))
    return answer(content, name=f"quotas-{call.code}.xlsx")


@require_http_methods(["GET", "HEAD", "POST"])
def quotas_import(request: HttpRequest, code: str) -> HttpResponse:
    """The file's numbers stand in the grid as if they were typed: nothing is saved before somebody does."""
    call = readable(request, code)
    if not can_change_offer(request.user, call):
        raise Http404
    form = SheetForm(request.POST or None, files=request.FILES or None)
    form.cancel = reverse("call-quotas", args=[call.code])
    if request.method == "POST" and form.is_valid():
        try:
            typed = quota_sheet.typed(form.cleaned_data["file"], grid.of(call))
        except ValidationError as refusal:
            form.add_error("file", refusal)
        else:
            found = grid.of(call, typed=typed)
            note = _("From the file. Nothing is saved yet.")
            return show(request, call, grid.Grid(found.rows, found.columns, [note]))
    return render(request, "calls/quotas_import.html", {"call": call, "form": form})


@require_safe
def quotas_paper(request: HttpRequest, code: str) -> HttpResponse:
    """To be signed: what is saved now, with its checksum on each page."""
    call = readable(request, code)
    paper = papers.of_quotas(call, grid.of(call), sha256=quotas.checksum(quotas.signed_content(call)))
    content = as_pdf(paper.as_content(), number="", dated=None, at=timezone.now())
    return attached(HttpResponse(content), name=f"quotas-{call.code}.pdf", content_type="application/pdf")


def readable(request: HttpRequest, code: str) -> Call:
    if not can_read_quotas(request.user):
        raise Http404
    calls: Any = Call.objects.visible_to(request.user).select_related("previous")
    return get_object_or_404(calls, code=code)
