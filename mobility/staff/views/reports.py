"""The report: written by whoever travelled, read by International Relations."""

from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from mobility.files.serving import serve
from mobility.staff import permissions
from mobility.staff.actions import reports
from mobility.staff.forms.acts import ReportForm
from mobility.staff.models import Activity, Report, ReportFile
from mobility.web.forms import ReasonForm

from .acts import Act


class ReportSend(Act):
    form_class = ReportForm
    title, button, done = _("Report"), _("Send the report"), _("The report is sent to International Relations.")
    allowed = staticmethod(permissions.can_report)

    @property
    def sentence(self) -> str:
        back = self.activity.sent_back
        if back:
            return _now("%(who)s returned the report: %(reason)s") % {"who": back.by, "reason": back.reason}
        return _now("What came of it, and what can be used here. Leave empty what there was none of.")

    def get_form_kwargs(self) -> dict[str, Any]:
        report = Report.objects.filter(activity=self.activity).prefetch_related("outputs").first()
        return super().get_form_kwargs() | {"activity": self.activity, "report": report}

    def act(self, **entered: Any) -> None:
        reports.send(activity=self.activity, **entered, **self.by_at)


class ReportAccept(Act):
    title, button, done = _("Accept the report"), _("Accept the report"), _("The report is accepted.")
    sentence = _("With this the matter is closed.")
    allowed = staticmethod(permissions.can_accept_report)

    def act(self) -> None:
        reports.accept(activity=self.activity, **self.by_at)


class ReportReturn(Act):
    form_class = ReasonForm
    title, button, done = _("Return the report"), _("Return the report"), _("The report is returned for correction.")
    allowed = staticmethod(permissions.can_accept_report)

    def act(self, **entered: Any) -> None:
        reports.send_back(activity=self.activity, **entered, **self.by_at)


@require_safe
def report_file(request: HttpRequest, pk: int, file: int) -> HttpResponseBase:
    activity = get_object_or_404(Activity.objects.visible_to(request.user), pk=pk)
    found = get_object_or_404(ReportFile.objects.select_related("file"), report__activity=activity, pk=file)
    return serve(request, found.file)
