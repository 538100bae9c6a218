"""What is printed: submission, draft of the order, orders; the invitation and the signed scans."""

from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override
from django.views.decorators.http import require_safe

from mobility.events import papers, permissions
from mobility.events.actions import substitutions
from mobility.events.forms.acts import OrderForm, ScanForm
from mobility.events.models import Event, Order, Substitution
from mobility.files.actions import attach_scan
from mobility.files.models import IssuedDocument
from mobility.files.serving import language_asked, serve, serve_document
from mobility.web.forms import ReasonForm

from .acts import Act


@require_safe
def invitation(request: HttpRequest, pk: int) -> HttpResponseBase:
    event = visible(request, pk)
    if not permissions.can_read_facts(request.user, event) or event.invitation is None:
        raise Http404
    return serve(request, event.invitation)


@require_safe
def submission(request: HttpRequest, pk: int, suffix: str) -> HttpResponseBase:
    event = visible(request, pk)
    if not permissions.can_read_orders(request.user, event):
        raise Http404
    paper = papers.submission(event, by=request.user)
    return serve_document(papers.draft(paper, kind="event-memo", event=event), suffix)


@require_safe
def order_draft(request: HttpRequest, pk: int, suffix: str) -> HttpResponseBase:
    event = visible(request, pk)
    if not permissions.can_order(request.user, event):
        raise Http404
    with override(language_asked(request)):
        paper = papers.order(event, day=timezone.localdate(), by=request.user)
    return serve_document(papers.draft(paper, kind="event-order", event=event), suffix)


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
        self.order = get_object_or_404(self.event.orders.select_related("document"), pk=self.kwargs["order"])

    def act(self, *, file: Any) -> None:
        attach_scan(document=self.order.document, scan=file, **self.by_at)


class OfSubstitution(Act):
    substitution: Substitution

    def find(self) -> None:
        super().find()
        rows = self.event.substitutions.select_related("leaves__person", "comes__person")
        self.substitution = get_object_or_404(rows, pk=self.kwargs["substitution"])
        self.substitution.event = self.event

    @property
    def subject(self) -> Substitution:
        return self.substitution

    @property
    def moving(self) -> tuple[Substitution, Event]:
        return self.substitution, self.event

    @property
    def where_it_stands(self) -> str:
        return str(self.substitution.get_state_display())

    @property
    def sentence(self) -> Any:  # type: ignore[override] -- it names the students
        one = self.substitution
        if one.comes is None:
            told = _("%(leaves)s does not travel, and nobody steps in. Reason: %(reason)s")
            return told % {"leaves": one.leaves, "reason": one.reason}
        told = _("%(comes)s travels instead of %(leaves)s. Reason: %(reason)s")
        return told % {"comes": one.comes, "leaves": one.leaves, "reason": one.reason}


class SubstitutionDecide(OfSubstitution):
    title, button = _("Decide on the substitution"), _("Allow the substitution")
    done = _("Decided. International Relations issues the amendment order.")
    allowed = staticmethod(permissions.can_decide_substitution)

    def act(self) -> None:
        substitutions.decide(substitution=self.substitution, **self.by_at)


class SubstitutionRefuse(OfSubstitution):
    form_class = ReasonForm
    title, button = _("Refuse the substitution"), _("Refuse the substitution")
    done = _("Refused. The team stays as it was ordered.")
    allowed = staticmethod(permissions.can_decide_substitution)

    def act(self, **entered: Any) -> None:
        substitutions.refuse(substitution=self.substitution, **entered, **self.by_at)


class SubstitutionOrder(OfSubstitution):
    form_class = OrderForm
    template_name = "events/amendment.html"
    title, button = _("Amendment order"), _("Enter the amendment order")
    done = _("The amendment order is issued, and the team is changed.")
    allowed = staticmethod(permissions.can_order_substitution)

    def get_initial(self) -> dict[str, Any]:
        return {"day": timezone.localdate()}

    def act(self, **entered: Any) -> None:
        substitutions.issue(substitution=self.substitution, **entered, **self.by_at)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(substitution=self.substitution, **kwargs)


@require_safe
def amendment_draft(request: HttpRequest, pk: int, substitution: int, suffix: str) -> HttpResponseBase:
    event = visible(request, pk)
    found = get_object_or_404(event.substitutions.select_related("leaves__person", "comes__person"), pk=substitution)
    found.event = event
    if not permissions.can_order_substitution(request.user, found):
        raise Http404
    with override(language_asked(request)):
        paper = papers.amendment_order(found, day=timezone.localdate(), by=request.user)
    return serve_document(papers.draft(paper, kind="event-amendment-order", event=event), suffix)


def visible(request: HttpRequest, pk: int) -> Event:
    rows = Event.objects.visible_to(request.user).select_related("partner", "chaperone", "owner", "invitation")
    return get_object_or_404(rows, pk=pk)


def document_of(request: HttpRequest, pk: int, order: int) -> IssuedDocument:
    event = visible(request, pk)
    if not permissions.can_read_orders(request.user, event):
        raise Http404
    return get_object_or_404(Order.objects.filter(event=event).select_related("document__scan"), pk=order).document
