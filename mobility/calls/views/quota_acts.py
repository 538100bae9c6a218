from typing import Any

from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.calls import ledger, permissions
from mobility.calls.actions import quotas as actions
from mobility.calls.forms.quotas import ApproveForm, NarrowForm
from mobility.calls.models import Call, Quota
from mobility.files.serving import serve

from .acts import Act


class QuotasApprove(Act):
    form_class = ApproveForm
    back = "call-quotas"
    title, button, done = _("Enter the approval"), _("Enter the approval"), _("The approval is entered.")
    sentence = _("What was signed: the quotas as they stand now. A later change asks for another approval.")
    allowed = staticmethod(permissions.can_change_offer)

    def get_initial(self) -> dict[str, Any]:
        return {"sha256": actions.checksum(actions.signed_content(self.call))}

    def act(self, **entered: Any) -> None:
        actions.approve(call=self.call, **entered, **self.by_at)


class QuotaDetail(Act):
    """One cell: how it came about, and to whom of the faculty it is restricted."""

    form_class = NarrowForm
    back = "call-quotas"
    button, done = _("Save the restriction"), _("The restriction is saved.")
    sentence = _("Restrict the places to a specialty or to course years of the faculty, if the partner asks for it.")
    allowed = staticmethod(permissions.can_change_offer)
    quota: Quota

    def find(self) -> None:
        super().find()
        rows = Quota.objects.filter(destination__call=self.call, destination__code=self.kwargs["destination"])
        rows = rows.select_related("faculty", "destination__condition__partner", "destination__condition__agreement")
        self.quota = get_object_or_404(rows, faculty__code=self.kwargs["faculty"])

    @property
    def title(self) -> str:
        return _now("%(host)s, %(faculty)s") % {
            "host": self.quota.destination.condition.partner.short_name,
            "faculty": self.quota.faculty.short_name,
        }

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Quota.objects.get(pk=self.quota.pk)}

    def entered(self, form: Any) -> dict[str, Any]:
        return {"terms": form.cleaned_data}

    def act(self, **entered: Any) -> None:
        actions.narrow(quota=self.quota, **entered, **self.by)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(changes=ledger.of_cell(self.quota), **kwargs)


@require_safe
def quotas_scan(request: HttpRequest, code: str, approval: int) -> HttpResponseBase:
    if not permissions.can_read_quotas(request.user):
        raise Http404
    call = get_object_or_404(Call.objects.visible_to(request.user), code=code)
    signed = call.quota_approvals.exclude(scan=None).select_related("scan")
    return serve(request, get_object_or_404(signed, pk=approval).scan)
