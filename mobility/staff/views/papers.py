"""Memo, report and order to print; the order's signed scan."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from mobility.files.actions import attach_scan
from mobility.files.models import IssuedDocument
from mobility.files.serving import language_asked, serve, serve_document
from mobility.staff import papers, permissions
from mobility.staff.forms.acts import ScanForm
from mobility.staff.models import Activity, Order, Report

from .acts import Act


@require_safe
def memo(request: HttpRequest, pk: int, suffix: str) -> HttpResponseBase:
    activity = visible(request, pk)
    return serve_document(papers.draft(papers.memo(activity), kind="staff-memo", activity=activity), suffix)


@require_safe
def order_draft(request: HttpRequest, pk: int, suffix: str) -> HttpResponseBase:
    activity = visible(request, pk)
    if not permissions.can_order(request.user, activity):
        raise Http404
    with override(language_asked(request)):
        paper = papers.order([activity], day=timezone.localdate(), by=request.user)
    return serve_document(papers.draft(paper, kind="staff-order", activity=activity), suffix)


@require_safe
def amendment_draft(request: HttpRequest, pk: int, change: int, suffix: str) -> HttpResponseBase:
    activity = visible(request, pk)
    found = get_object_or_404(activity.amendments, pk=change)
    found.activity = activity
    if not permissions.can_order_change(request.user, found):
        raise Http404
    with override(language_asked(request)):
        paper = papers.amendment_order(found, day=timezone.localdate(), by=request.user)
    return serve_document(papers.draft(paper, kind="staff-order", activity=activity), suffix)


@require_safe
def call_off_draft(request: HttpRequest, pk: int, suffix: str) -> HttpResponseBase:
    activity = visible(request, pk)
    if not permissions.can_call_off_by_order(request.user, activity):
        raise Http404
    with override(language_asked(request)):
        paper = papers.order_of_cancellation(activity, day=timezone.localdate(), by=request.user)
    return serve_document(papers.draft(paper, kind="staff-order-of-cancellation", activity=activity), suffix)


@require_safe
def report(request: HttpRequest, pk: int, suffix: str) -> HttpResponseBase:
    activity = visible(request, pk)
    found = get_object_or_404(Report.objects.prefetch_related("outputs"), activity=activity)
    return serve_document(papers.draft(papers.report(found), kind="staff-report", activity=activity), suffix)


@require_safe
def order(request: HttpRequest, pk: int, order: int, suffix: str) -> HttpResponseBase:
    return serve_document(document_of(request, pk, order), suffix)


@require_safe
def order_scan(request: HttpRequest, pk: int, order: int) -> HttpResponseBase:
    document = document_of(request, pk, order)
    if document.scan is None:
        raise Http404
    return serve(request, document.scan)


class ScanAdd(Act):
    form_class = ScanForm
    title, button, done = _("Add the scan"), _("Add the scan"), _("The scan is added.")
    sentence = _("The signed order. A better scan takes the place of an earlier one.")
    allowed = staticmethod(permissions.can_keep_orders)
    order: Order

    def find(self) -> None:
        super().find()
        self.order = get_object_or_404(self.activity.orders.select_related("document"), pk=self.kwargs["order"])

    def act(self, *, file: Any) -> None:
        attach_scan(document=self.order.document, scan=file, **self.by_at)


def visible(request: HttpRequest, pk: int) -> Activity:
    rows = Activity.objects.visible_to(request.user).select_related("person__staff__department", "partner")
    return get_object_or_404(rows, pk=pk)


def document_of(request: HttpRequest, pk: int, order: int) -> IssuedDocument:
    orders = Order.objects.filter(activity=visible(request, pk)).select_related("document__scan")
    return get_object_or_404(orders, pk=order).document
